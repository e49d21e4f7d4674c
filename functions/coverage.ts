/**
 * What a sweep saw: every resource of one log source in one account and Region, and how it stands. A sweep sends it with
 * its heartbeat, in as many parts as fit into an event each; the notifier keeps it, and `npm run status` reads it.
 */
import { deflateRawSync, inflateRawSync } from "node:zlib";

/**
 * - `logged`: it logs as it should, whether it did before or the sweep forced it
 * - `excluded`: left alone, by whom and until when in the reason
 * - `observed`: it does not log, and `mode: observe` leaves it so
 * - `failing`: it could not be read or forced; the reason says why
 */
export const coverageStates = ["logged", "excluded", "observed", "failing"] as const;
export type CoverageState = (typeof coverageStates)[number];

/** How many resources stand how. */
export type Counts = Readonly<Record<CoverageState, number>>;

/** How one resource stands. */
export interface Covered {
  /** ARN. */
  readonly resource: string;
  readonly state: CoverageState;
  /** In words; "" for what is logged. */
  readonly why: string;
}

/** One part of what a sweep saw. */
export interface Coverage {
  /** ISO 8601, UTC: when the sweep began. Nothing that it read is older, and whatever happened later counts more. */
  readonly since: string;
  /** From 1. */
  readonly part: number;
  readonly parts: number;
  /** Of all parts together. */
  readonly counts: Counts;
  /** `packed` resources. */
  readonly packed: string;
}

/**
 * The longest packed part, in characters: with the rest of its event less than 64 KB, which EventBridge and Amazon SQS
 * count as one event and one request, and far below what they take (256 KB) and what a row of DynamoDB holds (400 KB).
 * https://aws.amazon.com/eventbridge/pricing/
 */
export const LONGEST_PART = 60_000;

/** Characters of a reason that are kept here: the whole one is in the outcome and in the enforcer's log. */
const LONGEST_REASON = 400;

/** Resources that stand alike, under what they have in common: a list of exclusions or failures repeats its reasons. */
type Group = readonly [state: CoverageState, why: string, resources: readonly string[]];

/** Resources as base64 of deflated JSON. */
function packed(covered: readonly Covered[]): string {
  const groups: Record<string, [CoverageState, string, string[]]> = {};
  for (const { resource, state, why } of covered) {
    const reason = why.slice(0, LONGEST_REASON);
    (groups[`${state} ${reason}`] ??= [state, reason, []])[2].push(resource);
  }
  return deflateRawSync(JSON.stringify(Object.values(groups))).toString("base64");
}

/** Lists that pack into a part each: halved until they do. */
function halved(covered: readonly Covered[], longest: number): readonly string[] {
  const whole = packed(covered);
  if (whole.length <= longest || covered.length < 2) return [whole];
  const middle = Math.ceil(covered.length / 2);
  return [...halved(covered.slice(0, middle), longest), ...halved(covered.slice(middle), longest)];
}

export function countsOf(covered: readonly Pick<Covered, "state">[]): Counts {
  const counts = { logged: 0, excluded: 0, observed: 0, failing: 0 };
  for (const { state } of covered) counts[state] += 1;
  return counts;
}

/**
 * The parts of what a sweep saw; one, with nothing in it, where there was nothing to see.
 *
 * @param since when the sweep began, ISO 8601
 */
export function coverageParts(covered: readonly Covered[], since: string, longest = LONGEST_PART): readonly Coverage[] {
  const all = halved(covered, longest);
  const counts = countsOf(covered);
  return all.map((part, index) => ({ since, part: index + 1, parts: all.length, counts, packed: part }));
}

/** The resources of a packed part. @param bytes deflated: `packed` without its base64. @throws Error if they are no part */
export function unpacked(bytes: Uint8Array): readonly Covered[] {
  const groups = JSON.parse(inflateRawSync(bytes).toString()) as readonly Group[];
  return groups.flatMap(([state, why, resources]) => resources.map((resource) => ({ resource, state, why })));
}
