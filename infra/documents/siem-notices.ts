/**
 * How a SIEM hears of new logs: Amazon S3 tells EventBridge, a rule of the SIEM's own picks what it may read, a queue keeps
 * the notice. (Amazon S3's own notifications take one queue a prefix: a second SIEM could not hear of the same log.)
 */
import type { Configuration } from "../config/configuration";
import type { Reading } from "../config/people";
import { namesFor } from "../names";
import type { NamingClass, StoreClass } from "../names";
import { archiveLogs, holdsPrefix, keysOf } from "./archive-logs";
import type { EventPattern } from "./event-patterns";

/** The logs of a reader, by bucket class. */
function watched(config: Configuration, { logs, accounts, prefixes }: Reading): readonly { readonly store: StoreClass; readonly naming: NamingClass; readonly keys: string }[] {
  return archiveLogs(config).flatMap((log) => {
    const named = logs.includes("*") || logs.includes(log.name) ? keysOf(log, accounts) : [];
    return [...named, ...prefixes.filter((prefix) => holdsPrefix(log, prefix)).map((prefix) => `${prefix}*`)].map((keys) => ({ store: log.store, naming: log.naming, keys }));
  });
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventBridge.html */
export function siemPattern(config: Configuration, region: string, reading: Reading): EventPattern {
  const { logBucket } = namesFor(config);
  const byBucket = new Map<string, Set<string>>();
  for (const { store, naming, keys } of watched(config, reading)) {
    const bucket = logBucket(store, region, naming);
    // EventBridge knows no `?`.
    byBucket.set(bucket, (byBucket.get(bucket) ?? new Set()).add(keys.replace(/\?+/g, "*")));
  }
  const alternatives = [...byBucket].map(([bucket, keys]) => ({ bucket: { name: [bucket] }, object: { key: [...keys].map((wildcard) => ({ wildcard })) } }));
  return { source: ["aws.s3"], "detail-type": ["Object Created"], detail: alternatives.length === 1 ? alternatives[0] : { $or: alternatives } };
}

/** The buckets that have to tell EventBridge of their objects: those that some SIEM hears of. */
export function tellingClasses(config: Configuration): readonly { readonly store: StoreClass; readonly naming: NamingClass }[] {
  const all = config.people.siem.filter(({ queue }) => queue).flatMap((one) => watched(config, one));
  return all.filter(({ store, naming }, index) => all.findIndex((other) => other.store === store && other.naming === naming) === index).map(({ store, naming }) => ({ store, naming }));
}
