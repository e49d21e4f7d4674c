/** The policy of a vended-log delivery destination: the enforcers of the sources that deliver this kind of log, and nobody else. */
import { sources } from "../../functions/sources";
import type { LogSource } from "../../functions/sources/log-source";
import { type Configuration, viaOf } from "../config/configuration";
import { namesFor } from "../names";
import { document } from "./policy";
import type { PolicyDocument } from "./policy";
import { within } from "./quotas";

/**
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/vended-logs-crossaccount-example.html (by account there; by
 * organization is NC)
 *
 * @param kind of a log that some source delivers
 * @throws Error in one line where none does
 */
export function deliveryDestinationPolicy(
  config: Configuration,
  kind: string,
  region: string,
  table: readonly LogSource[] = sources,
): PolicyDocument {
  const { deliveryDestinationArn, roleArn, roleName } = namesFor(config);
  const delivering = table.filter((source) =>
    source.kinds(viaOf(config, source)).some((log) => log.kind === kind && log.delivery),
  );
  if (delivering.length === 0) throw new Error(`no log source delivers ${kind}: a destination has no use`);
  const policy = document([
    {
      Sid: "EnforcersDeliver",
      Effect: "Allow",
      Principal: "*",
      Action: "logs:CreateDelivery",
      Resource: deliveryDestinationArn(kind, region),
      Condition: {
        StringEquals: { "aws:PrincipalOrgID": config.organizationId },
        ArnLike: { "aws:PrincipalArn": delivering.map(({ name }) => roleArn(roleName.enforcer(name))) },
      },
    },
  ]);
  return within("delivery destination policy", `the policy of the delivery destination ${kind} in ${region}`, policy);
}
