/**
 * The central list of exclusions: what is left alone, and what is only observed.
 *
 * It is an object in each Region's code bucket, so that it takes effect without a deployment in any member. Unreadable or
 * invalid means that nothing is excluded and nothing merely observed: who breaks the list gains nothing.
 */
import type { Resource, Settings } from "./adapter";

/** The configuration lists them (infra/config), and validates the list first. */
export interface Exclusion {
  readonly account: string;
  /** "*" for every Region. */
  readonly region: string;
  readonly source: string;
  /** ARN, or "*" for every resource of the source in the account. */
  readonly resource: string;
  readonly owner: string;
  readonly reason: string;
  /** ISO 8601 date; from that day on the exclusion does not count. */
  readonly expires: string;
}

export interface ExclusionList {
  readonly exclusions: readonly Exclusion[];
  /** Account "*" for a source that is only observed everywhere. */
  readonly observe: readonly { readonly source: string; readonly account: string }[];
}

/** Reads the text of `exclusions.json`. @throws Error naming the entry that is wrong */
export function parseExclusions(text: string): ExclusionList {
  const check = (list: unknown, name: string, fields: readonly string[]): void => {
    if (!Array.isArray(list)) throw new Error(`${name} is not a list`);
    for (const [index, entry] of (list as unknown[]).entries()) {
      const missing = fields.find((field) => typeof (entry as Record<string, unknown> | null)?.[field] !== "string");
      if (missing !== undefined) throw new Error(`${name}[${index}].${missing} is not a text`);
    }
  };
  const list = JSON.parse(text) as ExclusionList;
  check(list.exclusions, "exclusions", ["account", "region", "source", "resource", "owner", "reason", "expires"]);
  check(list.observe, "observe", ["source", "account"]);
  return list;
}

/** Why a resource is left alone, in words; undefined if it is not. An expiry that is no date excludes nothing. */
export function excludedBecause(
  { exclusions }: ExclusionList,
  source: string,
  resource: Resource,
  { account, region, names }: Settings,
  now: number,
  tagIsLocked: boolean,
): string | undefined {
  const entry = exclusions.find(
    (each) =>
      each.account === account &&
      each.source === source &&
      (each.region === "*" || each.region === region) &&
      (each.resource === "*" || each.resource === resource.arn) &&
      now < Date.parse(each.expires),
  );
  if (entry) return `excluded by ${entry.owner} until ${entry.expires}: ${entry.reason}`;
  // Where others can set the tag, it says nothing about who wanted the exclusion.
  const tag = tagIsLocked ? resource.tags?.[names.exclusionTagKey] : undefined;
  return tag?.toLowerCase() === "true" ? `excluded by its tag ${names.exclusionTagKey}` : undefined;
}

/** Whose exclusion it is, until when and why, from the words of `excludedBecause`; undefined where a tag excludes. */
export function readExclusion(words: string): Pick<Exclusion, "owner" | "expires" | "reason"> | undefined {
  const [, owner, expires, reason] = /^excluded by (.*?) until (\d{4}-\d\d-\d\d[^\s:]*): (.*)$/s.exec(words) ?? [];
  return owner === undefined || expires === undefined || reason === undefined ? undefined : { owner, expires, reason };
}

export function isOnlyObserved({ observe }: ExclusionList, source: string, account: string): boolean {
  return observe.some((each) => each.source === source && (each.account === "*" || each.account === account));
}

export interface Reading {
  readonly list: ExclusionList;
  /** Why the list could not be read: said with the first reading that failed, not with those that follow it. */
  readonly unreadable?: string;
}

const KEPT = 60_000;

/**
 * A reader that keeps the list for a minute, in an execution environment that is invoked often.
 *
 * @param text gets the object's text; throws where it can't
 */
export function exclusionReader(text: () => Promise<string>, now: () => number): () => Promise<Reading> {
  let kept: { readonly list: ExclusionList; readonly until: number } | undefined;
  let failing = false;
  return async () => {
    if (kept !== undefined && now() < kept.until) return { list: kept.list };
    const reading = await text()
      .then((read): Reading => ({ list: parseExclusions(read) }))
      .catch((error: unknown): Reading => ({ list: { exclusions: [], observe: [] }, unreadable: String(error) }));
    const known = failing;
    failing = reading.unreadable !== undefined;
    kept = { list: reading.list, until: now() + KEPT };
    return known ? { list: reading.list } : reading;
  };
}
