/** A code bucket in each governed Region: a function's code must lie in the function's own Region. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Deployment } from "../deployment";
import { codeBucketPolicy } from "../documents/code-bucket-policy";
import { minified } from "../documents/policy";
import type { Stack } from "../stack";

export interface CodeBucket {
  readonly region: string;
  readonly bucket: aws.s3.Bucket;
  readonly policy: aws.s3.BucketPolicy;
  /** What a stack reads while it is deployed: it must be there before. */
  readonly objects: readonly pulumi.Resource[];
}

function codeBucket({ config, names, kept }: Stack, region: string): Omit<CodeBucket, "objects"> {
  const name = `code-${region}`;
  const bucket = new aws.s3.Bucket(name, { region, bucket: names.codeBucket(region) }, kept);
  const options = { ...kept, parent: bucket };
  const set = { region, bucket: bucket.bucket };
  const versioning = new aws.s3.BucketVersioning(name, { ...set, versioningConfiguration: { status: "Enabled" } }, options);
  const encrypted = new aws.s3.BucketServerSideEncryptionConfiguration(
    name,
    // Every account of the organization reads it, and no key of ours has to let them all in.
    { ...set, rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] },
    options,
  );
  const ownership = new aws.s3.BucketOwnershipControls(name, { ...set, rule: { objectOwnership: "BucketOwnerEnforced" } }, options);
  const access = new aws.s3.BucketPublicAccessBlock(
    name,
    { ...set, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
    options,
  );
  const policy = new aws.s3.BucketPolicy(
    name,
    { ...set, policy: minified(codeBucketPolicy(config, region)) },
    { ...options, dependsOn: [versioning, encrypted, ownership, access] },
  );
  return { region, bucket, policy };
}

/** The buckets with the code and the templates in them. */
export function code(stack: Stack, made: Deployment): readonly CodeBucket[] {
  const functions = { ...Object.fromEntries(Object.entries(made.enforcers).map(([source, one]) => [`enforcer-${source}`, one])), notifier: made.notifier, watcher: made.watcher };
  return stack.config.regions.map((region) => {
    const { bucket, policy } = codeBucket(stack, region);
    // What is no longer uploaded stays: a stack that rolls back still finds its code. So the object may leave the program,
    // which the bucket's protection would otherwise forbid to its children.
    const options = { ...stack.options, parent: bucket, protect: false, dependsOn: [policy], retainOnDelete: true };
    const set = { region, bucket: bucket.bucket };
    const zips = Object.entries(functions)
      .filter(([name]) => name.startsWith("enforcer-") || region === stack.config.homeRegion)
      .map(([name, { key, file }]) => new aws.s3.BucketObjectv2(`${name}-${region}`, { ...set, key, source: new pulumi.asset.FileAsset(file) }, options));
    const templates = (["global", "regional"] as const)
      .filter((name) => name === "regional" || region === stack.config.homeRegion)
      .map(
        (name) =>
          new aws.s3.BucketObjectv2(
            `${name}-template-${region}`,
            { ...set, key: made[name].key, content: made[name].text, contentType: "application/json" },
            options,
          ),
      );
    return { region, bucket, policy, objects: [...zips, ...templates] };
  });
}
