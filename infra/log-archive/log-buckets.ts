/** A Region's log buckets: one a class of encryption, and one more for each naming class that a service demands. */
import * as aws from "@pulumi/aws";
import { sources } from "../../functions/sources";
import { logBucketPolicy } from "../documents/log-bucket-policy";
import { minified } from "../documents/policy";
import type { NamingClass, StoreClass } from "../names";
import type { Stack } from "../stack";

/** A bucket's class: how its objects are encrypted, and how its name must start. */
interface BucketClass {
  readonly store: StoreClass;
  readonly naming: NamingClass;
}

/** The classes that the sources deliver into, as configured, and always those two without a demanded name. */
function bucketClasses({ config }: Stack): readonly BucketClass[] {
  const demanded = sources
    .flatMap(({ name, kinds }) => kinds(config.sources[name]!.via))
    .flatMap(({ store, naming = "" }) => (naming === "" ? [] : [{ store, naming }]));
  const all: BucketClass[] = [{ store: "kms", naming: "" }, { store: "sse-s3", naming: "" }, ...demanded];
  return all.filter((one, index) => all.findIndex(({ store, naming }) => store === one.store && naming === one.naming) === index);
}

function encryption({ store }: BucketClass, alias: aws.kms.Alias) {
  if (store === "sse-s3") return { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } };
  // A bucket key changes the encryption context, and with it which of the key policy's statements apply; so none.
  return { applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: alias.targetKeyArn }, bucketKeyEnabled: false };
}

/** @returns the buckets' policies, after which a delivery can be let in */
export function logBuckets(stack: Stack, region: string, alias: aws.kms.Alias): readonly aws.s3.BucketPolicy[] {
  const { config, names, kept } = stack;
  return bucketClasses(stack).map((bucketClass) => {
    const { store, naming } = bucketClass;
    const name = `log-storage-${naming}${store}-${region}`;
    const bucket = new aws.s3.Bucket(name, { region, bucket: names.logBucket(store, region, naming) }, { ...kept, retainOnDelete: true });
    const options = { ...kept, parent: bucket, retainOnDelete: true };
    const set = { region, bucket: bucket.bucket };
    new aws.s3.BucketVersioning(name, { ...set, versioningConfiguration: { status: "Enabled" } }, options);
    new aws.s3.BucketServerSideEncryptionConfiguration(name, { ...set, rules: [encryption(bucketClass, alias)] }, options);
    const ownership = new aws.s3.BucketOwnershipControls(name, { ...set, rule: { objectOwnership: "BucketOwnerEnforced" } }, options);
    const access = new aws.s3.BucketPublicAccessBlock(
      name,
      { ...set, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
      options,
    );
    // Amazon S3 answers OperationAborted where two settings of one bucket's access are changed at the same time.
    return new aws.s3.BucketPolicy(
      name,
      { ...set, policy: minified(logBucketPolicy(config, region, store, naming)) },
      { ...options, dependsOn: [ownership, access] },
    );
  });
}
