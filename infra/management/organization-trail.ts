/**
 * The organization's trail: without one EventBridge sees no calls, and so no enforcer wakes.
 *
 * Members can't touch it: AWS itself refuses them, but for a delegated administrator of CloudTrail, whom the lock refuses.
 */
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { trailSelectors } from "../documents/trail-selectors";
import { trailStreamPermissions, trailStreamTrust } from "../documents/trail-stream";
import { role } from "../role";
import type { Stack } from "../stack";

/** The log group and CloudTrail's way into it, where the configuration wants the trail streamed. */
function stream(stack: Stack): { readonly group: aws.cloudwatch.LogGroup; readonly role: aws.iam.Role; readonly policy: aws.iam.RolePolicy } | undefined {
  const { config, names, kept } = stack;
  const { streamDays } = config.services.trail;
  if (streamDays === 0) return undefined;
  const group = new aws.cloudwatch.LogGroup("organization-trail", { region: config.homeRegion, name: names.trailLogGroup, retentionInDays: streamDays }, kept);
  const documents = { description: "Streams the organization's trail to CloudWatch Logs", trust: trailStreamTrust(config), permissions: trailStreamPermissions(config) };
  return { group, ...role(names, "trail-stream", names.roleName.trailStream, documents, kept) };
}

/** @returns the trail, unless there is one that is adopted: what is locked comes after it */
export function organizationTrail(stack: Stack): readonly pulumi.Resource[] {
  const { config, names, kept } = stack;
  if (config.services.trail.use !== "create") return [];
  const region = config.homeRegion;
  const streamed = stream(stack);
  return [
    new aws.cloudtrail.Trail(
      "organization",
      {
        region,
        name: names.trail,
        isOrganizationTrail: true,
        isMultiRegionTrail: true,
        includeGlobalServiceEvents: true,
        enableLogFileValidation: true,
        s3BucketName: names.logBucket("kms", region),
        kmsKeyId: `arn:aws:kms:${region}:${config.accounts.logArchive}:${names.trailKeyAlias}`,
        advancedEventSelectors: trailSelectors(config).map(({ name, fieldSelectors }) => ({ name, fieldSelectors })),
        insightSelectors: config.services.trail.insights.map((insightType) => ({ insightType })),
        ...(streamed && { cloudWatchLogsGroupArn: `arn:aws:logs:${region}:${config.accounts.management}:log-group:${names.trailLogGroup}:*`, cloudWatchLogsRoleArn: names.roleArn(names.roleName.trailStream, config.accounts.management) }),
      },
      // CloudTrail answers with the key's own ARN, which would be a change at every deployment.
      { ...kept, ignoreChanges: ["kmsKeyId"], dependsOn: streamed ? [streamed.group, streamed.role, streamed.policy] : [] },
    ),
  ];
}
