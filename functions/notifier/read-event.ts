/** Reads one event of the central bus: an outcome, a CloudTrail event, or an alarm's change of state. */
import { coverageStates, type Coverage } from "../coverage";
import { OUTCOME_DETAIL_TYPE, OUTCOME_SOURCE, type Outcome } from "../outcome";
import { denyingLayer, isDenial } from "./denials";
import type { Message } from "./message";

/** An event as EventBridge delivers it. https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html */
export interface BusEvent {
  readonly id: string;
  readonly "detail-type": string;
  readonly source: string;
  readonly account: string;
  readonly region: string;
  readonly time: string;
  readonly resources?: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}

/** What an event asks of the notifier. */
export type Reading =
  | { readonly what: "heartbeat"; readonly outcome: Outcome }
  | { readonly what: "message"; readonly message: Message }
  /** Nothing to tell: why, for the log. */
  | { readonly what: "nothing"; readonly why: string };

function field(from: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined | null)?.[key], from);
}

function text(from: unknown, ...path: readonly string[]): string {
  const value = field(from, ...path);
  return typeof value === "string" ? value : "";
}

function isCoverage(value: unknown): value is Coverage {
  const number = (...path: readonly string[]) => Number.isInteger(field(value, ...path));
  const { part, parts } = value as Coverage;
  return text(value, "since") !== "" && text(value, "packed") !== "" && number("part") && number("parts") && 1 <= part && part <= parts && coverageStates.every((state) => number("counts", state));
}

/** The Outcome in an event's detail. @throws Error naming the field that is missing */
function outcomeIn(detail: Readonly<Record<string, unknown>>): Outcome {
  for (const key of ["id", "outcome", "account", "region", "source", "resource", "actor", "action", "reason", "at"]) {
    if (typeof detail[key] !== "string") throw new Error(`outcome event without ${key}`);
  }
  if (detail["coverage"] !== undefined && !isCoverage(detail["coverage"])) throw new Error("outcome event with a coverage that is none");
  return detail as unknown as Outcome;
}

/** The resource a CloudTrail event speaks of: its own list, else the ARN in the refusal's message. */
function resourceOf(detail: Readonly<Record<string, unknown>>): string {
  const listed = field(detail, "resources");
  const arn = Array.isArray(listed) ? listed.map((entry) => text(entry, "ARN") || text(entry, "arn")).find((found) => found !== "") : undefined;
  return arn ?? /on resource: "?(arn:[^\s"]+)/.exec(text(detail, "errorMessage"))?.[1] ?? "";
}

/** The IAM action refused, as the message says it; else service and event name. CloudTrail dates some names. */
function actionOf(detail: Readonly<Record<string, unknown>>): string {
  const said = /not authorized to perform: ([a-zA-Z0-9-]+:[a-zA-Z0-9]+)/.exec(text(detail, "errorMessage"))?.[1];
  const service = text(detail, "eventSource").split(".")[0] ?? "";
  return said ?? `${service}:${text(detail, "eventName").replace(/\d{4}_?\d{2}_?\d{2}(v\d+)?$/, "")}`;
}

/** The first that is not empty; "" if all are. */
const either = (...candidates: readonly string[]): string => candidates.find((candidate) => candidate !== "") ?? "";

function fromCloudTrail(event: BusEvent): Reading {
  const { detail } = event;
  const code = text(detail, "errorCode");
  const layer = denyingLayer(text(detail, "errorMessage"));
  // The layer named in the message settles it: a code that is not in the table yet must not hide an attempt.
  const refused = code !== "" && layer !== undefined;
  if (code !== "" && !refused) {
    return { what: "nothing", why: isDenial(code) ? `${code} by another policy than the organization's` : `the call failed with ${code}` };
  }
  // Recorded once for the caller's account and once for the owner's, under one shared id.
  const eventId = text(detail, "eventID");
  const id = either(text(detail, "sharedEventID"), eventId, event.id);
  const message: Message = {
    id: `call#${id}`,
    kind: refused ? "tamper-attempt" : "watched-call",
    // The envelope is the forwarder's: the account and the Region of the call are in the detail alone.
    account: either(text(detail, "recipientAccountId"), text(detail, "userIdentity", "accountId"), event.account),
    region: either(text(detail, "awsRegion"), event.region),
    source: text(detail, "eventSource").split(".")[0] ?? "",
    resource: resourceOf(detail),
    actor: either(text(detail, "userIdentity", "arn"), text(detail, "userIdentity", "invokedBy"), text(detail, "userIdentity", "type")),
    action: actionOf(detail),
    reason: refused ? `denied (${code}) by a ${layer}: ${text(detail, "errorMessage")}` : "the call succeeded",
    at: either(text(detail, "eventTime"), event.time),
    ...(eventId === "" ? {} : { eventId }),
  };
  return { what: "message", message };
}

function fromAlarm(event: BusEvent): Reading {
  const { detail } = event;
  const state = text(detail, "state", "value");
  const before = text(detail, "previousState", "value");
  if (state !== "ALARM" && !(state === "OK" && before === "ALARM")) return { what: "nothing", why: `alarm went from ${before} to ${state}` };
  const arn = event.resources?.[0] ?? "";
  const [, , , region, account] = arn.split(":");
  const at = either(text(detail, "state", "timestamp"), event.time);
  return {
    what: "message",
    message: {
      id: `alarm#${arn}#${state}#${at}`,
      kind: state === "ALARM" ? "alarm" : "alarm-over",
      account: account ?? event.account,
      region: region ?? event.region,
      source: "cloudwatch",
      resource: arn,
      actor: "",
      action: text(detail, "alarmName"),
      reason: text(detail, "state", "reason"),
      at,
    },
  };
}

/**
 * What one event of the bus asks of the notifier.
 *
 * @throws Error if it is none of the events that the bus carries: it must end in the dead-letter queue, not be lost
 */
export function readEvent(event: BusEvent): Reading {
  const type = event["detail-type"];
  if (event.source === OUTCOME_SOURCE && type === OUTCOME_DETAIL_TYPE) {
    const outcome = outcomeIn(event.detail);
    if (outcome.outcome === "heartbeat") return { what: "heartbeat", outcome };
    return { what: "message", message: { ...outcome, id: `outcome#${outcome.id}`, kind: outcome.outcome } };
  }
  if (type === "AWS API Call via CloudTrail" || type === "AWS Service Event via CloudTrail") return fromCloudTrail(event);
  if (type === "CloudWatch Alarm State Change") return fromAlarm(event);
  throw new Error(`an event that the notifier does not know: ${JSON.stringify(type)} from ${JSON.stringify(event.source)}`);
}
