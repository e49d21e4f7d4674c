/**
 * What to do about a VPC's flow logs. Pure.
 *
 * A flow log can't be changed once it is made, tags apart; so what is wrong with ours is mended by a new one.
 * https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-limitations.html
 */
import type { FlowLog } from "@aws-sdk/client-ec2";
import type { Finding, Step } from "../../enforcer/adapter";

/**
 * All fields of versions 2 to 5, in the order of AWS's table. Those of later versions need permissions or resources of
 * their own (ECS, tags).
 * https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html#flow-logs-fields
 */
export function flowLogFields(): readonly string[] {
  return [
    ...["version", "account-id", "interface-id", "srcaddr", "dstaddr", "srcport", "dstport", "protocol", "packets", "bytes"],
    ...["start", "end", "action", "log-status"],
    ...["vpc-id", "subnet-id", "instance-id", "tcp-flags", "type", "pkt-srcaddr", "pkt-dstaddr"],
    ...["region", "az-id", "sublocation-type", "sublocation-id"],
    ...["pkt-src-aws-service", "pkt-dst-aws-service", "flow-direction", "traffic-path"],
  ];
}

export function flowLogFormat(): string {
  return flowLogFields().map((field) => `\${${field}}`).join(" ");
}

/** Seconds. */
export const AGGREGATION = 60;

export interface DesiredFlowLog {
  /** The archive's bucket. */
  readonly destinationArn: string;
  readonly tagKey: string;
  readonly tagValue: string;
}

function goesTo({ destinationArn }: DesiredFlowLog, log: FlowLog): boolean {
  return log.LogDestinationType === "s3" && (log.LogDestination === destinationArn || log.LogDestination === `${destinationArn}/`);
}

function carriesTag({ tagKey, tagValue }: DesiredFlowLog, log: FlowLog): boolean {
  return (log.Tags ?? []).some(({ Key, Value }) => Key === tagKey && Value === tagValue);
}

/** The wanted fields that a flow log records; `${end}` in a format is not `${end-of-something}`. */
function recorded(log: FlowLog): number {
  const given = new Set((log.LogFormat ?? "").match(/[^${}\s]+/g));
  return flowLogFields().filter((field) => given.has(field)).length;
}

/** What keeps a flow log from telling all, in words; empty if nothing does. Where it goes is another question. */
export function flawsOf(log: FlowLog): readonly string[] {
  const missing = flowLogFields().length - recorded(log);
  return [
    ...(log.FlowLogStatus === "ACTIVE" ? [] : [`status ${log.FlowLogStatus}`]),
    ...(log.DeliverLogsStatus === "FAILED" ? [`delivery failed (${log.DeliverLogsErrorMessage ?? "no reason given"})`] : []),
    ...(log.TrafficType === "ALL" ? [] : [`traffic ${log.TrafficType}`]),
    ...(missing === 0 ? [] : [`${missing} fields missing`]),
    ...((log.MaxAggregationInterval ?? 600) <= AGGREGATION ? [] : [`aggregation over ${AGGREGATION} s`]),
    // The archive admits and its readers expect AWS's default layout and format.
    ...(log.DestinationOptions?.HiveCompatiblePartitions ? ["Hive-compatible prefixes"] : []),
    ...((log.DestinationOptions?.FileFormat ?? "plain-text") === "plain-text" ? [] : [`file format ${log.DestinationOptions?.FileFormat}`]),
  ];
}

/** Sorts what tells least first: not delivering, part of the traffic, few fields, coarse; the newest of equals. */
export function leastCompleteFirst(logs: readonly FlowLog[]): FlowLog[] {
  const rank = (log: FlowLog) => [
    log.FlowLogStatus === "ACTIVE" && log.DeliverLogsStatus !== "FAILED" ? 1 : 0,
    log.TrafficType === "ALL" ? 1 : 0,
    recorded(log),
    -(log.MaxAggregationInterval ?? 600),
    -(log.CreationTime?.getTime() ?? 0),
  ];
  const compare = (a: FlowLog, b: FlowLog) => {
    const [ofA, ofB] = [rank(a), rank(b)];
    const differs = ofA.findIndex((value, index) => value !== ofB[index]);
    return differs === -1 ? 0 : (ofA[differs] ?? 0) - (ofB[differs] ?? 0);
  };
  return [...logs].sort(compare);
}

const idsOf = (logs: readonly FlowLog[]) => logs.flatMap((log) => log.FlowLogId ?? []);

/**
 * Compares a VPC's flow logs with what should be there.
 *
 * Ours is a flow log to the archive that has no flaw and carries our tag. Others count for nothing, whatever they look
 * like, and stay; but for two kinds of them: one that lacks only the tag is adopted, and one that holds our place (our
 * tag, or our destination) and has a flaw is replaced.
 *
 * @param logs all flow logs of this VPC
 */
export function decide(desired: DesiredFlowLog, logs: readonly FlowLog[]): Pick<Finding, "state" | "steps"> {
  const whole = logs.filter((log) => goesTo(desired, log) && flawsOf(log).length === 0);
  if (whole.some((log) => carriesTag(desired, log))) return { state: "logs", steps: [] };
  const [adopted] = idsOf(whole);
  if (adopted !== undefined) {
    const why = `tagged the flow log ${adopted} as ours: it was not locked`;
    return { state: "weakened", steps: [{ call: "CreateTags", why, input: { flowLogId: adopted } }] };
  }
  const broken = logs.filter((log) => goesTo(desired, log) || carriesTag(desired, log));
  const foreign = logs.filter((log) => !broken.includes(log));
  const remove = broken.map((log): Step => {
    const found = [...flawsOf(log), ...(goesTo(desired, log) ? [] : [`goes to ${log.LogDestination ?? log.LogGroupName}`])];
    return { call: "DeleteFlowLogs", why: `removed the flow log ${log.FlowLogId} (${found.join(", ")})`, input: { flowLogIds: idsOf([log]) } };
  });
  const create: Step = {
    call: "CreateFlowLogs",
    why: "turned on a flow log to the archive: all traffic, all fields, every minute",
    input: { spare: idsOf(leastCompleteFirst(foreign)) },
  };
  return { state: broken.length > 0 ? "weakened" : "missing", steps: [...remove, create] };
}
