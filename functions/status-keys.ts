/**
 * The keys of the status table's rows that tell how the organization stands, for those who write them (the notifier, the
 * watcher) and those who read them (the watcher, `npm run status`).
 *
 * What is known of an account lies under one partition key, its places one after the other: reading the organization is one
 * query an account, in any order and many at a time, and none touches what the table holds besides.
 */

/** One enforcer's: an account, a Region and a log source. */
export interface Place {
  readonly account: string;
  readonly region: string;
  readonly source: string;
}

export const HEARTBEAT = "heartbeat";
export const FIRST_SEEN = "first-seen";
/** What the configuration governs, as the watcher last saw it: one row, `EXPECTED` / `now`. */
export const EXPECTED = "expected";
export const NOW = "now";
/** The organization's totals, a row a day. */
export const TOTALS = "totals";

/** `account#region#source`, the sort key of a heartbeat. */
export function keyOf({ account, region, source }: Place): string {
  return `${account}#${region}#${source}`;
}

/** @throws Error for what is no key of a heartbeat */
export function placeOf(key: string): Place {
  const [account, region, source, ...more] = key.split("#");
  if (account === undefined || region === undefined || source === undefined || more.length > 0) throw new Error(`${JSON.stringify(key)} is not account#region#source`);
  return { account, region, source };
}

const COVERAGE = "coverage#";

/** The partition key of all that is known of an account's resources. */
export const coverageOf = (account: string): string => `${COVERAGE}${account}`;

/** The sort key of one part of what a sweep saw. */
export function sweepKey({ region, source }: Place, part: number): string {
  return `${region}#${source}#sweep#${String(part).padStart(4, "0")}`;
}

/** The sort key of a resource's last outcome; `resource` is "" for one of the place as a whole. */
export function lastKey({ region, source }: Place, resource: string): string {
  return `${region}#${source}#last#${resource}`;
}

export type CoverageKey = { readonly region: string; readonly source: string } & (
  | { readonly what: "sweep"; readonly part: number }
  | { readonly what: "last"; readonly resource: string }
);

/** What a row under `coverageOf` is. @throws Error for a sort key that is neither */
export function readCoverageKey(sk: string): CoverageKey {
  const [, region, source, what, rest] = /^([^#]*)#([^#]*)#(sweep|last)#(.*)$/s.exec(sk) ?? [];
  if (region === undefined || source === undefined || rest === undefined) throw new Error(`${JSON.stringify(sk)} is no row of an account's coverage`);
  return what === "sweep" ? { region, source, what, part: Number(rest) } : { region, source, what: "last", resource: rest };
}
