/** Which VPCs a CloudTrail event of `ec2.amazonaws.com` speaks of. */
import { idsIn, vpcsIn } from "../../mechanisms/vpcs/hints";

/**
 * The VPCs' ids; undefined where the event names none and all are to be looked at (DeleteFlowLogs has only the flow
 * log's id), [] where it surely is about something else.
 */
export function vpcHints(detail: Readonly<Record<string, unknown>>): readonly string[] | undefined {
  const vpcs = vpcsIn(detail);
  if (vpcs.length > 0) return vpcs;
  const asked = idsIn(detail.requestParameters);
  // Tags are taken off instances, flow logs made of subnets: neither concerns a VPC's own flow log.
  const elsewhere = asked.length > 0 && asked.every((id) => !id.startsWith("fl-"));
  return elsewhere && (detail.eventName === "DeleteTags" || detail.eventName === "CreateFlowLogs") ? [] : undefined;
}
