import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Every file of ours that a file imports, itself included. */
function reachable(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const [, path] of readFileSync(file, "utf8").matchAll(/(?:from|import|require)\s*\(?"(\.[^"]*)"/g)) {
    const target = [`${join(dirname(file), path!)}.ts`, join(dirname(file), path!, "index.ts")].find((candidate) => existsSync(candidate));
    if (target !== undefined) reachable(target, seen);
  }
  return seen;
}

/** What a file imports of the AWS SDK, by name. */
function sdkNames(source: string): readonly string[] {
  return [...source.matchAll(/import\s+([^;]*?)\s+from\s+"@aws-sdk\/[^"]*"/g)].flatMap(([, names]) => {
    // Anything but names in braces would import every operation at once.
    if (!/^\{[^}]*\}$/.test(names!.replace(/^type\s+/, ""))) return [`not by name: ${names}`];
    return names!.replace(/^type\s+/, "").slice(1, -1).split(",").map((name) => name.trim().replace(/^type\s+|\s+as\s.*$/g, "")).filter((name) => name !== "");
  });
}

const files = [...reachable(join(__dirname, "..", "preflight.ts"))];

test("the preflight can only read: every operation that is reachable from it is a Get, List or Describe", () => {
  for (const file of readdirSync(__dirname).filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))) expect(files).toContain(join(__dirname, file));
  const commands = files.flatMap((file) => sdkNames(readFileSync(file, "utf8"))).filter((name) => !name.endsWith("Client") && (name.endsWith("Command") || name.startsWith("not by name")));
  expect(commands.length).toBeGreaterThan(8);
  expect(commands.filter((name) => !/^(Get|List|Describe)[A-Za-z]+Command$/.test(name))).toEqual([]);
});

test("the check sees what it must not let through", () => {
  expect(sdkNames('import { type X, PutThingCommand } from "@aws-sdk/client-x";')).toEqual(["X", "PutThingCommand"]);
  expect(sdkNames('import { PutThingCommand as ListThingsCommand } from "@aws-sdk/client-x";')).toEqual(["PutThingCommand"]);
  expect(sdkNames('import * as all from "@aws-sdk/client-x";')).toEqual(["not by name: * as all"]);
});
