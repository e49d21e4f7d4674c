/** What the watcher found, as outcomes for the central bus. */
import type { Outcome } from "../outcome";
import type { Instance } from "./instances";
import type { Silence } from "./silences";

/**
 * The day of a moment: part of an outcome's id, so that what lasts is told once a day, however often it is seen.
 * The notifier drops a second copy of an id.
 */
function day(now: number): string {
  return new Date(now).toISOString().slice(0, 10);
}

export function silentOutcome({ account, region, source, last }: Silence, now: number, sweepMinutes: number): Outcome {
  return {
    id: `silent#${account}#${region}#${source}#${day(now)}`,
    outcome: "silent",
    account,
    region,
    source,
    resource: "",
    actor: "",
    action: "sweep",
    reason: `${last === undefined ? "no heartbeat yet" : `last heartbeat ${last}`}; one is due every ${sweepMinutes} minutes`,
    at: new Date(now).toISOString(),
  };
}

export function stackInstanceOutcome(instance: Instance, now: number): Outcome {
  const { stackSet, account, region, stack, status, detailedStatus, reason } = instance;
  const state = [status, detailedStatus].filter((part) => part !== "").join(", ");
  return {
    // The state is part of the id: one that gets worse within the day is told again.
    id: `stack-instance#${stackSet}#${account}#${region}#${status}#${detailedStatus}#${day(now)}`,
    outcome: "stack-instance",
    account,
    region,
    source: stackSet,
    resource: stack,
    actor: "",
    action: "cloudformation:ListStackInstances",
    reason: `${state}${reason === "" ? "" : `: ${reason}`}`,
    at: new Date(now).toISOString(),
  };
}
