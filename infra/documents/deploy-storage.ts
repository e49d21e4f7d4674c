/** What a deploy role may do to buckets and keys: make and change, and never destroy. */
import type { Permission } from "../../functions/sources/log-source";
import type { Configuration } from "../config/configuration";
import { namesFor } from "../names";
import { permissionPolicy } from "./permission-policy";
import type { PolicyDocument } from "./policy";
import { within } from "./quotas";

/** How @pulumi/aws makes a bucket and reads it back; it looks at every setting that a bucket can have. */
export const bucketSettings = [
  "s3:CreateBucket",
  "s3:GetAccelerateConfiguration",
  "s3:GetBucket*",
  "s3:GetEncryptionConfiguration",
  "s3:GetLifecycleConfiguration",
  "s3:GetReplicationConfiguration",
  "s3:ListBucket",
  "s3:PutBucketOwnershipControls",
  "s3:PutBucketPolicy",
  "s3:PutBucketPublicAccessBlock",
  "s3:PutBucketVersioning",
  "s3:PutEncryptionConfiguration",
];

/** What a store has beside. */
const storeSettings = [
  "s3:GetInventoryConfiguration",
  "s3:PutBucketLogging",
  "s3:PutBucketObjectLockConfiguration",
  "s3:PutInventoryConfiguration",
  "s3:PutLifecycleConfiguration",
  "s3:PutReplicationConfiguration",
];

/** Buckets of the archive, by patterns of their ARNs, and an account's keys with their aliases. */
function keeping(buckets: readonly string[], account: string, aliases: readonly string[]): readonly Permission[] {
  const key = `arn:aws:kms:*:${account}:key/*`;
  return [
    { actions: [...bucketSettings, ...storeSettings], resources: buckets },
    { actions: ["kms:CreateKey", "kms:ListAliases"], resources: ["*"] },
    {
      actions: ["kms:DescribeKey", "kms:EnableKeyRotation", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "kms:ListResourceTags", "kms:PutKeyPolicy", "kms:UpdateKeyDescription"],
      resources: [key],
    },
    { actions: ["kms:CreateAlias", "kms:UpdateAlias"], resources: [key, ...aliases.map((alias) => `arn:aws:kms:*:${account}:${alias}`)] },
  ];
}

/** Of the archive's own account. */
export function archiveStorage(config: Configuration): readonly Permission[] {
  const { prefix, keyAlias, piiKeyAlias, trailKeyAlias } = namesFor(config);
  return keeping([`arn:aws:s3:::aws-*${prefix}-log-*`, `arn:aws:s3:::aws-${prefix}-places-*`], config.accounts.logArchive, [keyAlias, piiKeyAlias, trailKeyAlias]);
}

/** The inline policy of the deploy role in the backup account. @param account of the backup */
export function backupDeployPermissions(config: Configuration, account: string): PolicyDocument {
  const { prefix, keyAlias } = namesFor(config);
  return within("inline policy", "the policy of the deploy role in the backup account", permissionPolicy(keeping([`arn:aws:s3:::aws-*${prefix}-log-backup-*`, `arn:aws:s3:::aws-*${prefix}-log-records-*`], account, [keyAlias])));
}
