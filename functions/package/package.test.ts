import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { sources } from "../sources";

interface Printed {
  readonly name: string;
  /** Base64. */
  readonly zip: string;
  readonly sha256: string;
  readonly files: Readonly<Record<string, number>>;
}

const root = join(__dirname, "..", "..");
const folder = mkdtempSync(join(tmpdir(), "fall-package-"));
afterAll(() => rmSync(folder, { recursive: true }));

function probe(args: readonly string[], environment: Record<string, string> = {}) {
  return spawnSync(process.execPath, ["--require", join(__dirname, "..", "..", "commands", "register.js"), join(__dirname, "probe.ts"), ...args], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 1 << 28,
    env: { ...process.env, ...environment },
  });
}

const packagesOf = (args: readonly string[], environment?: Record<string, string>) =>
  JSON.parse(probe(args, environment).stdout) as Printed[];

/** Unzips a package and runs an expression about its `handler` in a process of its own, as Lambda would load it. */
function run({ name, zip }: Printed, expression: string): string {
  mkdirSync(join(folder, name), { recursive: true });
  for (const [file, content] of Object.entries(unzipSync(Buffer.from(zip, "base64")))) writeFileSync(join(folder, name, file), content);
  const code = `const { handler } = require("./index.js"); Promise.resolve(${expression}).then(console.log);`;
  return spawnSync(process.execPath, ["--no-warnings", "--eval", code], { cwd: join(folder, name), encoding: "utf8" }).stdout.trim();
}

test("a packaged factory runs, and the same source gives the same bytes however it is transpiled", () => {
  const [first] = packagesOf(["factory"]);
  expect(run(first!, 'handler({ name: "Lambda" })')).toBe("hello Lambda function");
  expect(first?.sha256).toBe(createHash("sha256").update(Buffer.from(first!.zip, "base64")).digest("hex"));
  const [second] = packagesOf(["factory"], { TS_NODE_PROJECT: "tsconfig.pulumi.json", TZ: "Pacific/Auckland" });
  expect(second?.sha256).toBe(first?.sha256);
}, 120_000);

test("a package that is too large is one line", () => {
  const { status, stderr } = probe(["factory", "1000"]);
  expect(status).toBe(1);
  expect(stderr.split("\n").filter((line) => line.startsWith("probe is "))).toEqual([
    expect.stringMatching(/^probe is \d+ bytes zipped, 1000 are allowed: .*@aws-sdk\/client-ec2/),
  ]);
}, 120_000);

test("every function is packaged, small, free of this machine's paths, and loads", () => {
  const packages = packagesOf(["all"]);
  expect(packages.map(({ name }) => name)).toEqual([...sources.map(({ name }) => name), "notifier", "watcher"]);
  for (const one of packages) {
    expect(Buffer.from(one.zip, "base64").length).toBeLessThanOrEqual(300_000);
    const files = unzipSync(Buffer.from(one.zip, "base64"));
    expect(Object.keys(files)).toEqual(["index.js", "sdk.js"]);
    for (const content of Object.values(files)) expect(Buffer.from(content).includes(root)).toBe(false);
  }
  for (const { name } of sources) {
    const one = packages.find((each) => each.name === name);
    expect([name, run(one!, "typeof handler")]).toEqual([name, "function"]);
  }
}, 240_000);
