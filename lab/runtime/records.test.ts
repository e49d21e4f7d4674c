import { destinationRecord } from "./destinations";
import { failedMessages, sqsRecord } from "./event-source-mapping";
import { makeFunctionFaults } from "./function-faults";
import type { Reply } from "./instance";
import { partsOf } from "./moto-state";

test("what failed for good, as Lambda sends it to the queue", () => {
  const reply: Reply = { ok: false, error: { errorType: "Error", errorMessage: "no", trace: [] } };
  const record = destinationRecord({ requestId: "r", functionArn: "arn:f", condition: "RetriesExhausted", attempts: 3, event: { id: 1 }, reply, at: 0 });
  expect(record).toEqual({
    version: "1.0",
    timestamp: "1970-01-01T00:00:00.000Z",
    requestContext: { requestId: "r", functionArn: "arn:f:$LATEST", condition: "RetriesExhausted", approximateInvokeCount: 3 },
    requestPayload: { id: 1 },
    responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: "Unhandled" },
    responsePayload: { errorType: "Error", errorMessage: "no", trace: [] },
  });
});

const ids = ["a", "b"];
test.each<[string, Reply, boolean, readonly string[]]>([
  ["an error: all", { ok: false, error: { errorType: "E", errorMessage: "" } }, true, ids],
  ["success without reporting: none", { ok: true, payload: { batchItemFailures: [{ itemIdentifier: "a" }] } }, false, []],
  ["some reported", { ok: true, payload: { batchItemFailures: [{ itemIdentifier: "b" }] } }, true, ["b"]],
  ["none reported", { ok: true, payload: { batchItemFailures: [] } }, true, []],
  ["nothing returned: none", { ok: true, payload: null }, true, []],
  ["an unknown message reported: all", { ok: true, payload: { batchItemFailures: [{ itemIdentifier: "z" }] } }, true, ids],
])("messages that come again after %s", (_, reply, reports, expected) => {
  expect(failedMessages(ids, reply, reports)).toEqual(expected);
});

test("a message as the function sees it", () => {
  const arn = "arn:aws:sqs:us-east-1:111111111111:q";
  expect(sqsRecord({ MessageId: "m", ReceiptHandle: "h", Body: "{}", Attributes: { ApproximateReceiveCount: "2" } }, arn)).toMatchObject({
    messageId: "m",
    receiptHandle: "h",
    body: "{}",
    attributes: { ApproximateReceiveCount: "2" },
    eventSource: "aws:sqs",
    eventSourceARN: arn,
    awsRegion: "us-east-1",
  });
});

test("a fault strikes whom it names, as often as it says", () => {
  const faults = makeFunctionFaults();
  faults.add({ kind: "crash", function: "enforcer-vpc", region: "eu-central-1", times: 2 });
  const strike = (name: string, region: string) => faults.strike(["crash"], name, "1", region) !== undefined;
  expect([strike("fall-enforcer-vpc", "us-east-1"), strike("fall-enforcer-alb", "eu-central-1")]).toEqual([false, false]);
  expect([1, 2, 3].map(() => strike("fall-enforcer-vpc", "eu-central-1"))).toEqual([true, true, false]);
  expect(faults.clear()).toMatchObject([{ struck: 2 }]);
});

test.each([
  ["arn:aws:lambda:us-east-1:1:function:f", "lambda", "f"],
  ["arn:aws:lambda:us-east-1:1:function:f:$LATEST", "lambda", "f"],
  ["arn:aws:sqs:us-east-1:1:q", "sqs", "q"],
  ["arn:aws:events:us-east-1:1:rule/bus/r", "events", "r"],
])("%s", (arn, service, name) => {
  expect(partsOf(arn)).toEqual({ service, region: "us-east-1", account: "1", name });
});
