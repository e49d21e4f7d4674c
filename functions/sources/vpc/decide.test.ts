import type { FlowLog } from "@aws-sdk/client-ec2";
import * as fc from "fast-check";
import { decide, flawsOf, flowLogFields, flowLogFormat, leastCompleteFirst } from "./decide";

const bucket = "arn:aws:s3:::aws-fall-log-storage-222222222222-us-east-1";
const desired = { destinationArn: bucket, tagKey: "fall-log", tagValue: "vpc" };
const tag = [{ Key: "fall-log", Value: "vpc" }];
const whole: FlowLog = {
  FlowLogId: "fl-whole",
  FlowLogStatus: "ACTIVE",
  DeliverLogsStatus: "SUCCESS",
  TrafficType: "ALL",
  LogDestinationType: "s3",
  LogDestination: bucket,
  LogFormat: flowLogFormat(),
  MaxAggregationInterval: 60,
  Tags: tag,
};
const decoy: FlowLog = { ...whole, FlowLogId: "fl-decoy", TrafficType: "REJECT", LogDestination: "arn:aws:s3:::own", LogFormat: "${srcaddr}", MaxAggregationInterval: 600, Tags: [] };
const calls = (logs: readonly FlowLog[]) => {
  const { state, steps } = decide(desired, logs);
  return [state, ...steps.map(({ call }) => call)];
};

test.each<[string, readonly FlowLog[], readonly string[]]>([
  ["nothing", [], ["missing", "CreateFlowLogs"]],
  ["ours", [whole], ["logs"]],
  ["ours, not yet delivering", [{ ...whole, DeliverLogsStatus: undefined }], ["logs"]],
  ["ours, with a slash and more fields", [{ ...whole, LogDestination: `${bucket}/`, LogFormat: `${flowLogFormat()} \${reject-reason}` }], ["logs"]],
  ["ours among decoys", [decoy, whole], ["logs"]],
  ["a decoy", [decoy], ["missing", "CreateFlowLogs"]],
  ["a stranger's that tells all, elsewhere", [{ ...whole, LogDestination: "arn:aws:s3:::own", Tags: [] }], ["missing", "CreateFlowLogs"]],
  ["another's bucket whose name starts like ours", [{ ...whole, LogDestination: `${bucket}-mine`, Tags: [] }], ["missing", "CreateFlowLogs"]],
  ["ours into a folder that the archive does not admit", [{ ...whole, LogDestination: `${bucket}/folder`, Tags: [] }], ["missing", "CreateFlowLogs"]],
  ["a stranger's that lacks only the tag", [{ ...whole, Tags: [] }], ["weakened", "CreateTags"]],
  ["our tag with another value", [{ ...whole, Tags: [{ Key: "fall-log", Value: "alb" }] }], ["weakened", "CreateTags"]],
  ["ours, broken, beside a decoy", [{ ...whole, DeliverLogsStatus: "FAILED" }, decoy], ["weakened", "DeleteFlowLogs", "CreateFlowLogs"]],
  ["ours, not active", [{ ...whole, FlowLogStatus: "INACTIVE" }], ["weakened", "DeleteFlowLogs", "CreateFlowLogs"]],
  ["our tag on what goes elsewhere", [{ ...whole, LogDestination: "arn:aws:s3:::own" }], ["weakened", "DeleteFlowLogs", "CreateFlowLogs"]],
  ["our destination, rejected traffic only", [{ ...whole, TrafficType: "REJECT", Tags: [] }], ["weakened", "DeleteFlowLogs", "CreateFlowLogs"]],
  ["two broken ones of ours", [{ ...whole, TrafficType: "ACCEPT" }, { ...whole, MaxAggregationInterval: 600 }], ["weakened", "DeleteFlowLogs", "DeleteFlowLogs", "CreateFlowLogs"]],
])("%s", (_, logs, expected) => expect(calls(logs)).toEqual(expected));

test("a step says in words what was found", () => {
  const { steps } = decide(desired, [{ ...whole, DeliverLogsStatus: "FAILED", DeliverLogsErrorMessage: "Access error", LogDestination: "arn:aws:s3:::own" }]);
  expect(steps[0]?.why).toBe("removed the flow log fl-whole (delivery failed (Access error), goes to arn:aws:s3:::own)");
});

