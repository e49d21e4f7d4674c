/** Every bucket of the archive: where services write, the copy in another Region, and the copy in the backup account. */
import type { Configuration } from "../config/configuration";
import type { NamingClass, StoreClass, StorePart } from "../names";
import { hasKey, namesFor } from "../names";
import { bucketClasses } from "./owned-arns";

export interface Store {
  readonly part: StorePart;
  readonly store: StoreClass;
  readonly naming: NamingClass;
  readonly region: string;
}

/** The classes that services deliver to, those that workloads write to once there was a place, and the one that Amazon S3 writes of all of them. */
export const storeClasses = (config: Configuration): readonly Pick<Store, "store" | "naming">[] => [
  ...bucketClasses(config),
  ...(hasPlaces(config) ? placeClasses.map((store) => ({ store, naming: "" as const })) : []),
  { store: "audit", naming: "" },
];

/** Where workloads write; both are there as soon as one place is, so that none of them goes with the last place in it. */
export const placeClasses = ["places", "pii"] as const satisfies readonly StoreClass[];
export const isPlaces = (store: StoreClass): store is (typeof placeClasses)[number] => store === "places" || store === "pii";
export const hasPlaces = ({ logs }: Pick<Configuration, "logs">): boolean => logs.places.length + logs.retired.length > 0;

/** The classes that a key of the archive encrypts: the one for personal data, or the one for the rest. */
export const classesUnder = (config: Configuration, key: "logs" | "pii"): readonly Pick<Store, "store" | "naming">[] =>
  storeClasses(config).filter(({ store }) => hasKey(store) && (store === "pii") === (key === "pii"));

/** The governed Region in which a Region's copies lie: as configured, or the first other one, which a Region opened later leaves as it is. */
export function copyRegion({ archive, regions }: Configuration, region: string): string {
  const configured = archive.copies.regions as Readonly<Record<string, string | undefined>>;
  const other = configured[region] ?? regions.find((one) => one !== region);
  if (other === undefined) throw new Error(`the logs of ${region} have no other Region for their copies`);
  return other;
}

/** The Regions whose copies lie in this one. */
export const copiedTo = (config: Configuration, region: string): readonly string[] => config.regions.filter((from) => copyRegion(config, from) === region);

/** In a Region: the buckets that are written to, and the copies of other Regions' there. */
export function storesIn(config: Configuration, region: string): readonly Store[] {
  const parts: readonly StorePart[] = copiedTo(config, region).length > 0 ? ["storage", "replica"] : ["storage"];
  return parts.flatMap((part) => storeClasses(config).map((one) => ({ part, ...one, region })));
}

/** In the backup account: one a class, for all Regions; none without such an account, which the configuration has a Region for. */
export function backupStores(config: Configuration): readonly Store[] {
  const region = config.archive.backupRegion;
  if (region === undefined) return [];
  return storeClasses(config).map((one) => ({ part: "backup", ...one, region }));
}

/**
 * In the backup account: the bucket that takes the access logs and inventories of the copies there. Amazon S3 writes neither
 * to a bucket with Object Lock's default retention, and they are not copied further: the lock alone keeps them.
 */
export function backupRecords(config: Configuration): Store | undefined {
  const [first] = backupStores(config);
  return first && { part: "records", store: "audit", naming: "", region: first.region };
}

/** Where a store's objects are copied to, nearest first; copies are not copied again. */
export function copiesOf(config: Configuration, { part, store, naming, region }: Store): readonly Store[] {
  if (part !== "storage") return [];
  return [{ part: "replica", store, naming, region: copyRegion(config, region) }, ...backupStores(config).filter((backup) => backup.store === store && backup.naming === naming)];
}

/** ARNs of the stores of a part, as patterns with the Region open. */
export const storeArns = (config: Configuration, part: StorePart, region = "*"): readonly string[] =>
  storeClasses(config).map(({ store, naming }) => namesFor(config).bucketArnOf(part, store, region, naming));
