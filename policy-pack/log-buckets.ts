/** The archive's buckets among the subjects, with the settings that other resources give them. */
import type { Configuration } from "../infra/config/configuration";
import { backupRecords, backupStores, storesIn } from "../infra/documents/stores";
import type { Store } from "../infra/documents/stores";
import { namesFor, type StorePart } from "../infra/names";
import { pick, type Plain } from "./subjects/plain";
import { refersTo, type BucketSetting, type Resource, type Subject, type SubjectOf } from "./subjects/subject";

export type Bucket = SubjectOf<"bucket">;
type Part = StorePart;

/** Which of the archive's buckets it is by its name; undefined if it is none. */
export function partOf({ names }: Bucket): Part | undefined {
  const [, part] = names.map((name) => /-log-(storage|replica|backup|records)-/.exec(name)).find((match) => match !== null) ?? [];
  return (part as Part | undefined) ?? (names.some((name) => /^aws-.*-places-/.test(name)) ? "storage" : undefined);
}

/** Whether a resource is of the bucket that a property of it names. Of two that it depends on (the copied one and the copy) a known name tells which. */
export function isOf(resource: Resource, value: Plain, bucket: Bucket): boolean {
  if (resource === bucket.resource) return true;
  return typeof value === "string" && resource.template === undefined ? bucket.names.includes(value) : refersTo(resource, value, bucket.resource, bucket.names);
}

/** A setting of a bucket, as the resource that names it says; undefined where there is none. */
export function settingOf(bucket: Bucket, setting: BucketSetting, siblings: readonly Subject[]): Plain | undefined {
  const found = siblings.find((other) => other.kind === "bucket-setting" && other.setting === setting && isOf(other.resource, other.bucket, bucket));
  return found?.kind === "bucket-setting" ? found.value : undefined;
}

/** The retention that new objects get by default. */
export function retentionOf(bucket: Bucket, siblings: readonly Subject[]): { readonly mode: Plain; readonly days: number } | undefined {
  const retention = pick(pick(settingOf(bucket, "object-lock", siblings), "rule"), "defaultRetention");
  const days = Number(pick(retention, "days") ?? Number.NaN);
  return retention === undefined || !(days > 0) ? undefined : { mode: pick(retention, "mode") ?? null, days };
}

/** The buckets of a stack by a value that names one: its name or ARN. */
export const bucketNamed = (value: Plain | undefined, siblings: readonly Subject[]): Bucket | undefined =>
  siblings.find((other): other is Bucket => other.kind === "bucket" && other.names.some((name) => value === name || value === `arn:aws:s3:::${name}`));

/** What the configuration has by this name. */
export function storeOf({ names: own }: Bucket, config: Configuration): Store | undefined {
  const names = namesFor(config);
  const all = [...config.regions.flatMap((region) => storesIn(config, region)), ...backupStores(config), ...[backupRecords(config)].filter((store) => store !== undefined)];
  return all.find(({ part, store, region, naming }) => own.includes(names.bucketOf(part, store, region, naming)));
}
