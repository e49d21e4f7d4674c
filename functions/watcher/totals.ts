/** How many resources of the organization stand how, by log source: summed up over what the last heartbeats said. Pure. */
import { coverageStates, type Counts } from "../coverage";
import { keyOf, type Place } from "../status-keys";

/** What the configuration governs, as the watcher sees it. */
export interface Governed {
  /** Those with a stack instance, and the management account; suspended ones left out. */
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  readonly sources: readonly { readonly name: string; readonly scope: "regional" | "global" }[];
  readonly sweepMinutes: number;
}

/** Of one log source. Resources of silent places are counted as they were last seen. */
export interface Totals extends Counts {
  /** Accounts and Regions in which the source is governed. */
  readonly places: number;
  /** Of these, silent for more than two sweeps. */
  readonly silent: number;
  /** Of these, never heard of. */
  readonly neverSeen: number;
}

export const noTotals: Totals = { logged: 0, excluded: 0, observed: 0, failing: 0, places: 0, silent: 0, neverSeen: 0 };

/** The sum of two. */
export function added(one: Totals, other: Partial<Totals>): Totals {
  return Object.fromEntries(Object.entries(one).map(([name, count]) => [name, count + (other[name as keyof Totals] ?? 0)])) as unknown as Totals;
}

/**
 * The totals by source of the expected enforcers, and of none besides: an account that left is no part of the organization.
 *
 * @param silent the keys of those that are silent
 */
export function totalsOf(
  expected: readonly Place[],
  heartbeats: Readonly<Record<string, { readonly counts: Counts | undefined }>>,
  silent: readonly string[],
): Readonly<Record<string, Totals>> {
  const totals: Record<string, Totals> = {};
  const isSilent: Record<string, true> = Object.fromEntries(silent.map((key) => [key, true]));
  for (const place of expected) {
    const key = keyOf(place);
    const heard = heartbeats[key];
    const counts = Object.fromEntries(coverageStates.map((state) => [state, heard?.counts?.[state] ?? 0]));
    totals[place.source] = added(totals[place.source] ?? noTotals, {
      ...counts,
      places: 1,
      silent: heard !== undefined && isSilent[key] ? 1 : 0,
      neverSeen: heard === undefined ? 1 : 0,
    });
  }
  return totals;
}
