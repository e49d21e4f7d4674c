/** A zip file that depends on nothing but its contents: same files, same bytes, same hash. */
import { zipSync } from "fflate";
import type { Zippable } from "fflate";

/**
 * Zips files in the order of their names.
 *
 * The time is the first that the format knows. It is written as local time, so it is made of local fields and comes out
 * the same in every time zone.
 */
export function archive(files: Readonly<Record<string, string>>): Buffer {
  const zippable: Zippable = {};
  for (const name of Object.keys(files).sort()) {
    zippable[name] = [Buffer.from(files[name] ?? ""), { level: 9, mtime: new Date(1980, 0, 1), os: 3, attrs: 0o100644 << 16 }];
  }
  return Buffer.from(zipSync(zippable));
}
