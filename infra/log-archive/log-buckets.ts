/** A Region's log buckets: one a class of encryption, and one more for each naming class that a service demands. */
import * as aws from "@pulumi/aws";
import { logBucketPolicy } from "../documents/log-bucket-policy";
import { bucketClasses } from "../documents/owned-arns";
import { minified } from "../documents/policy";
import type { StoreClass } from "../names";
import type { Stack } from "../stack";

function encryption(store: StoreClass, alias: aws.kms.Alias) {
  if (store === "sse-s3") return { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } };
  // A bucket key changes the encryption context, and with it which of the key policy's statements apply; so none.
  return { applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: alias.targetKeyArn }, bucketKeyEnabled: false };
}

/** @returns the buckets' policies, after which a delivery can be let in */
export function logBuckets({ config, names, kept }: Stack, region: string, alias: aws.kms.Alias): readonly aws.s3.BucketPolicy[] {
  return bucketClasses(config).map(({ store, naming }) => {
    const name = `log-storage-${naming}${store}-${region}`;
    const bucket = new aws.s3.Bucket(name, { region, bucket: names.logBucket(store, region, naming) }, { ...kept, retainOnDelete: true });
    const options = { ...kept, parent: bucket, retainOnDelete: true };
    const set = { region, bucket: bucket.bucket };
    const versioning = new aws.s3.BucketVersioning(name, { ...set, versioningConfiguration: { status: "Enabled" } }, options);
    const encrypted = new aws.s3.BucketServerSideEncryptionConfiguration(name, { ...set, rules: [encryption(store, alias)] }, options);
    const ownership = new aws.s3.BucketOwnershipControls(name, { ...set, rule: { objectOwnership: "BucketOwnerEnforced" } }, options);
    const access = new aws.s3.BucketPublicAccessBlock(
      name,
      { ...set, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
      options,
    );
    // Last: from then on only the deploy role changes the bucket. Amazon S3 also answers OperationAborted where the
    // policy and the ownership or the access block of one bucket are changed at the same time.
    return new aws.s3.BucketPolicy(
      name,
      { ...set, policy: minified(logBucketPolicy(config, region, store, naming)) },
      { ...options, dependsOn: [versioning, encrypted, ownership, access] },
    );
  });
}
