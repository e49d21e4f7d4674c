/** What the notifier tells people: one message, whatever event it came from and whatever product shows it. */
import type { Outcome, OutcomeKind } from "../outcome";

/**
 * - an outcome of an enforcer, the watcher, or of CloudTrail (`tamper-attempt`); a heartbeat is never a message
 * - `watched-call`: a call was made that no policy can deny (the organization's API in the management account)
 * - `alarm`, `alarm-over`: a CloudWatch alarm of ours went off, or is quiet again
 */
export type MessageKind = Exclude<OutcomeKind, "heartbeat"> | "watched-call" | "alarm" | "alarm-over";

/**
 * An outcome's fields, of any event: `source` is the AWS service where no log source is known, `resource` is "" where the
 * event names none, `actor` "" for the watcher or an alarm too, and `action` may be an alarm's name.
 */
export interface Message extends Omit<Outcome, "outcome"> {
  readonly kind: MessageKind;
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
