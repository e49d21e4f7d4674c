/** Files of `.cache/` that are made once for the inputs that they depend on. */
import { createHash, type Hash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

export const root = join(__dirname, "..");

/** The files of a folder of the project and of those in it, but for tests; in order, relative to the project. */
export function filesIn(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith(".test.ts"))
    .map(({ parentPath, name }) => join(parentPath, name).slice(root.length + 1))
    .sort();
}

/** A hash of what files of the project are called and hold, to be added to. @param files relative to the project */
export function hashOf(files: readonly string[]): Hash {
  const hash = createHash("sha256");
  for (const file of files) hash.update(file).update("\0").update(readFileSync(join(root, file))).update("\0");
  return hash;
}

/** Writes a file whole or not at all: nobody ever reads half of it, and two processes may write it at once. */
export function writeWhole(file: string, content: Buffer | string): void {
  mkdirSync(dirname(file), { recursive: true });
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, content);
  renameSync(unfinished, file);
}
