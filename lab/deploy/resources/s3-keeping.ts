/** How a bucket keeps what it holds: Object Lock, lifecycle, copies, access logs, inventories. */
import {
  DeleteBucketInventoryConfigurationCommand,
  DeleteBucketLifecycleCommand,
  DeleteBucketReplicationCommand,
  PutBucketInventoryConfigurationCommand,
  type InventoryConfiguration,
  PutBucketLifecycleConfigurationCommand,
  PutBucketLoggingCommand,
  PutBucketReplicationCommand,
  type LifecycleRule,
  type ObjectLockRetentionMode,
  type PartitionDateSource,
  PutObjectLockConfigurationCommand,
  type ReplicationRule,
  S3Client,
} from "@aws-sdk/client-s3";
import { type AnyHandler, type Context, setting } from "../handler";

const s3 = ({ caller }: Context) => caller.client(S3Client);

interface Retention {
  readonly bucket: string;
  readonly rule: { readonly defaultRetention: { readonly mode: ObjectLockRetentionMode; readonly days: number } };
}

interface Lifecycle {
  readonly bucket: string;
  readonly rules: readonly {
    readonly id: string;
    readonly status: "Enabled" | "Disabled";
    readonly filter: { readonly prefix: string };
    readonly transitions: readonly { readonly days: number; readonly storageClass: string }[];
    readonly expiration: { readonly days: number };
    readonly noncurrentVersionExpiration: { readonly noncurrentDays: number };
    readonly abortIncompleteMultipartUpload: { readonly daysAfterInitiation: number };
  }[];
}

const lifecycleRule = (rule: Lifecycle["rules"][number]): LifecycleRule => ({
  ID: rule.id,
  Status: rule.status,
  Filter: { Prefix: rule.filter.prefix },
  Transitions: rule.transitions.map(({ days, storageClass }) => ({ Days: days, StorageClass: storageClass as "GLACIER_IR" })),
  Expiration: { Days: rule.expiration.days },
  NoncurrentVersionExpiration: { NoncurrentDays: rule.noncurrentVersionExpiration.noncurrentDays },
  AbortIncompleteMultipartUpload: { DaysAfterInitiation: rule.abortIncompleteMultipartUpload.daysAfterInitiation },
});

interface Replication {
  readonly bucket: string;
  readonly role: string;
  readonly rules: readonly {
    readonly id: string;
    readonly status: "Enabled" | "Disabled";
    readonly priority: number;
    readonly deleteMarkerReplication: { readonly status: "Enabled" | "Disabled" };
    readonly sourceSelectionCriteria?: { readonly sseKmsEncryptedObjects: { readonly status: "Enabled" | "Disabled" } };
    readonly destination: {
      readonly bucket: string;
      readonly account?: string;
      readonly accessControlTranslation?: { readonly owner: "Destination" };
      readonly encryptionConfiguration?: { readonly replicaKmsKeyId: string };
    };
  }[];
}

const replicationRule = ({ id, status, priority, deleteMarkerReplication, sourceSelectionCriteria, destination }: Replication["rules"][number]): ReplicationRule => ({
  ID: id,
  Status: status,
  Priority: priority,
  Filter: { Prefix: "" },
  DeleteMarkerReplication: { Status: deleteMarkerReplication.status },
  SourceSelectionCriteria: sourceSelectionCriteria && { SseKmsEncryptedObjects: { Status: sourceSelectionCriteria.sseKmsEncryptedObjects.status } },
  Destination: {
    Bucket: destination.bucket,
    Account: destination.account,
    AccessControlTranslation: destination.accessControlTranslation && { Owner: destination.accessControlTranslation.owner },
    EncryptionConfiguration: destination.encryptionConfiguration && { ReplicaKmsKeyID: destination.encryptionConfiguration.replicaKmsKeyId },
  },
});