test.each<[Partial<FlowLog>, RegExp]>([
  [{ FlowLogStatus: undefined }, /status/],
  [{ DeliverLogsStatus: "FAILED" }, /delivery failed/],
  [{ TrafficType: undefined }, /traffic/],
  [{ LogFormat: undefined }, /29 fields missing/],
  [{ LogFormat: flowLogFormat().replace("${end} ", "") }, /1 fields missing/],
  [{ MaxAggregationInterval: undefined }, /aggregation/],
  [{ DestinationOptions: { HiveCompatiblePartitions: true } }, /Hive/],
  [{ DestinationOptions: { FileFormat: "parquet" } }, /parquet/],
])("%j is a flaw", (change, words) => expect(flawsOf({ ...whole, ...change }).join()).toMatch(words));

test.each(["pkt-srcaddr", "pkt-dstaddr", "tcp-flags", "flow-direction", "traffic-path", "vpc-id", "log-status"])(
  "an investigator's %s is recorded",
  (field) => expect(flowLogFormat()).toContain(`\${${field}}`),
);

test("what tells least makes room first", () => {
  const id = (FlowLogId: string, change: Partial<FlowLog>): FlowLog => ({ ...whole, LogDestination: "arn:aws:s3:::own", Tags: [], FlowLogId, ...change });
  const ordered = [
    id("broken", { DeliverLogsStatus: "FAILED" }),
    id("rejects", { TrafficType: "REJECT" }),
    id("sparse", { LogFormat: "${srcaddr}" }),
    id("coarse", { MaxAggregationInterval: 600 }),
    id("young", { CreationTime: new Date(2_000) }),
    id("old", { CreationTime: new Date(1_000) }),
  ];
  expect(leastCompleteFirst([...ordered].reverse()).map(({ FlowLogId }) => FlowLogId)).toEqual(ordered.map(({ FlowLogId }) => FlowLogId));
  expect(decide(desired, [...ordered].reverse()).steps.at(-1)?.input).toEqual({ spare: ordered.map(({ FlowLogId }) => FlowLogId) });
});

/** Any flow log at all, ours and near misses often. */
const anyFlowLog: fc.Arbitrary<FlowLog> = fc.record({
  FlowLogId: fc.uuid(),
  FlowLogStatus: fc.constantFrom("ACTIVE", "ACTIVE", "INACTIVE"),
  DeliverLogsStatus: fc.constantFrom("SUCCESS", undefined, "FAILED"),
  TrafficType: fc.constantFrom("ALL", "ALL", "REJECT", "ACCEPT"),
  LogDestinationType: fc.constantFrom("s3", "s3", "cloud-watch-logs"),
  LogDestination: fc.constantFrom(bucket, "arn:aws:s3:::own", undefined),
  LogFormat: fc.oneof(fc.constant(flowLogFormat()), fc.subarray([...flowLogFields()]).map((fields) => fields.map((f) => `\${${f}}`).join(" "))),
  MaxAggregationInterval: fc.constantFrom(60, 600),
  Tags: fc.constantFrom(tag, [], [{ Key: "fall-log", Value: "alb" }]),
});

test("after its steps a VPC logs, and no flow log of a stranger's has gone", () => {
  fc.assert(
    fc.property(fc.uniqueArray(anyFlowLog, { selector: (log) => log.FlowLogId, maxLength: 4 }), (before) => {
      const { state, steps } = decide(desired, before);
      let after = [...before];
      for (const { call, input } of steps) {
        if (call === "DeleteFlowLogs") after = after.filter((log) => !(input.flowLogIds as string[]).includes(log.FlowLogId ?? ""));
        if (call === "CreateTags") after = after.map((log) => (log.FlowLogId === input.flowLogId ? { ...log, Tags: tag } : log));
        if (call === "CreateFlowLogs") after.push({ ...whole, FlowLogId: "fl-new" });
      }
      expect(decide(desired, after)).toEqual({ state: "logs", steps: [] });
      expect(state === "logs").toBe(steps.length === 0);
      const gone = before.filter((log) => !after.some(({ FlowLogId }) => FlowLogId === log.FlowLogId));
      for (const log of gone) expect(log.Tags === tag || log.LogDestination === bucket).toBe(true);
    }),
  );
});
