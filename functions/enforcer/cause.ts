/**
 * Why an enforcer was invoked: an event of CloudTrail, the schedule, or anybody at all.
 *
 * An event is only a hint. Its payload may be missing (CloudTrail empties what is over 100 KB), late, doubled or forged,
 * so nothing here is more than a place to look; what counts is what the service's API answers then.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
import type { EnforcerModule } from "./adapter";

export interface Cause {
  /** The event's id: the same when the event comes again. */
  readonly id: string;
  /** From the schedule; its end is a heartbeat. */
  readonly sweep: boolean;
  /** The resources to look at; undefined for all. */
  readonly ids: readonly string[] | undefined;
  /** ARN of whoever made the call; "" where nobody is named. */
  readonly actor: string;
  /** `ec2:DeleteFlowLogs`; `sweep`; `invocation` for what is no event of AWS. */
  readonly action: string;
  /** The call undoes logging, so that what is missing now was there before it. */
  readonly weakening: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields => (typeof value === "object" && value !== null ? (value as Fields) : {});
const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** The caller's ARN, or what stands in its place for an AWS service or a federated user. */
function actorOf(identity: Fields): string {
  return textOf(identity.arn) || textOf(identity.principalId) || textOf(identity.invokedBy);
}

/** A refused call changed nothing; one that broke off inside AWS may have. */
function surelyChangedNothing(errorCode: string): boolean {
  return errorCode !== "" && !/^Server\.|Internal|Unavailable|Timeout/i.test(errorCode);
}

/**
 * Reads the invocation's payload; undefined where there is nothing to do: the enforcer's own calls come back to it as
 * events (acting on them would be a loop), and refused calls changed nothing.
 *
 * @param own ARN of the role that this very enforcer runs as
 * @param weakeningActions IAM actions that weaken this source's logging
 * @param requestId stands in for the id that a forged event lacks
 */
export function causeOf(
  event: unknown,
  hints: EnforcerModule["hints"],
  own: string,
  weakeningActions: readonly string[],
  requestId: string,
): Cause | undefined {
  const fields = fieldsOf(event);
  const id = textOf(fields.id) || requestId;
  if (fields["detail-type"] === "Scheduled Event") {
    return { id, sweep: true, ids: undefined, actor: "", action: "sweep", weakening: false };
  }
  const detail = fieldsOf(fields.detail);
  const eventName = textOf(detail.eventName);
  if (eventName === "") return { id, sweep: false, ids: undefined, actor: "", action: "invocation", weakening: false };
  const identity = fieldsOf(detail.userIdentity);
  if (fieldsOf(fieldsOf(identity.sessionContext).sessionIssuer).arn === own) return undefined;
  if (surelyChangedNothing(textOf(detail.errorCode))) return undefined;
  const action = `${textOf(detail.eventSource).split(".")[0]}:${eventName}`;
  return {
    id,
    sweep: false,
    ids: hints(detail),
    actor: actorOf(identity),
    action,
    // Some event names carry a date (DeleteDistribution2020_05_31). What makes a resource, or tags one, undoes nothing.
    weakening: weakeningActions.some((known) => action.startsWith(known)) && !/:(Create|Tag|Untag|(Add|Delete|Remove)Tags)/.test(action),
  };
}
