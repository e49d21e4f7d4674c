import { causeOf } from "./cause";

const own = "arn:aws:iam::333333333333:role/fall/enforcer-vpc";
const weakening = ["ec2:DeleteFlowLogs", "ec2:DeleteTags", "ec2:CreateFlowLogs", "ec2:UntagResource", "ec2:UpdateWithStagingConfig"];
const read = (event: unknown, hints: () => readonly string[] | undefined = () => ["vpc-1"]) => causeOf(event, hints, own, weakening, "request");
const event = (detail: object) => ({ id: "e1", "detail-type": "AWS API Call via CloudTrail", source: "aws.ec2", detail });
const call = (eventName: string, more: object = {}) => event({ eventSource: "ec2.amazonaws.com", eventName, ...more });

test("a scheduled event is a sweep of everything", () => {
  expect(read({ id: "s1", "detail-type": "Scheduled Event", source: "aws.events", detail: {} })).toEqual({
    id: "s1", sweep: true, ids: undefined, actor: "", action: "sweep", weakening: false,
  });
});

test("a call names the caller, the action and what it concerns", () => {
  expect(read(call("CreateVpc", { userIdentity: { arn: "arn:aws:iam::333333333333:user/a" } }))).toEqual({
    id: "e1", sweep: false, ids: ["vpc-1"], actor: "arn:aws:iam::333333333333:user/a", action: "ec2:CreateVpc", weakening: false,
  });
});

test.each([
  ["the ARN", { arn: "arn", principalId: "p" }, "arn"],
  ["the principal's id", { principalId: "p", invokedBy: "s" }, "p"],
  ["the service", { invokedBy: "ec2.amazonaws.com" }, "ec2.amazonaws.com"],
  ["nobody", {}, ""],
  ["nobody, where it is no object", "forged", ""],
])("the caller is %s", (_, userIdentity, actor) => expect(read(call("CreateVpc", { userIdentity }))?.actor).toBe(actor));

test.each([
  ["DeleteFlowLogs", true],
  ["DeleteFlowLogs2031_01_01", true],
  ["CreateFlowLogs", false],
  ["DeleteTags", false],
  ["UntagResource", false],
  ["UpdateWithStagingConfig", true],
  ["CreateVpc", false],
])("%s undoes logging: %s", (name, expected) => expect(read(call(name))?.weakening).toBe(expected));

test.each([undefined, null, "text", 7, [], {}, { detail: null }, { detail: { eventName: 7 } }])(
  "%j, which is no event of AWS, makes it look at everything",
  (forged) => expect(read(forged)).toMatchObject({ id: "request", sweep: false, ids: undefined, action: "invocation" }),
);

test("an event without its payload makes it look at everything", () => {
  expect(read(call("DeleteFlowLogs"), () => undefined)?.ids).toBeUndefined();
});

test.each([
  ["of this very enforcer", own, undefined],
  ["of another account's", own.replace("333333333333", "444444444444"), "e1"],
  ["of another enforcer", own.replace("vpc", "alb"), "e1"],
])("a call %s", (_, arn, id) => {
  expect(read(call("CreateFlowLogs", { userIdentity: { sessionContext: { sessionIssuer: { arn } } } }))?.id).toBe(id);
});

test.each([
  ["Client.UnauthorizedOperation", undefined],
  ["AccessDenied", undefined],
  ["Client.VpcLimitExceeded", undefined],
  ["Server.InternalError", "e1"],
  ["ServiceUnavailableException", "e1"],
  ["", "e1"],
])("a call that ended in %j", (errorCode, id) => expect(read(call("DeleteFlowLogs", { errorCode }))?.id).toBe(id));
