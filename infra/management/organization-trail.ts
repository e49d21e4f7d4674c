/**
 * The organization's trail: without one EventBridge sees no calls, and so no enforcer wakes.
 *
 * Members can't touch it: AWS itself refuses them.
 */
import * as aws from "@pulumi/aws";
import type { Stack } from "../stack";

export function organizationTrail({ config, names, kept }: Stack): aws.cloudtrail.Trail {
  const region = config.homeRegion;
  return new aws.cloudtrail.Trail(
    "organization",
    {
      region,
      name: names.trail,
      isOrganizationTrail: true,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
      s3BucketName: names.logBucket("kms", region),
      kmsKeyId: `arn:aws:kms:${region}:${config.accounts.logArchive}:${names.keyAlias}`,
    },
    // CloudTrail answers with the key's own ARN, which would be a change at every deployment.
    { ...kept, ignoreChanges: ["kmsKeyId"] },
  );
}
