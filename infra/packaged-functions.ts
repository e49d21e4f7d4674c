/** The packaged functions as files that can be uploaded, each with the key that it has in every code bucket. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packageAll } from "../functions/package";
import { filesIn, hashOf, root, writeWhole } from "./kept-files";

export interface PackagedFunction {
  /** The zip on this machine; named by its hash, so that it never changes under an upload. */
  readonly file: string;
  readonly key: string;
}

const folder = join(root, ".cache", "functions");

/** Writes a file whose name says its content. */
function writeOnce(file: string, content: Buffer | string): void {
  if (!existsSync(file)) writeWhole(file, content);
}

/**
 * A digest of all that packaging reads: the functions' sources and the names (nothing else of ours may be imported by
 * them, which is a test), the packages' versions, the compiler's options.
 */
const inputs = (): string => hashOf([...filesIn("functions"), "infra/names.ts", "package-lock.json", "tsconfig.json"]).digest("hex");

const described = (hashes: Readonly<Record<string, string>>): Record<string, PackagedFunction> =>
  Object.fromEntries(
    Object.entries(hashes).map(([name, sha256]) => [
      name,
      { file: join(folder, `${name}-${sha256}.zip`), key: `functions/${name}-${sha256}.zip` },
    ]),
  );

/**
 * Every packaged function by its name: a log source's, `notifier` or `watcher`. Packaging takes seconds, and the same
 * inputs give the same bytes, so what was packaged from them before is used again.
 */
export async function packagedFunctions(): Promise<Readonly<Record<string, PackagedFunction>>> {
  const index = join(folder, `${inputs()}.json`);
  if (existsSync(index)) {
    const known = described(JSON.parse(readFileSync(index, "utf8")) as Record<string, string>);
    if (Object.values(known).every(({ file }) => existsSync(file))) return known;
  }
  const packages = await packageAll();
  const hashes = Object.fromEntries(packages.map(({ name, sha256 }) => [name, sha256]));
  const made = described(hashes);
  for (const { name, zip } of packages) writeOnce(made[name]?.file ?? "", zip);
  writeOnce(index, JSON.stringify(hashes));
  return made;
}
