import { join } from "node:path";
import { lifetimeOf } from "./lifetimes";
import { ConfigurationError } from "./problems";
import { configurationFrom, readEntries } from "./read";

const example = readEntries(join(__dirname, "..", "..", "Pulumi.log-archive.yaml"));
const accounts = { ...(example.accounts as Record<string, unknown>), backup: undefined };

/** The lines that a section is answered with. */
function linesFor(archive: Readonly<Record<string, unknown>>, change: Readonly<Record<string, unknown>> = {}): readonly string[] {
  try {
    configurationFrom("log-archive", { ...example, accounts, archive, ...change }, "FILE");
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

test.each<[string, Record<string, unknown>, RegExp | undefined]>([
  ["nothing", {}, undefined],
  ["an unknown key", { worm: true }, /^FILE: fall:archive\.worm is unknown: one of objectLock, lifetimes, .* is allowed$/],
  ["an unknown class", { objectLock: { logs: {} } }, /fall:archive\.objectLock\.logs is unknown: one of kms, sse-s3, audit, places, pii is allowed/],
  ["a mode that is none", { objectLock: { kms: { mode: "forever" } } }, /objectLock\.kms\.mode is "forever": one of governance, compliance is allowed/],
  ["no day", { objectLock: { kms: { days: 0 } } }, /objectLock\.kms\.days is 0: a whole number of days from 1 to 36500 is allowed/],
  ["compliance in place", { objectLock: { kms: { mode: "compliance", days: 365, inPlace: true } } }, undefined],
  ["in place where AWS Config writes", { objectLock: { "sse-s3": { inPlace: true } } }, /objectLock\.sse-s3\.inPlace is true: false is allowed, since AWS Config/],
  ["in place where access logs are written", { objectLock: { audit: { inPlace: true } } }, /objectLock\.audit\.inPlace is true: false is allowed, since Amazon S3/],
  ["a lifetime", { lifetimes: { "vpc-flow-log": { standardDays: 30, keepDays: 90 } } }, undefined],
  ["a lifetime of half", { lifetimes: { "vpc-flow-log": { keepDays: 90 } } }, /lifetimes\.vpc-flow-log\.standardDays is missing: a whole number of days/],
  ["a lifetime of an unknown log", { lifetimes: { syslog: { standardDays: 1, keepDays: 2 } } }, /lifetimes\.syslog is unknown: one of .*vpc-flow-log, .*trail.*store-access.* is allowed/],
  ["colder than it lives", { lifetimes: { trail: { standardDays: 90, keepDays: 90 } } }, /lifetimes\.trail\.keepDays is 90: more than its standardDays, 90, is allowed/],
  ["shorter than it is locked", { objectLock: { audit: { days: 500 } }, lifetimes: { "store-inventory": { standardDays: 600, keepDays: 700 } } }, /lifetimes\.store-access\.keepDays is 400: at least fall:archive\.objectLock\.audit\.days, 500, is allowed/],
  ["a storage class", { glacier: "STANDARD_IA" }, /archive\.glacier is "STANDARD_IA": one of GLACIER_IR, GLACIER, DEEP_ARCHIVE is allowed/],
  ["a copy", { copies: { regions: { "us-east-1": "eu-central-1" } } }, undefined],
  ["a copy in the same Region", { copies: { regions: { "us-east-1": "us-east-1" } } }, /copies\.regions\.us-east-1 is "us-east-1" itself/],
  ["a copy where nothing is governed", { copies: { regions: { "us-east-1": "eu-west-1" } } }, /copies\.regions\.us-east-1 is "eu-west-1", which is not governed/],
  ["a copy of what is not governed", { copies: { regions: { "eu-west-1": "us-east-1" } } }, /copies\.regions\.eu-west-1 is for a Region that is not governed/],
  ["a backup without an account", { backupRegion: "us-east-1" }, /backupRegion is given without fall:accounts\.backup/],
  ["an inventory's format", { inventory: { format: "XML" } }, /inventory\.format is "XML": one of CSV, ORC, Parquet is allowed/],
])("%s", (_what, archive, line) => {
  const lines = linesFor(archive);
  expect(lines).toHaveLength(line ? 1 : 0);
  if (line) expect(lines[0]).toMatch(line);
});

test("a backup account is one more, with a Region", () => {
  expect(linesFor({ backupRegion: "eu-central-1" }, { accounts: { ...accounts, backup: "888888888888" } })).toEqual([]);
  expect(linesFor({}, { accounts: { ...accounts, backup: "888888888888" } })).toEqual([expect.stringMatching(/backupRegion is missing: fall:accounts\.backup needs the Region/)]);
  expect(linesFor({ backupRegion: "eu-central-1" }, { accounts: { ...accounts, backup: "333333333333" } })).toEqual([expect.stringMatching(/accounts\.backup is "333333333333", as is fall:accounts\.delegated/)]);
});

test("a copy needs a second Region", () => {
  expect(linesFor({}, { regions: ["us-east-1"], people: {}, logs: {} })).toEqual([expect.stringMatching(/fall:regions has us-east-1 alone: a second Region is needed/)]);
});

test("what the configuration does not say has a regulation's lifetime", () => {
  expect(lifetimeOf({ lifetimes: {} }, "vpc-flow-log").keepDays).toBeGreaterThanOrEqual(366);
  expect(lifetimeOf({ lifetimes: {} }, "vpc-flow-log").standardDays).toBeGreaterThanOrEqual(92);
  expect(lifetimeOf({ lifetimes: {} }, "trail").keepDays).toBeGreaterThanOrEqual(7 * 365);
  expect(lifetimeOf({ lifetimes: { trail: { standardDays: 1, keepDays: 2 } } }, "trail")).toEqual({ standardDays: 1, keepDays: 2 });
});