interface Logging {
  readonly bucket: string;
  readonly targetBucket: string;
  readonly targetPrefix: string;
  readonly targetObjectKeyFormat: { readonly partitionedPrefix: { readonly partitionDateSource: PartitionDateSource } };
}

interface Inventory {
  readonly bucket: string;
  readonly name: string;
  readonly includedObjectVersions: "All" | "Current";
  readonly schedule: { readonly frequency: "Daily" | "Weekly" };
  readonly optionalFields: readonly string[];
  readonly destination: {
    readonly bucket: { readonly accountId: string; readonly bucketArn: string; readonly prefix: string; readonly format: "CSV" | "ORC" | "Parquet" };
  };
}

const inventoryOf = ({ name, includedObjectVersions, schedule, optionalFields, destination: { bucket } }: Inventory): InventoryConfiguration => ({
  Id: name,
  IsEnabled: true,
  IncludedObjectVersions: includedObjectVersions,
  Schedule: { Frequency: schedule.frequency },
  OptionalFields: [...optionalFields] as ("Size" | "ETag")[],
  Destination: {
    S3BucketDestination: { AccountId: bucket.accountId, Bucket: bucket.bucketArn, Prefix: bucket.prefix, Format: bucket.format, Encryption: { SSES3: {} } },
  },
});

export const s3KeepingHandlers: Readonly<Record<string, AnyHandler>> = {
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": setting<Retention>(
    ({ bucket }) => bucket,
    (context, { bucket, rule: { defaultRetention } }) =>
      s3(context).send(
        new PutObjectLockConfigurationCommand({
          Bucket: bucket,
          ObjectLockConfiguration: { ObjectLockEnabled: "Enabled", Rule: { DefaultRetention: { Mode: defaultRetention.mode, Days: defaultRetention.days } } },
        }),
      ),
  ),
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": setting<Lifecycle>(
    ({ bucket }) => bucket,
    (context, { bucket, rules }) => s3(context).send(new PutBucketLifecycleConfigurationCommand({ Bucket: bucket, LifecycleConfiguration: { Rules: rules.map(lifecycleRule) } })),
    (context, { bucket }) => s3(context).send(new DeleteBucketLifecycleCommand({ Bucket: bucket })),
  ),
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig": setting<Replication>(
    ({ bucket }) => bucket,
    (context, { bucket, role, rules }) =>
      s3(context).send(new PutBucketReplicationCommand({ Bucket: bucket, ReplicationConfiguration: { Role: role, Rules: rules.map(replicationRule) } })),
    (context, { bucket }) => s3(context).send(new DeleteBucketReplicationCommand({ Bucket: bucket })),
  ),
  "aws:s3/bucketLogging:BucketLogging": setting<Logging>(
    ({ bucket }) => bucket,
    (context, { bucket, targetBucket, targetPrefix, targetObjectKeyFormat }) =>
      s3(context).send(
        new PutBucketLoggingCommand({
          Bucket: bucket,
          BucketLoggingStatus: {
            LoggingEnabled: {
              TargetBucket: targetBucket,
              TargetPrefix: targetPrefix,
              TargetObjectKeyFormat: { PartitionedPrefix: { PartitionDateSource: targetObjectKeyFormat.partitionedPrefix.partitionDateSource } },
            },
          },
        }),
      ),
    (context, { bucket }) => s3(context).send(new PutBucketLoggingCommand({ Bucket: bucket, BucketLoggingStatus: {} })),
  ),
  "aws:s3/inventory:Inventory": setting<Inventory>(
    ({ bucket, name }) => `${bucket}:${name}`,
    (context, inventory) =>
      s3(context).send(new PutBucketInventoryConfigurationCommand({ Bucket: inventory.bucket, Id: inventory.name, InventoryConfiguration: inventoryOf(inventory) })),
    (context, { bucket, name }) => s3(context).send(new DeleteBucketInventoryConfigurationCommand({ Bucket: bucket, Id: name })),
  ),
};
