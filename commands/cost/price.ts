/** The prices that every cost here is computed from: `prices.json`, each with its unit, Region, day and source. */
import file from "./prices.json";

export interface Price {
  /**
   * USD for one unit; or by steps, each for what lies above the one before it up to `upTo` units a month (null: no end); or
   * the id of the price that it is counted together with.
   */
  readonly usd: number | readonly { readonly upTo: number | null; readonly usd: number }[] | string;
  /** The unit, "GB-month" for one. 1 GB is 2^30 bytes, and a TB 1,024 GB, as AWS counts. */
  readonly per: string;
  /** Where it is asked. Other Regions differ by some per cent, most of them upwards. */
  readonly region: string;
  /** The day on which it was looked up. */
  readonly read: string;
  readonly source: string;
  /** Whether AWS's own words, or several copies that agree, were found to say so. */
  readonly confirmed: boolean;
  readonly note?: string;
}

export const prices: Readonly<Record<string, Price>> = file.prices;

/** The day of the file. */
export const priceDate = file.date;

/** @throws Error naming a price that is not in the file: a bug, since ids are written in the code */
export function priceOf(id: string): Price {
  const price = prices[id];
  if (price === undefined) throw new Error(`commands/cost/prices.json has no price ${id}`);
  return price;
}

/** The price whose steps this one's quantity counts towards: itself, but for one that refers to another. */
export function countedWith(id: string): string {
  const { usd } = priceOf(id);
  return typeof usd === "string" ? countedWith(usd) : id;
}

/**
 * USD for so many units in one month and Region.
 *
 * @example usd("delivery.s3", 72 * 1_024) is 8294.40, AWS's own example
 */
export function usd(id: string, quantity: number): number {
  const steps = priceOf(countedWith(id)).usd;
  if (typeof steps === "string") throw new Error(`price ${id} refers to itself`);
  if (typeof steps === "number") return steps * quantity;
  let from = 0;
  let sum = 0;
  for (const { upTo, usd: each } of steps) {
    const until = Math.min(quantity, upTo ?? Infinity);
    if (until > from) sum += (until - from) * each;
    from = upTo ?? from;
  }
  return sum;
}

/** USD for one unit, on average, where so many are taken; the first step's where none are. */
export const averageUsd = (id: string, quantity: number): number => (quantity > 0 ? usd(id, quantity) / quantity : usd(id, 1));
