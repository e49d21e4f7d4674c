/** One function as the zip file that is uploaded, and its hash, under which it is uploaded. */
import { createHash } from "node:crypto";
import { archive } from "./archive";
import { bundle } from "./bundle";
import { serialise } from "./serialised";

export interface Package {
  /** The log source whose enforcer it is, or `notifier`, or `watcher`. */
  readonly name: string;
  /** `index.js` (handler `index.handler`) and `sdk.js`. */
  readonly zip: Buffer;
  /** Of the zip file, hexadecimal. */
  readonly sha256: string;
  /** Bytes of each file, unzipped. */
  readonly files: Readonly<Record<string, number>>;
}

/** Bytes of a zip file at most: what is larger starts slower, and has bundled something that it doesn't use. */
export const LARGEST_PACKAGE = 300_000;

/**
 * Packages a function: the factory is serialised, and what it uses of the AWS SDK bundled beside it.
 *
 * The same source and the same versions of the packages give the same bytes.
 *
 * @param factory called once an execution environment; returns the handler
 * @throws Error naming the function, where it captures what can't be serialised or its zip file is over 300 kB
 */
export async function packageFunction(name: string, factory: () => unknown, largest = LARGEST_PACKAGE): Promise<Package> {
  const { text, imports } = await serialise(factory).catch((error: unknown) => {
    throw new Error(`${name} can't be packaged: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  });
  const contents = { "index.js": text, "sdk.js": await bundle(imports) };
  const zip = archive(contents);
  const files = Object.fromEntries(Object.entries(contents).map(([file, content]) => [file, Buffer.byteLength(content)]));
  if (zip.length > largest) {
    throw new Error(`${name} is ${zip.length} bytes zipped, ${largest} are allowed: ${JSON.stringify({ files, imports })}`);
  }
  return { name, zip, sha256: createHash("sha256").update(zip).digest("hex"), files };
}
