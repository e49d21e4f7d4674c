/** Which VPCs a CloudTrail event of `ec2.amazonaws.com` speaks of. */

/** The ids in a payload, wherever they stand; its shape differs by call and is documented for few. */
function idsIn(payload: unknown): readonly string[] {
  return JSON.stringify(payload ?? null).match(/\b[a-z]+(?:-[a-z]+)*-(?:[0-9a-f]{17}|[0-9a-f]{8})\b/g) ?? [];
}

/**
 * The VPCs' ids; undefined where the event names none and all are to be looked at (DeleteFlowLogs has only the flow
 * log's id), [] where it surely is about something else.
 */
export function vpcHints(detail: Readonly<Record<string, unknown>>): readonly string[] | undefined {
  const asked = idsIn(detail.requestParameters);
  const vpcs = [...asked, ...idsIn(detail.responseElements)].filter((id) => id.startsWith("vpc-"));
  if (vpcs.length > 0) return [...new Set(vpcs)];
  // Tags are taken off instances, flow logs made of subnets: neither concerns a VPC's own flow log.
  const elsewhere = asked.length > 0 && asked.every((id) => !id.startsWith("fl-"));
  return elsewhere && (detail.eventName === "DeleteTags" || detail.eventName === "CreateFlowLogs") ? [] : undefined;
}
