/** What it costs to keep the logs: storage by class, requests, transfers between Regions, requests to the keys. */
import { lifetimeOf } from "../../infra/config/lifetimes";
import type { Configuration } from "../../infra/config/configuration";
import { lifecycleRules } from "../../infra/documents/lifecycle";
import { copiesOf, type Store } from "../../infra/documents/stores";
import { DAYS_A_MONTH, held, reaching } from "./ageing";
import type { Line } from "./line";
import { averageUsd, usd } from "./price";
import type { Volume } from "./volumes";

/**
 * GB of the smallest object that Amazon S3 moves to another class.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html
 */
const SMALLEST_MOVED = 128 / 2 ** 20;

/** Days that an object is paid for in a class at least, and GB added to each: an index in that class, a name in STANDARD. */
const classes = {
  GLACIER_IR: { days: 90, index: 0, name: 0 },
  GLACIER: { days: 90, index: 32 / 2 ** 20, name: 8 / 2 ** 20 },
  DEEP_ARCHIVE: { days: 180, index: 32 / 2 ** 20, name: 8 / 2 ** 20 },
} as const;

const parts = { storage: "stores", replica: "copies", backup: "backup" } as const;

export interface Stay {
  /** Days at which it leaves STANDARD, and at which it is gone; Infinity for never. */
  readonly moved: number;
  readonly gone: number;
}

/** How long a log stays in a bucket, by the very rules that are deployed; what has ended can be brought back for a while. */
export function stayOf(config: Configuration, { log, stored, objects }: Volume, at: Pick<Store, "part">): Stay {
  const { archive } = config;
  if (at.part !== "storage" && !archive.copies.expire) return { moved: Infinity, gone: Infinity };
  const prefix = log.keys.split(/\{account\}|\*/)[0]!;
  const rule = lifecycleRules(config, log).find(({ id }) => id === prefix || id === `${prefix}0`);
  const lifetime = lifetimeOf(archive, log.name);
  const gone = (rule?.expiration.days ?? lifetime.keepDays) + archive.recoverDays;
  if (objects > 0 && stored / objects < SMALLEST_MOVED) return { moved: Infinity, gone };
  const moved = rule?.transitions[0]?.days ?? lifetime.standardDays;
  return { moved, gone: Math.max(gone, moved + classes[archive.glacier].days) };
}

interface Kept {
  readonly volume: Volume;
  readonly at: Store;
  readonly stay: Stay;
}

/** Every bucket that a log comes to lie in. */
function kept(config: Configuration, all: readonly Volume[]): readonly Kept[] {
  return all.flatMap((volume) => {
    const store: Store = { part: "storage", store: volume.log.store, naming: volume.log.naming, region: volume.region };
    return [store, ...copiesOf(config, store)].map((at) => ({ volume, at, stay: stayOf(config, volume, at) }));
  });
}

/** GB in a class in a month, by bucket. */
function inClass(config: Configuration, { volume: { stored, objects }, stay }: Kept, storageClass: string, month: number): number {
  const { glacier } = config.archive;
  const { index, name } = classes[glacier];
  const cold = (monthly: number) => held(monthly, stay.moved, stay.gone, month);
  if (storageClass === glacier) return cold(stored) + cold(objects) * index;
  return held(stored, 0, Math.min(stay.moved, stay.gone), month) + cold(objects) * name;
}

function storageLines(config: Configuration, all: readonly Kept[], month: number): readonly Line[] {
  return ["STANDARD", config.archive.glacier].flatMap((storageClass) => {
    const id = `s3.${storageClass}`;
    const each = all.map((one) => ({ ...one, gigabytes: inClass(config, one, storageClass, month) }));
    const inRegion = new Map<string, number>();
    for (const { at, gigabytes } of each) inRegion.set(at.region, (inRegion.get(at.region) ?? 0) + gigabytes);
    return (["storage", "replica", "backup"] as const)
      .filter((part) => each.some(({ at }) => at.part === part))
      .map((part): Line => {
        const these = each.filter(({ at }) => at.part === part);
        return {
          group: "Storage",
          name: `${parts[part]}, ${storageClass}`,
          quantity: these.reduce((sum, { gigabytes }) => sum + gigabytes, 0),
          unit: "GB-month",
          // A Region's steps are counted over all of its buckets.
          usd: these.reduce((sum, { at, gigabytes }) => sum + gigabytes * averageUsd(id, inRegion.get(at.region)!), 0),
          prices: [id],
        };
      });
  });
}

/** Objects that Amazon S3 has to list, all versions, in the buckets that have an inventory. */
function listed(all: readonly Kept[], month: number): number {
  return all.filter(({ at }) => at.store !== "audit").reduce((sum, { volume, stay }) => sum + held(volume.objects, 0, stay.gone, month), 0);
}

const total = (all: readonly Kept[], of: (one: Kept) => number): number => all.reduce((sum, one) => sum + of(one), 0);

/** @param month the first is 1 */
export function keepingLines(config: Configuration, volumes: readonly Volume[], month: number): readonly Line[] {
  const all = kept(config, volumes);
  const copies = all.filter(({ at }) => at.part !== "storage");
  const line = (group: string, name: string, id: string, quantity: number, unit: string, note?: string): Line => ({ group, name, quantity, unit, usd: usd(id, quantity), prices: [id], ...(note !== undefined && { note }) });
  const { glacier, inventory } = config.archive;
  const lists = inventory.frequency === "Daily" ? DAYS_A_MONTH : DAYS_A_MONTH / 7;
  const encrypted = (one: Kept) => (one.at.store === "kms" ? one.volume.objects : 0);
  return [
    ...storageLines(config, all, month),
    line("Requests", "logs written", "s3.put", total(all.filter(({ at }) => at.part === "storage"), ({ volume }) => volume.objects), "requests"),
    line("Requests", "copies written", "s3.put", total(copies, ({ volume }) => volume.objects), "requests"),
    line("Requests", `moves to ${glacier}`, `s3.transition.${glacier}`, total(all, ({ volume, stay }) => (stay.moved < stay.gone ? reaching(volume.objects, stay.moved, month) : 0)), "objects", "objects under 128 KB are not moved"),
    line("Requests", "inventories", "s3.inventory", listed(all, month) * lists, "objects listed"),
    line("Data transfer", "copies into another Region", "transfer.regions", total(copies, ({ volume, at }) => (at.region === volume.region ? 0 : volume.stored)), "GB"),
    line("Keys", "requests, one an object", "kms.request", total(all.filter(({ at }) => at.part === "storage"), encrypted) + 2 * total(copies, encrypted), "requests", "bucket keys are off; a copy decrypts and encrypts again"),
  ];
}
