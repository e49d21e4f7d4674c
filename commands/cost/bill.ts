/** The whole bill: every line in the first month, and when as much ends as comes in. */
import { DAYS_A_MONTH } from "./ageing";
import { deliveryLines } from "./delivery";
import { enforcementLines } from "./enforcement";
import type { Line } from "./line";
import type { Organization } from "./organization";
import { priceOf } from "./price";
import { recordingLines, streamMonths } from "./recording";
import { keepingLines, stayOf } from "./storage";
import { type Volume, volumes } from "./volumes";

/** One line at two times. */
export interface BillLine extends Omit<Line, "usd" | "quantity"> {
  /** In the month in which nothing grows any more. */
  readonly quantity: number;
  readonly first: number;
  readonly steady: number;
}

export interface Bill {
  readonly lines: readonly BillLine[];
  readonly first: number;
  readonly steady: number;
  /** The month of `steady`: the first in which nothing grows any more; copies kept for ever grow on. */
  readonly month: number;
  /** The sum of each group by month: each of the first thirteen, and every sixth after them. */
  readonly growth: readonly { readonly month: number; readonly groups: Readonly<Record<string, number>> }[];
  /** Ids of prices in it that were not confirmed. */
  readonly notConfirmed: readonly string[];
}

const order = ["Delivery", "Storage", "Requests", "Data transfer", "Keys", "Recorders", "Enforcers", "Notifications"];

/** Every line in one month. @param month the first is 1 */
export function linesIn(organization: Organization, month: number, all: readonly Volume[] = volumes(organization)): readonly Line[] {
  const lines = [
    ...deliveryLines(organization, all),
    ...keepingLines(organization.config, all, month),
    ...enforcementLines(organization, all, month),
    ...recordingLines(organization, all, month),
  ];
  return lines.sort((a, b) => order.indexOf(a.group) - order.indexOf(b.group));
}

/** KMS keys are rotated for the second time after two years. */
const KEYS_SETTLE = 25;

/** The first month in which nothing grows any more, copies that are kept for ever apart. */
export function settledMonth(organization: Organization, all: readonly Volume[] = volumes(organization)): number {
  const longest = Math.max(0, ...all.map((volume) => stayOf(organization.config, volume, { part: "storage" }).gone));
  return Math.ceil(Math.max(longest / DAYS_A_MONTH + 1, streamMonths(organization) + 1, KEYS_SETTLE));
}

export const sum = (lines: readonly Line[]): number => lines.reduce((all, { usd }) => all + usd, 0);

export function billOf(organization: Organization): Bill {
  const all = volumes(organization);
  const month = settledMonth(organization, all);
  const [first, steady] = [linesIn(organization, 1, all), linesIn(organization, month, all)];
  const lines = steady.map(({ usd, ...line }, index): BillLine => ({ ...line, first: first[index]!.usd, steady: usd }));
  const months = Array.from({ length: month }, (_, index) => index + 1).filter((one) => one <= 13 || one % 6 === 0 || one === month);
  const growth = months.map((at) => {
    const groups: Record<string, number> = {};
    for (const { group, usd } of linesIn(organization, at, all)) groups[group] = (groups[group] ?? 0) + usd;
    return { month: at, groups };
  });
  const used = [...new Set(lines.flatMap(({ prices }) => prices))];
  return { lines, first: sum(first), steady: sum(steady), month, growth, notConfirmed: used.filter((id) => !priceOf(id).confirmed) };
}
