/**
 * The lifecycle of a store: each kind of log at hand, then in Glacier, then gone, as the configuration says.
 *
 * Amazon S3 tells objects apart by how their keys begin, and its services put the account before the kind of log. Kinds that
 * begin alike in one bucket are therefore kept as long as the one of them that is kept longest. Where rules overlap, Amazon S3
 * keeps to the shorter one, so no rule's prefix may begin another's. What workloads write begins with its lifetime: whichever places
 * there are, the rules are the same.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-conflicts.html
 */
import type { Configuration } from "../config/configuration";
import type { Lifetime } from "../config/archive";
import { lifetimeOf } from "../config/lifetimes";
import { storedLogs } from "./audit-logs";
import { lifetimePrefix } from "./places";
import { isPlaces } from "./stores";
import type { Store } from "./stores";

/** A rule as @pulumi/aws takes it. */
export interface LifecycleRule {
  readonly id: string;
  readonly status: "Enabled";
  readonly filter: { readonly prefix: string };
  readonly transitions: readonly { readonly days: number; readonly storageClass: string }[];
  /** Amazon S3 then also takes away the delete marker that an expired object leaves. */
  readonly expiration: { readonly days: number };
  readonly noncurrentVersionExpiration: { readonly noncurrentDays: number };
  readonly abortIncompleteMultipartUpload: { readonly daysAfterInitiation: number };
}

const digits = [..."0123456789"];

/** Every kind of log in a class of bucket, by how its keys begin before the account. */
function groups(config: Configuration, { store, naming }: Pick<Store, "store" | "naming">): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const log of storedLogs(config)) {
    if (log.store !== store || log.naming !== naming) continue;
    const prefix = log.keys.split(/\{account\}|\*/)[0]!;
    found.set(prefix, [...(found.get(prefix) ?? []), log.name]);
  }
  return found;
}

const longest = (lifetimes: readonly Lifetime[]): Lifetime => ({
  standardDays: Math.max(...lifetimes.map(({ standardDays }) => standardDays)),
  keepDays: Math.max(...lifetimes.map(({ keepDays }) => keepDays)),
});

/** @returns rules for the same kinds of log in every Region, whether or not each is written there */
export function lifecycleRules(config: Configuration, store: Pick<Store, "store" | "naming">): readonly LifecycleRule[] {
  const { archive, logs } = config;
  const rule = (begin: string, { standardDays, keepDays }: Partial<Lifetime> & Pick<Lifetime, "keepDays">): LifecycleRule => ({
    id: begin,
    status: "Enabled",
    filter: { prefix: begin },
    transitions: standardDays === undefined ? [] : [{ days: standardDays, storageClass: archive.glacier }],
    expiration: { days: keepDays },
    noncurrentVersionExpiration: { noncurrentDays: archive.recoverDays },
    abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
  });
  if (isPlaces(store.store)) return logs.lifetimes.map((lifetime) => rule(lifetimePrefix(lifetime), lifetime));
  const all = groups(config, store);
  return [...all].flatMap(([prefix, logs]) => {
    const { standardDays, keepDays } = longest(logs.map((log) => lifetimeOf(archive, log)));
    // An account's id begins with a digit, and nothing else that follows there does.
    const begins = [...all.keys()].some((other) => other !== prefix && other.startsWith(prefix)) ? digits.map((digit) => prefix + digit) : [prefix];
    return begins.map((begin) => rule(begin, { standardDays, keepDays }));
  });
}
