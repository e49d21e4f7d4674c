import { ordinary, peopled } from "./configurations-for-tests";
import { quotas } from "./quotas";
import { siemPattern, tellingClasses } from "./siem-notices";
import { siemQueuePolicy } from "./queue-policies";

const reading = { logs: ["vpc-flow-log"], accounts: [], prefixes: [] };

test("a SIEM hears of the logs that it may read, by bucket and key", () => {
  expect(siemPattern(peopled, "eu-central-1", reading).detail).toEqual({
    bucket: { name: ["aws-fall-log-storage-222222222222-eu-central-1"] },
    object: { key: [{ wildcard: "AWSLogs/*/vpcflowlogs/*" }] },
  });
  const both = siemPattern(peopled, "us-east-1", { ...reading, logs: ["vpc-flow-log", "config"] }).detail as { $or: unknown[] };
  expect(both.$or).toHaveLength(2);
  expect(JSON.stringify(siemPattern(peopled, "us-east-1", { ...reading, logs: ["*"] })).length).toBeLessThanOrEqual(quotas["event pattern"]);
});

test("only buckets of which a SIEM hears tell of their objects", () => {
  expect(tellingClasses(ordinary)).toEqual([]);
  // The vendor's SIEM, which reads what AWS Config records, has no queue.
  expect(tellingClasses(peopled)).toEqual([{ store: "kms", naming: "" }]);
});

test("EventBridge alone feeds the queue, by the rules of SIEMs", () => {
  const [statement] = siemQueuePolicy(peopled, "us-east-1", "fall-siem-own").Statement;
  expect(statement).toMatchObject({ Effect: "Allow", Action: "sqs:SendMessage", Principal: { Service: "events.amazonaws.com" } });
  expect(JSON.stringify(statement!.Condition)).toContain("arn:aws:events:us-east-1:222222222222:rule/fall-siem-own-objects");
});
