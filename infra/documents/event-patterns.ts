/** EventBridge event patterns of the regional template. */
import { denialPattern } from "../../functions/notifier/denials";
import type { LogSource, Trigger } from "../../functions/sources/log-source";
import type { Names } from "../names";

export type EventPattern = Readonly<Record<string, unknown>>;

/**
 * The state of a rule that sees reading calls too: to one that is just ENABLED, CloudTrail's read-only events never come,
 * and a refused GetSecretValue is one.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
 */
export const READS_TOO = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";

/** Only AWS itself sends under `aws.`, so nobody can set an enforcer off by putting an event of their own. */
const sentByAws = [{ prefix: "aws." }];

/** Calls, and what a service does on its own: a rule that matches calls alone would miss the second. */
const recordedByCloudTrail = ["AWS API Call via CloudTrail", "AWS Service Event via CloudTrail"];

const matched = ({ eventSource, eventNames }: Trigger) => ({
  eventSource: [eventSource],
  // Some services add a date to the name (CreateFunction20150331).
  eventName: eventNames.map((name) => ({ prefix: name })),
});

/**
 * Calls as CloudTrail records them, whichever of the triggers they are of.
 *
 * Nothing of the payload is asked for: CloudTrail leaves out what is over 100 KB, and a padded call would slip by.
 */
export function callPattern(triggers: readonly Trigger[]): EventPattern {
  const alternatives = triggers.map(matched);
  return {
    source: sentByAws,
    "detail-type": recordedByCloudTrail,
    detail: alternatives.length === 1 ? alternatives[0] : { $or: alternatives },
  };
}

/** The calls after which a source's enforcer looks again. */
export const sourcePattern = ({ triggers }: Pick<LogSource, "triggers">): EventPattern => callPattern(triggers);

/** Calls that a control policy of the organization refused; what a refusal looks like is the notifier's to know. */
export const deniedPattern = (): EventPattern => ({ source: sentByAws, ...denialPattern() });

/** An alarm of ours has gone off, or what it told of is over. */
export function alarmPattern({ prefix }: Pick<Names, "prefix">): EventPattern {
  return {
    source: ["aws.cloudwatch"],
    "detail-type": ["CloudWatch Alarm State Change"],
    detail: {
      alarmName: [{ prefix: `${prefix}-` }],
      $or: [{ state: { value: ["ALARM"] } }, { state: { value: ["OK"] }, previousState: { value: ["ALARM"] } }],
    },
  };
}
