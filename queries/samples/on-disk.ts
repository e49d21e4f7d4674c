/** The archive of samples on disk, for tests. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Configuration } from "../../infra/config/configuration";
import { sampleObjects } from "./archive";
import type { Ground } from "./ground";

export const ACCOUNT = "444444444444";
export const DAY = "2026-09-29";

export const groundOf = (config: Configuration): Ground => ({ config, account: ACCOUNT, other: "555555555555", region: "eu-central-1", day: DAY });

/** Writes the archive below a folder, a bucket a folder. */
export function writeArchive(folder: string, ground: Ground): void {
  for (const { bucket, key, body } of sampleObjects(ground)) {
    const path = join(folder, bucket, key);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, body);
  }
}
