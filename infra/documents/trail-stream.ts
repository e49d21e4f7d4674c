/** CloudTrail's way into CloudWatch Logs. https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-required-policy-for-cloudwatch-logs.html */
import type { Configuration } from "../config/configuration";
import { namesFor } from "../names";
import { permissionPolicy } from "./permission-policy";
import { document } from "./policy";
import type { PolicyDocument } from "./policy";
import { trailArn } from "./writers";

export const trailStreamTrust = (config: Configuration): PolicyDocument =>
  document([
    {
      Sid: "OurTrail",
      Effect: "Allow",
      Principal: { Service: "cloudtrail.amazonaws.com" },
      Action: "sts:AssumeRole",
      Condition: { StringEquals: { "aws:SourceAccount": config.accounts.management, "aws:SourceArn": trailArn(config) } },
    },
  ]);

/** An organization's trail has a stream for the management account and one for each member, named after the organization. */
export function trailStreamPermissions(config: Configuration): PolicyDocument {
  const { accounts, homeRegion, organizationId } = config;
  const stream = (name: string) => `arn:aws:logs:${homeRegion}:${accounts.management}:log-group:${namesFor(config).trailLogGroup}:log-stream:${name}`;
  return permissionPolicy([
    { actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: [stream(`${accounts.management}_CloudTrail_${homeRegion}*`), stream(`${organizationId}_*`)] },
  ]);
}
