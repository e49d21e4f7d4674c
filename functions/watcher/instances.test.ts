import { notCurrent, operationKey, stackInstances, type Instance } from "./instances";

const now = Date.parse("2026-11-01T12:00:00Z");
const hour = 3_600_000;
const instance = (more: Partial<Instance> = {}): Instance => ({
  stackSet: "fall-regional", account: "111111111111", region: "us-east-1", stack: "arn:stack", status: "CURRENT", detailedStatus: "SUCCEEDED", reason: "", operation: "op-1", ...more,
});

test("all pages are read, as delegated administrator", async () => {
  const inputs: unknown[] = [];
  const pages = [
    { Summaries: [{ Account: "111111111111", Region: "us-east-1", Status: "CURRENT", StackInstanceStatus: { DetailedStatus: "SUCCEEDED" } }], NextToken: "more" },
    { Summaries: [{ Account: "222222222222", Region: "us-east-1", Status: "OUTDATED" }] },
  ];
  const send = async ({ input }: { input: unknown }) => {
    inputs.push(input);
    return pages[inputs.length - 1];
  };
  const found = await stackInstances({ send } as never, "fall-regional");
  expect(found.map(({ account, status, detailedStatus }) => [account, status, detailedStatus])).toEqual([
    ["111111111111", "CURRENT", "SUCCEEDED"],
    ["222222222222", "OUTDATED", ""],
  ]);
  expect(inputs).toEqual([
    { StackSetName: "fall-regional", CallAs: "DELEGATED_ADMIN", MaxResults: 100 },
    { StackSetName: "fall-regional", CallAs: "DELEGATED_ADMIN", MaxResults: 100, NextToken: "more" },
  ]);
});

test.each([
  ["current", instance(), false],
  ["outdated, without a word why", instance({ status: "OUTDATED", detailedStatus: "" }), true],
  ["outdated and failed", instance({ status: "OUTDATED", detailedStatus: "FAILED" }), true],
  ["inoperable", instance({ status: "INOPERABLE", detailedStatus: "INOPERABLE" }), true],
  ["outdated, an operation just begun", instance({ status: "OUTDATED", detailedStatus: "RUNNING", operation: "new" }), false],
  ["outdated, an operation at work", instance({ status: "OUTDATED", detailedStatus: "RUNNING", operation: "young" }), false],
  ["outdated, an operation that hangs", instance({ status: "OUTDATED", detailedStatus: "PENDING", operation: "old" }), true],
  ["a suspended account's", instance({ status: "OUTDATED", detailedStatus: "SKIPPED_SUSPENDED_ACCOUNT" }), false],
])("%s", (_, given, reported) => {
  const firstSeen = {
    [operationKey(instance({ operation: "young" }))]: new Date(now - hour).toISOString(),
    [operationKey(instance({ operation: "old" }))]: new Date(now - 3 * hour).toISOString(),
  };
  expect(notCurrent([given], now, 2 * hour, firstSeen)).toHaveLength(reported ? 1 : 0);
});
