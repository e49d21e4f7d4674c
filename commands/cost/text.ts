/** The bill as text for a terminal. */
import type { Bill } from "./bill";
import type { Organization } from "./organization";
import { priceDate } from "./price";
import type { SideBySide, Way } from "./side-by-side";

/** 1,234.50; what would read as nothing and is not, as "< 0.01". */
export function money(usd: number): string {
  if (usd > 0 && usd < 0.005) return "< 0.01";
  return usd.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

export const amount = (quantity: number): string => quantity.toLocaleString("en-US", { maximumFractionDigits: quantity < 10 ? 2 : 0 });

const sumOf = (way: Way | undefined): string => (way === undefined ? "-" : money(way.get + way.keep));

export const comparisonHead = ["source", "GB a month", "delivery", "switch", "telemetry rules"] as const;

/** One row a source, and the sums; what is chosen is marked. */
export function comparisonRows(rows: readonly SideBySide[]): readonly (readonly string[])[] {
  const mark = (row: SideBySide, via: "delivery" | "switch") => (row.chosen === via && row[via] ? "* " : "") + sumOf(row[via]);
  return rows.map((row) => [row.source, amount(row.gigabytes), mark(row, "delivery"), mark(row, "switch"), sumOf(row.telemetry)]);
}

export const comparisonNote =
  "USD a month for getting and keeping each source's logs, as long as the configuration says, each source taken alone. " +
  "Delivery and switch: in the archive, with its copies. Telemetry rules: in CloudWatch Logs of each account, once. * is what the configuration chooses, - is not offered.";

/** Columns padded; the first to the left, the others to the right. */
function columns(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, at) => Math.max(...rows.map((row) => row[at]!.length)));
  return rows.map((row) => row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!))).join("  ").trimEnd()).join("\n");
}

/** What was asked, in one line. */
export function titleOf({ accounts, config }: Organization): string {
  return `${amount(accounts)} account${accounts === 1 ? "" : "s"} in ${config.regions.join(", ")}`;
}

export function footnotes(bill: Bill): readonly string[] {
  return [
    `Prices of ${priceDate} in us-east-1, on demand, without free tiers, taxes and rebates of a contract; other Regions differ. Settled: month ${bill.month}, when as much ends as comes in.`,
    ...(bill.notConfirmed.length > 0 ? [`Unconfirmed prices: ${bill.notConfirmed.join(", ")} (commands/cost/prices.json).`] : []),
  ];
}

export function asText(organization: Organization, bill: Bill, rows: readonly SideBySide[]): string {
  const table: string[][] = [["USD a month", "quantity", "unit", "first month", "settled"]];
  for (const group of [...new Set(bill.lines.map((line) => line.group))]) {
    const lines = bill.lines.filter((line) => line.group === group);
    table.push([group.toUpperCase(), "", "", money(lines.reduce((sum, { first }) => sum + first, 0)), money(lines.reduce((sum, { steady }) => sum + steady, 0))]);
    for (const { name, quantity, unit, first, steady, note } of lines) table.push([`  ${name}${note?.endsWith("assumed") ? " ~" : ""}`, amount(quantity), unit, money(first), money(steady)]);
  }
  table.push(["ALL", "", "", money(bill.first), money(bill.steady)]);
  const parts = [
    `${titleOf(organization)}: ${money(bill.steady)} USD a month once settled, ${money(bill.first)} in the first`,
    columns(table),
    columns([[...comparisonHead], ...comparisonRows(rows)]),
    [comparisonNote, ...(bill.lines.some(({ note }) => note?.endsWith("assumed")) ? ["~: resources or GB were not given and are assumed (docs/cost.md)."] : []), ...footnotes(bill)].join("\n"),
  ];
  return `${parts.join("\n\n")}\n`;
}
