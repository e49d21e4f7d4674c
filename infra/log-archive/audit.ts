/** What is known of the stores themselves: who asked for what, and what lies in them. */
import * as aws from "@pulumi/aws";
import { ACCESS_PREFIX, INVENTORY_PREFIX } from "../documents/audit-logs";
import type { Stack } from "../stack";
import { nameOf } from "./kept-bucket";
import type { KeptBucket } from "./kept-bucket";

/** All that Amazon S3 tells of an object beside its key that says whether it is kept as it should be. */
const fields = [
  "Size", "LastModifiedDate", "StorageClass", "ETag", "ReplicationStatus", "EncryptionStatus", "ObjectLockRetainUntilDate",
  "ObjectLockMode", "ObjectLockLegalHoldStatus",
];

/**
 * Access logs and inventories of an account's buckets in a Region, into the one that is there for them; which itself has neither,
 * nor have copies of it, since every log of them would be one more object in them.
 */
export function audit({ config, names, account, kept }: Stack, region: string, target: KeptBucket, buckets: readonly KeptBucket[]): void {
  const targetName = names.bucketOf(target.part, "audit", region);
  for (const at of buckets.filter(({ store }) => store !== "audit")) {
    const options = { ...kept, parent: at.bucket, retainOnDelete: true, dependsOn: [at.policy, target.policy] };
    const bucket = at.bucket.bucket;
    new aws.s3.BucketLogging(
      nameOf(at),
      { region, bucket, targetBucket: targetName, targetPrefix: ACCESS_PREFIX, targetObjectKeyFormat: { partitionedPrefix: { partitionDateSource: "EventTime" } } },
      options,
    );
    new aws.s3.Inventory(
      nameOf(at),
      {
        region,
        bucket,
        name: "stored",
        includedObjectVersions: "All",
        schedule: { frequency: config.archive.inventory.frequency },
        optionalFields: fields,
        destination: {
          bucket: {
            accountId: account,
            bucketArn: names.bucketArnOf(target.part, "audit", region),
            prefix: INVENTORY_PREFIX,
            format: config.archive.inventory.format,
            encryption: { sseS3: {} },
          },
        },
      },
      options,
    );
  }
}
