/** The packaged functions as files that can be uploaded, each with the key that it has in every code bucket. */
import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { packageAll } from "../functions/package";

export interface PackagedFunction {
  /** The zip on this machine; named by its hash, so that it never changes under an upload. */
  readonly file: string;
  readonly key: string;
}

const folder = join(__dirname, "..", ".cache", "functions");

/** Writes a file whose name says its content; two processes may do so at once. */
function writeOnce(file: string, content: Buffer): void {
  if (existsSync(file)) return;
  mkdirSync(folder, { recursive: true });
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, content);
  renameSync(unfinished, file);
}

/** Every packaged function by its name: a log source's, `notifier` or `watcher`. */
export async function packagedFunctions(): Promise<Readonly<Record<string, PackagedFunction>>> {
  const packages = await packageAll();
  return Object.fromEntries(
    packages.map(({ name, zip, sha256 }) => {
      const file = join(folder, `${name}-${sha256}.zip`);
      writeOnce(file, zip);
      return [name, { file, key: `functions/${name}-${sha256}.zip` }];
    }),
  );
}
