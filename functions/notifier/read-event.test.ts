import { readEvent, type BusEvent } from "./read-event";

const envelope: Omit<BusEvent, "detail" | "detail-type" | "source"> = {
  id: "e-1",
  account: "999999999999",
  region: "us-east-1",
  time: "2026-11-01T00:00:00Z",
};

const refused = (detail: Record<string, unknown>): BusEvent => ({
  ...envelope,
  source: "aws.ec2",
  "detail-type": "AWS API Call via CloudTrail",
  detail: {
    eventID: "ct-1",
    eventSource: "ec2.amazonaws.com",
    eventName: "DeleteFlowLogs",
    awsRegion: "eu-central-1",
    recipientAccountId: "111111111111",
    eventTime: "2026-11-01T10:00:00Z",
    userIdentity: { type: "AssumedRole", arn: "arn:aws:sts::111111111111:assumed-role/admin/eve", accountId: "111111111111" },
    errorCode: "Client.UnauthorizedOperation",
    errorMessage:
      "You are not authorized to perform this operation. User: arn:aws:sts::111111111111:assumed-role/admin/eve is not authorized to perform: " +
      "ec2:DeleteFlowLogs on resource: arn:aws:ec2:eu-central-1:111111111111:vpc-flow-log/fl-1 with an explicit deny in a service control policy: arn:aws:organizations::9:policy/o-1/service_control_policy/p-1",
    ...detail,
  },
});

const outcome = {
  id: "o-1",
  outcome: "forced",
  account: "111111111111",
  region: "eu-central-1",
  source: "vpc",
  resource: "arn:aws:ec2:eu-central-1:111111111111:vpc/vpc-1",
  actor: "",
  action: "sweep",
  reason: "turned on",
  at: "2026-11-01T10:00:00Z",
};

const fromFall = (detail: Record<string, unknown>): BusEvent => ({ ...envelope, source: "fall", "detail-type": "FALL outcome", detail });

test("an outcome is told as it is", () => {
  expect(readEvent(fromFall(outcome))).toEqual({ what: "message", message: { ...outcome, id: "outcome#o-1", kind: "forced" } });
});

test("a heartbeat is recorded, not told", () => {
  expect(readEvent(fromFall({ ...outcome, outcome: "heartbeat", resource: "" })).what).toBe("heartbeat");
});

test("an outcome that lacks a field names it", () => {
  expect(() => readEvent(fromFall({ ...outcome, region: undefined }))).toThrow("outcome event without region");
});

test("a call refused by the organization is an attempt, told by the detail and not by the envelope", () => {
  const reading = readEvent(refused({}));
  expect(reading).toMatchObject({
    what: "message",
    message: {
      id: "call#ct-1",
      kind: "tamper-attempt",
      account: "111111111111",
      region: "eu-central-1",
      source: "ec2",
      resource: "arn:aws:ec2:eu-central-1:111111111111:vpc-flow-log/fl-1",
      actor: "arn:aws:sts::111111111111:assumed-role/admin/eve",
      action: "ec2:DeleteFlowLogs",
    },
  });
});

test("two copies of one call, in the caller's account and the owner's, are one message", () => {
  const ids = ["ct-1", "ct-2"].map((eventID) => {
    const reading = readEvent(refused({ eventID, sharedEventID: "shared" }));
    return reading.what === "message" ? reading.message.id : "";
  });
  expect(ids).toEqual(["call#shared", "call#shared"]);
});

test.each([
  ["a code that no table knows, by the layer in its message", refused({ errorCode: "SomethingNewDenied" }), "message"],
  ["an everyday refusal by an identity policy", refused({ errorMessage: "because no identity-based policy allows" }), "nothing"],
  ["a call that failed for another reason", refused({ errorCode: "ThrottlingException", errorMessage: "Rate exceeded" }), "nothing"],
])("%s", (_, event, what) => expect(readEvent(event).what).toBe(what));

test("a call that succeeded and was forwarded is one that no policy can deny", () => {
  const reading = readEvent(refused({ errorCode: undefined, errorMessage: undefined, eventSource: "organizations.amazonaws.com", eventName: "DetachPolicy" }));
  expect(reading).toMatchObject({ message: { kind: "watched-call", action: "organizations:DetachPolicy" } });
});

test("a date that CloudTrail hangs on an event's name is no part of the action", () => {
  const reading = readEvent(refused({ errorMessage: "an explicit deny in a service control policy", eventSource: "lambda.amazonaws.com", eventName: "UpdateFunctionCode20150331v2" }));
  expect(reading).toMatchObject({ message: { action: "lambda:UpdateFunctionCode", resource: "" } });
});

const alarm = (value: string, before: string): BusEvent => ({
  ...envelope,
  source: "aws.cloudwatch",
  "detail-type": "CloudWatch Alarm State Change",
  resources: ["arn:aws:cloudwatch:eu-central-1:111111111111:alarm:fall-dead-letters"],
  detail: { alarmName: "fall-dead-letters", state: { value, reason: "1 datapoint", timestamp: "2026-11-01T10:00:00.000+0000" }, previousState: { value: before } },
});

test.each([
  ["ALARM", "OK", "alarm"],
  ["ALARM", "INSUFFICIENT_DATA", "alarm"],
  ["OK", "ALARM", "alarm-over"],
  ["OK", "INSUFFICIENT_DATA", undefined],
  ["INSUFFICIENT_DATA", "OK", undefined],
])("an alarm that is %s after %s is told as %s", (value, before, kind) => {
  const reading = readEvent(alarm(value, before));
  expect(reading.what === "message" ? reading.message.kind : undefined).toBe(kind);
  if (reading.what === "message") expect(reading.message).toMatchObject({ account: "111111111111", region: "eu-central-1" });
});

test("an event that nobody knows is an error, so that it ends in the dead-letter queue", () => {
  expect(() => readEvent({ ...envelope, source: "aws.health", "detail-type": "Something", detail: {} })).toThrow("does not know");
});

describe("what a sweep saw", () => {
  const coverage = { since: "2026-11-01T10:00:00Z", part: 1, parts: 2, packed: "eJw=", counts: { logged: 1, excluded: 0, observed: 0, failing: 0 } };
  const beat = (more: object) => readEvent(fromFall({ ...outcome, outcome: "heartbeat", resource: "", coverage: { ...coverage, ...more } }));

  test("comes with the heartbeat", () => expect(beat({})).toMatchObject({ what: "heartbeat", outcome: { coverage } }));

  test.each([{ since: 1 }, { part: 0 }, { part: 3 }, { parts: "2" }, { packed: "" }, { counts: { logged: 1 } }, { counts: undefined }])("is refused as a whole where it is none: %j", (more) => {
    expect(() => beat(more)).toThrow("a coverage that is none");
  });
});
