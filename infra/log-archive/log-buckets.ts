/** A Region's buckets: where services and workloads write, what Amazon S3 writes of them, and the copies of other Regions' logs. */
import type * as aws from "@pulumi/aws";
import type { Configuration } from "../config/configuration";
import { copyBucketPolicy } from "../documents/copy-bucket-policy";
import { logBucketPolicy } from "../documents/log-bucket-policy";
import { placeBucketPolicy } from "../documents/place-bucket-policy";
import { isPlaces, storesIn } from "../documents/stores";
import type { Store } from "../documents/stores";
import type { Stack } from "../stack";
import { keptBucket } from "./kept-bucket";
import type { CopyBucket } from "./replication";

function policyOf(config: Configuration, at: Store) {
  if (at.part !== "storage") return copyBucketPolicy(config, at);
  return isPlaces(at.store) ? placeBucketPolicy(config, at) : logBucketPolicy(config, at.region, at.store, at.naming);
}

/** @param aliasOf a class's key in the Region */
export function logBuckets(stack: Stack, region: string, aliasOf: (store: Store["store"]) => aws.kms.Alias): readonly CopyBucket[] {
  return storesIn(stack.config, region).map((at) => {
    const alias = aliasOf(at.store);
    return { ...keptBucket(stack, at, alias, policyOf(stack.config, at)), alias };
  });
}
