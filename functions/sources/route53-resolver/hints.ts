/** Which VPCs a CloudTrail event of `ec2.amazonaws.com` or `route53resolver.amazonaws.com` speaks of. */
import { idsIn, vpcsIn } from "../../mechanisms/vpcs/hints";

/**
 * The VPCs' ids; undefined where the event names none and all are to be looked at (DeleteResolverQueryLogConfig has only
 * the configuration's id), [] where it surely is about something else.
 */
export function resolverHints(detail: Readonly<Record<string, unknown>>): readonly string[] | undefined {
  const vpcs = vpcsIn(detail);
  if (vpcs.length > 0) return vpcs;
  // Both tag everything that their service has.
  if (detail.eventName === "DeleteTags") return idsIn(detail.requestParameters).length > 0 ? [] : undefined;
  if (detail.eventName === "UntagResource") {
    const asked = JSON.stringify(detail.requestParameters ?? null);
    return asked.includes(":resolver-") && !asked.includes(":resolver-query-log-config/") ? [] : undefined;
  }
  return undefined;
}
