/** What the notifier tells people: one message, whatever event it came from and whatever product shows it. */
import type { OutcomeKind } from "../outcome";

/**
 * - an outcome of an enforcer, the watcher, or of CloudTrail (`tamper-attempt`); a heartbeat is never a message
 * - `watched-call`: a call was made that no policy can deny (the organization's API in the management account)
 * - `alarm`, `alarm-over`: a CloudWatch alarm of ours went off, or is quiet again
 */
export type MessageKind = Exclude<OutcomeKind, "heartbeat"> | "watched-call" | "alarm" | "alarm-over";

export interface Message {
  /** The same for the same thing told twice. */
  readonly id: string;
  readonly kind: MessageKind;
  readonly account: string;
  readonly region: string;
  /** The log source's name, or the AWS service where no source is known. */
  readonly source: string;
  /** ARN; "" where the event names none. */
  readonly resource: string;
  /** ARN of the caller; "" for a sweep, the watcher or an alarm. */
  readonly actor: string;
  /** `ec2:DeleteFlowLogs`, `sweep`, the alarm's name. */
  readonly action: string;
  readonly reason: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** CloudTrail's id of the event, where the message came from one: the console can show it. */
  readonly eventId?: string;
}

/** Messages that are alike, told as one: the first, and all of them (itself included). */
export interface Notice {
  readonly first: Message;
  readonly all: readonly Message[];
}

/** How loudly a card speaks: something is wrong, was wrong and is mended, or is merely told. */
export type Tone = "bad" | "good" | "plain";

/** The headline of each kind, and its tone. */
export const headlines: Readonly<Record<MessageKind, { readonly title: string; readonly tone: Tone }>> = {
  forced: { title: "Logging turned on", tone: "good" },
  repaired: { title: "Logging was weakened, and is repaired", tone: "bad" },
  "tamper-attempt": { title: "Attempt on logging denied", tone: "bad" },
  failed: { title: "Logging could not be turned on", tone: "bad" },
  excluded: { title: "Left alone: excluded from logging", tone: "plain" },
  "would-force": { title: "Observed only: logging would be turned on", tone: "plain" },
  silent: { title: "Enforcer is silent", tone: "bad" },
  "stack-instance": { title: "Stack instance is not current", tone: "bad" },
  "watched-call": { title: "Call that no policy can deny", tone: "bad" },
  alarm: { title: "Alarm", tone: "bad" },
  "alarm-over": { title: "Alarm is over", tone: "good" },
};
