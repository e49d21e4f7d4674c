/** One bucket of the archive with all its settings: a store, its copy, or its backup. */
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { lifecycleRules } from "../documents/lifecycle";
import { minified } from "../documents/policy";
import type { PolicyDocument } from "../documents/policy";
import type { Store } from "../documents/stores";
import { hasKey } from "../names";
import type { Stack } from "../stack";

export interface KeptBucket extends Store {
  readonly bucket: aws.s3.Bucket;
  /** The last of its settings: what comes after it finds the bucket as it has to be. */
  readonly policy: aws.s3.BucketPolicy;
}

/** What a bucket's resources are called in the program. */
export const nameOf = ({ part, naming, store, region }: Store): string => `log-${part}-${naming}${store}-${region}`;

function encryption({ store }: Store, alias: aws.kms.Alias) {
  if (!hasKey(store)) return { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } };
  // A bucket key changes the encryption context, and with it which of the key policy's statements apply; so none.
  return { applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: alias.targetKeyArn }, bucketKeyEnabled: false };
}

/**
 * @param alias of the key that its objects are encrypted with, where its class has one
 * @param document its policy
 */
export function keptBucket({ config, names, kept }: Stack, at: Store, alias: aws.kms.Alias, document: PolicyDocument): KeptBucket {
  const { archive } = config;
  const { part, store, naming, region } = at;
  const name = nameOf(at);
  const copy = part === "replica" || part === "backup";
  const { mode, days, inPlace } = archive.objectLock[store];
  const bucket = new aws.s3.Bucket(
    name,
    // A store is locked, if ever, after it was made: set here, that would replace it.
    { region, bucket: names.bucketOf(part, store, region, naming), ...(copy && { objectLockEnabled: true }) },
    { ...kept, retainOnDelete: true },
  );
  const options = { ...kept, parent: bucket, retainOnDelete: true };
  const set = { region, bucket: bucket.bucket };
  const versioning = new aws.s3.BucketVersioning(name, { ...set, versioningConfiguration: { status: "Enabled" } }, options);
  const settings: pulumi.Resource[] = [
    versioning,
    new aws.s3.BucketServerSideEncryptionConfiguration(name, { ...set, rules: [encryption(at, alias)] }, options),
    new aws.s3.BucketOwnershipControls(name, { ...set, rule: { objectOwnership: "BucketOwnerEnforced" } }, options),
    new aws.s3.BucketPublicAccessBlock(name, { ...set, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true }, options),
  ];
  const afterVersioning = { ...options, dependsOn: [versioning] };
  if (copy || inPlace) settings.push(new aws.s3.BucketObjectLockConfiguration(name, { ...set, rule: { defaultRetention: { mode: mode.toUpperCase(), days } } }, afterVersioning));
  // MFA delete, which an account's root user turns on, and a lifecycle exclude each other.
  if (!copy || archive.copies.expire) settings.push(new aws.s3.BucketLifecycleConfiguration(name, { ...set, rules: lifecycleRules(config, at).map((rule) => ({ ...rule, transitions: [...rule.transitions] })) }, afterVersioning));
  // Last: from then on only the deploy role changes the bucket. Amazon S3 also answers OperationAborted where the
  // policy and the ownership or the access block of one bucket are changed at the same time.
  const policy = new aws.s3.BucketPolicy(name, { ...set, policy: minified(document) }, { ...options, dependsOn: settings });
  return { ...at, bucket, policy };
}
