/**
 * What an enforcer tells the delegated account, as one event on its bus: `{source: "fall", detail-type: "FALL
 * outcome", detail: Outcome}`. The event's own account and Region fields are EventBridge's; those in the detail are
 * the resource's.
 */

import type { Coverage } from "./coverage";

export const OUTCOME_SOURCE = "fall";
export const OUTCOME_DETAIL_TYPE = "FALL outcome";

/**
 * - `forced`: the resource did not log to us and now does
 * - `repaired`: our logging was there, was changed or removed, and is back
 * - `tamper-attempt`: a call that would have weakened logging was denied (made by the notifier from CloudTrail)
 * - `failed`: logging could not be turned on; the reason says why, and the invocation is retried
 * - `excluded`: left alone, by whom and until when in the reason
 * - `would-force`: what `mode: observe` would have done
 * - `heartbeat`: a sweep of one source in one account and Region has ended, with what it saw; several events where that does
 *   not fit into one
 * - `silent`: an account, Region and source has sent no heartbeat for two sweeps (made by the watcher)
 * - `stack-instance`: a stack instance is not CURRENT (made by the watcher)
 */
export type OutcomeKind =
  | "forced"
  | "repaired"
  | "tamper-attempt"
  | "failed"
  | "excluded"
  | "would-force"
  | "heartbeat"
  | "silent"
  | "stack-instance";

export interface Outcome {
  /** The same for the same outcome of the same triggering event, so that the notifier can drop a second copy. */
  readonly id: string;
  readonly outcome: OutcomeKind;
  readonly account: string;
  readonly region: string;
  /** The log source's name. */
  readonly source: string;
  /** ARN of the resource; "" for a heartbeat. */
  readonly resource: string;
  /** ARN of whoever made the call that led here, as the event says (a hint, anyone may forge it); "" for a sweep. */
  readonly actor: string;
  /** The call that led here (`ec2:DeleteFlowLogs`), or `sweep`. */
  readonly action: string;
  /** What was found and done, in words. */
  readonly reason: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Of a heartbeat: what the sweep saw. */
  readonly coverage?: Coverage;
}
