/** Buckets of the archive with their settings, for the cases of the rules about them; named as in `kept`, the configuration of the documents' tests. */
import type { Given } from "./cases/case";

export const STORE = "aws-fall-log-storage-222222222222-us-east-1";
export const REPLICA = "aws-fall-log-replica-222222222222-eu-central-1";
export const BACKUP = "aws-fall-log-backup-888888888888-eu-central-1";
export const AUDIT = "aws-fall-log-storage-audit-222222222222-us-east-1";
export const RECORDS = "aws-fall-log-records-audit-888888888888-eu-central-1";

export const bucket = (name: string): Given => ({ type: "aws:s3/bucket:Bucket", name, props: { bucket: name } });
const setting = (type: string, of: string, props: object): Given => ({ type, name: `${type} of ${of}`, props: { bucket: of, ...props } });

export const locked = (of: string, days = 400, mode = "COMPLIANCE"): Given =>
  setting("aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration", of, { rule: { defaultRetention: { mode, days } } });

export const copyRule = (to: string, more: object = {}): object => ({
  id: to,
  status: "Enabled",
  priority: 1,
  filter: {},
  deleteMarkerReplication: { status: "Disabled" },
  sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: "Enabled" } },
  destination: { bucket: `arn:aws:s3:::${to}` },
  ...more,
});

export const copied = (of: string, ...rules: readonly object[]): Given => setting("aws:s3/bucketReplicationConfig:BucketReplicationConfig", of, { role: "arn:aws:iam::222222222222:role/fall/replication", rules });

export const lifecycle = (of: string, ...rules: readonly object[]): Given => setting("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", of, { rules });

export const logging = (of: string, to: string): Given => setting("aws:s3/bucketLogging:BucketLogging", of, { targetBucket: to, targetPrefix: "access/" });

export const inventory = (of: string, to: string, more: object = {}): Given =>
  setting("aws:s3/inventory:Inventory", of, { name: "stored", includedObjectVersions: "All", destination: { bucket: { bucketArn: `arn:aws:s3:::${to}` } }, ...more });
