/** The access log switch of a Classic Load Balancer as it is and as it should be: pure. */
import type { AccessLog } from "@aws-sdk/client-elastic-load-balancing";
import type { Finding } from "../../enforcer/adapter";
import { decideSwitch } from "../../mechanisms/switch/decide";

/** The shortest interval between two log files, in minutes; the other that AWS offers is 60. */
const EMIT_INTERVAL = 5;

/** The attribute as flat text, as the newer load balancers have it. */
function flat(log: AccessLog | undefined): Record<string, string> {
  return {
    Enabled: String(log?.Enabled ?? false),
    S3BucketName: log?.S3BucketName ?? "",
    EmitInterval: String(log?.EmitInterval ?? ""),
    S3BucketPrefix: log?.S3BucketPrefix ?? "",
  };
}

/** The attribute again, from what `decideAccessLog` put into its step. */
export function accessLogOf(attributes: Readonly<Record<string, string>>): AccessLog {
  return {
    Enabled: attributes.Enabled === "true",
    S3BucketName: attributes.S3BucketName,
    EmitInterval: Number(attributes.EmitInterval),
    S3BucketPrefix: attributes.S3BucketPrefix,
  };
}

/** Decides about the access log of one load balancer: on, every five minutes, to the root of `bucket`. */
export function decideAccessLog(bucket: string, actual: AccessLog | undefined): Pick<Finding, "state" | "steps"> {
  const desired = flat({ Enabled: true, S3BucketName: bucket, EmitInterval: EMIT_INTERVAL });
  const wanted = { title: "access logs", enabled: "Enabled", bucket: "S3BucketName", desired };
  return decideSwitch(wanted, flat(actual), "ModifyLoadBalancerAttributes");
}
