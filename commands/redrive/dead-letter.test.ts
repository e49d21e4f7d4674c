import fc from "fast-check";
import { readDeadLetter, type QueueMessage } from "./dead-letter";

const owner = { account: "111111111111", region: "eu-central-1", functionPrefix: "fall-enforcer-" };
const arn = "arn:aws:lambda:eu-central-1:111111111111:function:fall-enforcer-vpc";
const event = { "detail-type": "AWS API Call via CloudTrail", detail: { eventName: "CreateVpc" } };

const undeliverable = (target: string, more: Record<string, string> = { ERROR_CODE: "NO_PERMISSIONS" }): QueueMessage => ({
  Body: JSON.stringify(event),
  MessageAttributes: Object.fromEntries(
    Object.entries({ RULE_ARN: "arn:aws:events:eu-central-1:111111111111:rule/fall-vpc-events", TARGET_ARN: target, ...more }).map(([name, StringValue]) => [name, { StringValue }]),
  ),
});
const failed = (functionArn: unknown, rest: object = { requestPayload: event }): QueueMessage => ({
  Body: JSON.stringify({ version: "1.0", requestContext: { functionArn, condition: "RetriesExhausted", approximateInvokeCount: 3 }, responseContext: { statusCode: 200 }, ...rest }),
});

test.each([
  ["an event that EventBridge could not deliver", undeliverable(arn), "EventBridge: NO_PERMISSIONS"],
  ["one without an error code", undeliverable(arn, { EXHAUSTED_RETRY_CONDITION: "MaximumRetryAttempts" }), "EventBridge: MaximumRetryAttempts"],
  ["an invocation that failed every time", failed(`${arn}:$LATEST`), "Lambda: RetriesExhausted"],
])("%s goes back to its enforcer", (_, message, why) => {
  expect(readDeadLetter(message, owner)).toEqual({ known: true, functionName: "fall-enforcer-vpc", payload: JSON.stringify(event), why });
});

test.each([
  ["no JSON", { Body: "hello" }, "its body is not a JSON object"],
  ["no body", {}, "its body is not a JSON object"],
  ["null", { Body: "null" }, "its body is not a JSON object"],
  ["something else", { Body: "{}" }, "it is neither EventBridge's nor Lambda's"],
  ["a record without its payload", failed(arn, {}), "it is neither EventBridge's nor Lambda's"],
  ["another account's function", undeliverable(arn.replace("111111111111", "222222222222")), "is no enforcer of this account and Region"],
  ["another Region's function", undeliverable(arn.replace("eu-central-1", "us-east-1")), "is no enforcer of this account and Region"],
  ["a function that is no enforcer", failed(arn.replace("fall-enforcer-vpc", "payroll")), "is no enforcer of this account and Region"],
  ["a target that is no function", undeliverable("arn:aws:sqs:eu-central-1:111111111111:fall-enforcer-vpc"), "is no enforcer of this account and Region"],
])("%s is left, and it is said why", (_, message, reason) => {
  const letter = readDeadLetter(message, owner);
  expect(letter).toEqual({ known: false, reason: expect.stringContaining(reason) as string });
});

test("whatever lies in the queue, only an enforcer is ever named", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.anything(), (target, functionArn, body) => {
      for (const message of [undeliverable(target), failed(functionArn), { Body: JSON.stringify(body) ?? "" }]) {
        const letter = readDeadLetter(message, owner);
        if (letter.known) expect(letter.functionName.startsWith("fall-enforcer-")).toBe(true);
      }
    }),
  );
});
