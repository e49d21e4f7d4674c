/** Graphs that the program made before, of the same sources under the same configuration: the program is a pure function. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { GraphResource } from "../../infra/program/graph";

const root = join(__dirname, "..", "..");

/** All that a graph is made of beside its configuration. */
const INPUTS = ["infra", "functions", "commands/register.js", "package-lock.json", "tsconfig.json", "Pulumi.yaml"];

function filesIn(path: string): string[] {
  const entries = readdirSync(join(root, path), { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? filesIn(join(path, entry.name)) : [join(path, entry.name)])).sort();
}

/** A hash of everything that the program is made of. */
export function digestOfProgram(): string {
  const digest = createHash("sha256").update(process.version);
  const files = INPUTS.flatMap((input) => (/\.\w+$/.test(input) ? [input] : filesIn(input))).filter((file) => !file.endsWith(".test.ts"));
  for (const file of files) digest.update(`\n${file}\n`).update(readFileSync(join(root, file)));
  return digest.digest("hex");
}

/**
 * What `make` answers, kept under everything that it depends on.
 *
 * @param program `digestOfProgram()`
 * @param input what the program is run with
 */
export async function kept(program: string, input: unknown, make: () => Promise<readonly GraphResource[]>, folder = join(root, ".cache", "graphs")): Promise<readonly GraphResource[]> {
  const path = join(folder, `${createHash("sha256").update(program).update(JSON.stringify(input)).digest("hex")}.json`);
  if (existsSync(path)) {
    const text = readFileSync(path, "utf8");
    // The packaged functions that it names are kept beside it, and may have been thrown away.
    const files = [...text.matchAll(/"path":"(\.cache\/[^"]+)"/g)].map(([, file = ""]) => join(root, file));
    if (files.every((file) => existsSync(file))) return JSON.parse(text) as readonly GraphResource[];
  }
  const graph = await make();
  mkdirSync(folder, { recursive: true });
  // Written aside and moved, so that nobody ever reads half a file.
  writeFileSync(`${path}.${process.pid}`, JSON.stringify(graph));
  renameSync(`${path}.${process.pid}`, path);
  return graph;
}
