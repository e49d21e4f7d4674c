/** What AWS charges for bringing the logs of each source to the archive, by how that source's logging is turned on. */
import { viaOf } from "../../infra/config/configuration";
import type { Via } from "../../functions/sources";
import type { Line } from "./line";
import type { Organization } from "./organization";
import { averageUsd, countedWith, prices } from "./price";
import type { Volume } from "./volumes";

/** The price of a source's delivery: its own where AWS makes an exception, otherwise that of vended logs. */
export const deliveryPrice = (source: string, via: Via): string => (via === "switch" ? "delivery.switch" : `delivery.s3.${source}` in prices ? `delivery.s3.${source}` : "delivery.s3");

/** One line a source of the table, also where it is free: a Region's steps are counted over all sources that share a price. */
export function deliveryLines({ config, table, sizes }: Organization, volumes: readonly Volume[]): readonly Line[] {
  const via = (name: string) => viaOf(config, table.find((source) => source.name === name)!);
  const ofSources = volumes.filter(({ of }) => of in sizes);
  const together = new Map<string, number>();
  const key = (volume: Volume) => `${countedWith(deliveryPrice(volume.of, via(volume.of)))} ${volume.region}`;
  for (const volume of ofSources) together.set(key(volume), (together.get(key(volume)) ?? 0) + volume.plain);
  return table.map(({ name }): Line => {
    const price = deliveryPrice(name, via(name));
    const these = ofSources.filter(({ of }) => of === name);
    const assumed = sizes[name]!.assumed;
    return {
      group: "Delivery",
      name: `${name} (${via(name)})`,
      quantity: these.reduce((sum, { plain }) => sum + plain, 0),
      unit: "GB",
      usd: these.reduce((sum, volume) => sum + volume.plain * averageUsd(price, together.get(key(volume))!), 0),
      prices: [price],
      ...(assumed.length > 0 && { note: `${assumed.join(" and ")} assumed` }),
    };
  });
}
