/** Who should have sent a heartbeat, and who has not for too long. Pure. */
import { keyOf, type Place } from "../status-keys";

/**
 * Every enforcer there should be: each source in each account and governed Region, a global one in us-east-1 alone.
 *
 * @param accounts those with a stack instance, and the management account, which StackSets never reach
 */
export function expectedEnforcers(
  accounts: readonly string[],
  regions: readonly string[],
  sources: readonly { readonly name: string; readonly scope: "regional" | "global" }[],
): readonly Place[] {
  return [...new Set(accounts)].sort().flatMap((account) =>
    sources.flatMap(({ name, scope }) =>
      (scope === "global" ? ["us-east-1"] : regions).map((region) => ({ account, region, source: name })),
    ),
  );
}

export interface Silence extends Place {
  /** ISO 8601, UTC: the last heartbeat; undefined where there has never been one. */
  readonly last: string | undefined;
}

/** Sweep periods without a heartbeat that are still in order: one sweep may fail, and one may be at work. */
export const PERIODS = 2;

/**
 * The expected enforcers that have been silent for more than two sweep periods.
 *
 * One that has never been heard is silent only when it has been expected for that long, so that a new account, Region
 * or source has time to be deployed.
 *
 * @param heartbeats the last one of each enforcer, ISO 8601, by `keyOf`
 * @param firstSeen when each was first expected, ISO 8601, by `keyOf`; one that is absent is expected from now on.
 *   Without it every enforcer that has never been heard is silent
 * @param now milliseconds since 1970
 */
export function silences(
  expected: readonly Place[],
  heartbeats: Readonly<Record<string, string>>,
  now: number,
  sweepMinutes: number,
  firstSeen?: Readonly<Record<string, string>>,
): readonly Silence[] {
  const patience = PERIODS * sweepMinutes * 60_000;
  return expected.flatMap((enforcer) => {
    const key = keyOf(enforcer);
    const last = heartbeats[key];
    const isNew = last === undefined && firstSeen !== undefined && firstSeen[key] === undefined;
    const since = Math.max(time(last), time(firstSeen?.[key]));
    return !isNew && now - since > patience ? [{ ...enforcer, last }] : [];
  });
}

/** -Infinity for what is absent, or no date: a heartbeat that can't be read is none. */
function time(at: string | undefined): number {
  const parsed = at === undefined ? NaN : Date.parse(at);
  return Number.isNaN(parsed) ? -Infinity : parsed;
}
