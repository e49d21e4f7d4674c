/** Graphs that the program made before, of the same sources under the same configuration: the program is a pure function. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { filesIn, hashOf, root, writeWhole } from "../../infra/kept-files";
import type { GraphResource } from "../../infra/program/graph";

/** A hash of everything that a graph is made of beside its configuration. */
export const digestOfProgram = (): string =>
  hashOf([...filesIn("infra"), ...filesIn("functions"), "commands/register.js", "package-lock.json", "tsconfig.json", "Pulumi.yaml"])
    .update(process.version)
    .digest("hex");

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
  writeWhole(path, JSON.stringify(graph));
  return graph;
}
