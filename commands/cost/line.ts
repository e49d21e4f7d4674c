/** One line of the bill. */
export interface Line {
  /** "Delivery", "Storage": lines of a group follow each other. */
  readonly group: string;
  /** Unique in its group. */
  readonly name: string;
  readonly quantity: number;
  readonly unit: string;
  /** USD in the month that was asked for. */
  readonly usd: number;
  /** Ids in `prices.json`. */
  readonly prices: readonly string[];
  readonly note?: string;
}
