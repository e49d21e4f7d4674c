/** How a place's resources stand: what its last sweep saw, and what happened since. Pure. */
import { unpacked, type Covered, type CoverageState } from "../../functions/coverage";

/** A row of one part of a sweep. */
export interface SweepRow {
  readonly since: string;
  readonly part: number;
  readonly parts: number;
  /** Deflated. */
  readonly packed: Uint8Array;
}

/** A row of a resource's last outcome; `resource` is "" for the place as a whole. */
export interface LastRow {
  readonly resource: string;
  readonly outcome: string;
  readonly reason: string;
  readonly at: string;
}

/** A resource with when it was seen so. */
export interface Standing extends Covered {
  readonly seen: string;
}

const stateOf: Readonly<Record<string, CoverageState>> = {
  forced: "logged",
  repaired: "logged",
  failed: "failing",
  excluded: "excluded",
  "would-force": "observed",
};

/**
 * The resources of a place, each with the latest that is known of it.
 *
 * A sweep whose parts are all there is the whole truth of its time: what it did not see is gone, whoever spoke of it before.
 * Of a sweep that is not whole, because a part is late or lost, what there is counts beside what earlier ones left.
 *
 * @param sweeps every part that is there, of whichever sweep
 * @returns in any order; `resource` is "" where the place as a whole failed: its sweep broke off
 */
export function merged(sweeps: readonly SweepRow[], lasts: readonly LastRow[]): readonly Standing[] {
  const newest = sweeps.reduce((latest, { since }) => (since > latest ? since : latest), "");
  const ofNewest = sweeps.filter(({ since }) => since === newest);
  const whole = ofNewest.length > 0 && ofNewest.length === ofNewest[0]!.parts;
  const from = whole ? newest : "";
  const standing = new Map<string, Standing>();
  for (const { since, packed } of [...(whole ? ofNewest : sweeps)].sort((one, other) => (one.since < other.since ? -1 : 1)))
    for (const covered of unpacked(packed)) standing.set(covered.resource, { ...covered, seen: since });
  for (const { resource, outcome, reason, at } of lasts) {
    const state = stateOf[outcome];
    // The outcomes of the sweep itself are no older than its beginning, and say what it says.
    if (state === undefined || at < (standing.get(resource)?.seen ?? from)) continue;
    standing.set(resource, { resource, state, why: state === "logged" ? "" : reason, seen: at });
  }
  return [...standing.values()];
}
