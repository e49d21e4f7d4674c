/** A Region's buckets: where services write, what Amazon S3 writes of them, and the copies of other Regions' logs. */
import type * as aws from "@pulumi/aws";
import { copyBucketPolicy } from "../documents/copy-bucket-policy";
import { logBucketPolicy } from "../documents/log-bucket-policy";
import { storesIn } from "../documents/stores";
import type { Stack } from "../stack";
import { keptBucket } from "./kept-bucket";
import type { KeptBucket } from "./kept-bucket";

export function logBuckets(stack: Stack, region: string, alias: aws.kms.Alias): readonly KeptBucket[] {
  const { config } = stack;
  return storesIn(config, region).map((at) => keptBucket(stack, at, alias, at.part === "storage" ? logBucketPolicy(config, region, at.store, at.naming) : copyBucketPolicy(config, at)));
}
