/** What AWS Lambda keeps of each function's code: the zip's bytes under their hash, unpacked once. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join, normalize, resolve } from "node:path";
import { unzipSync } from "fflate";

export interface CodeStore {
  /** Keeps a zip; answers its SHA-256 as Lambda tells it (base64). */
  keep(zip: Uint8Array): string;
  /** The folder that the zip with this hash was unpacked into. @throws Error if it was never kept */
  folder(codeSha256: string): string;
}

const hexOf = (base64: string) => Buffer.from(base64, "base64").toString("hex");

/** @param root the folder that holds a folder a hash */
export function makeCodeStore(root: string): CodeStore {
  const at = (hex: string) => resolve(root, hex);
  return {
    keep(zip) {
      const digest = createHash("sha256").update(zip).digest();
      const folder = at(digest.toString("hex"));
      if (!existsSync(folder)) {
        const unfinished = `${folder}.${process.pid}`;
        for (const [name, content] of Object.entries(unzipSync(zip))) {
          if (normalize(name).startsWith("..")) throw new Error(`the zip holds ${name}, outside of itself`);
          if (name.endsWith("/")) continue;
          mkdirSync(dirname(join(unfinished, name)), { recursive: true });
          writeFileSync(join(unfinished, name), content);
        }
        mkdirSync(unfinished, { recursive: true });
        renameSync(unfinished, folder);
      }
      return digest.toString("base64");
    },
    folder(codeSha256) {
      const folder = at(hexOf(codeSha256));
      if (!existsSync(folder)) throw new Error(`no code with the hash ${codeSha256} was ever deployed`);
      return folder;
    },
  };
}
