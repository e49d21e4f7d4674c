/** What the section `archive:` may not say, with the Regions and accounts of the rest. */
import { storedLogs } from "../documents/audit-logs";
import type { Contradiction } from "./contradictions";
import { lifetimeOf } from "./lifetimes";
import type { Entries } from "./schema";

function aboutLifetimes(entries: Entries): readonly Contradiction[] {
  const { archive } = entries;
  const logs = storedLogs(entries);
  const known = logs.map(({ name }) => name);
  const found: Contradiction[] = Object.keys(archive.lifetimes)
    .filter((name) => !known.includes(name))
    .map((name) => ({ path: ["archive", "lifetimes", name], line: `is unknown: one of ${known.join(", ")} is allowed` }));
  for (const { name, store } of logs) {
    const { standardDays, keepDays } = lifetimeOf(archive, name);
    const locked = archive.objectLock[store].days;
    const path = ["archive", "lifetimes", name, "keepDays"];
    if (keepDays <= standardDays) found.push({ path, line: `is ${keepDays}: more than its standardDays, ${standardDays}, is allowed` });
    if (keepDays < locked) found.push({ path, line: `is ${keepDays}: at least fall:archive.objectLock.${store}.days, ${locked}, is allowed` });
  }
  return found;
}

function aboutCopies({ archive: { copies, backupRegion }, regions, accounts }: Entries): readonly Contradiction[] {
  const found: Contradiction[] = [];
  // Without us-east-1 it lacks a Region anyway.
  if (regions.join() === "us-east-1") found.push({ path: ["regions"], line: `has ${regions.join()} alone: a second Region is needed, where the copies of the logs lie` });
  const governed = regions.join(", ");
  for (const [from, to = ""] of Object.entries(copies.regions)) {
    const path = ["archive", "copies", "regions", from];
    if (!regions.includes(from)) found.push({ path, line: `is for a Region that is not governed: one of ${governed} is allowed` });
    if (!regions.includes(to)) found.push({ path, line: `is "${to}", which is not governed: one of ${governed} is allowed` });
    if (from === to) found.push({ path, line: `is "${to}" itself: another Region is allowed` });
  }
  if (accounts.backup !== undefined && backupRegion === undefined)
    found.push({ path: ["archive", "backupRegion"], line: `is missing: fall:accounts.backup needs the Region of its copies, one of ${governed}` });
  if (accounts.backup === undefined && backupRegion !== undefined)
    found.push({ path: ["archive", "backupRegion"], line: "is given without fall:accounts.backup: both or neither are allowed" });
  if (backupRegion !== undefined && !regions.includes(backupRegion))
    found.push({ path: ["archive", "backupRegion"], line: `is "${backupRegion}", which is not governed: one of ${governed} is allowed` });
  return found;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html; for AWS Config see `archive-logs.ts`. */
const neverInPlace = {
  "sse-s3": "AWS Config and Amazon Redshift do not deliver to a bucket with Object Lock",
  audit: "Amazon S3 does not deliver access logs to a bucket with Object Lock",
} as const;

function aboutLocks({ archive: { objectLock } }: Entries): readonly Contradiction[] {
  return (["sse-s3", "audit"] as const)
    .filter((store) => objectLock[store].inPlace)
    .map((store) => ({ path: ["archive", "objectLock", store, "inPlace"], line: `is true: false is allowed, since ${neverInPlace[store]}` }));
}

export function aboutArchive(entries: Entries): readonly Contradiction[] {
  return [...aboutLifetimes(entries), ...aboutLocks(entries), ...aboutCopies(entries)];
}
