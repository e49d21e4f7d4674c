/** The pictures of the page, as SVG: how the bill grows, and what each way costs for each source. No script, nothing fetched. */
import { escaped } from "../html";
import type { Bill } from "./bill";
import type { SideBySide } from "./side-by-side";
import { amount, money } from "./text";

/** Told apart on light and dark, and by most who see colours differently; in the order of the groups. */
const colours = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#7f7f7f", "#56b4e9", "#d55e00", "#b8a800"];

const WIDTH = 960;
const point = (value: number) => Number(value.toFixed(1));

/** The smallest of 1, 2, 2.5 and 5 times a power of ten that is not below. */
export function step(atLeast: number): number {
  const power = 10 ** Math.floor(Math.log10(atLeast));
  return [1, 2, 2.5, 5, 10].map((one) => one * power).find((one) => one >= atLeast * (1 - 1e-9))!;
}

/** Round figures from 0 to what is at least `top`, about four of them. */
export function scale(top: number): readonly number[] {
  if (top <= 0) return [0, 1];
  const each = step(top / 4);
  return Array.from({ length: Math.ceil(top / each - 1e-9) + 1 }, (_, at) => at * each);
}

const text = (x: number, y: number, content: string, attributes = "") => `<text x="${point(x)}" y="${point(y)}" ${attributes}>${escaped(content)}</text>`;

/** The groups of the bill stacked, by month: what is flat comes each month, what rises is what is kept. */
export function growthPicture(bill: Bill): string {
  const [left, right, top, height] = [78, 250, 16, 300];
  const groups = [...new Set(bill.lines.map(({ group }) => group))];
  const sums = bill.growth.map(({ groups: of }) => groups.reduce((sum, group) => sum + (of[group] ?? 0), 0));
  const ticks = scale(Math.max(...sums));
  const most = ticks.at(-1)!;
  const last = bill.growth.at(-1)!.month;
  const x = (month: number) => left + ((WIDTH - left - right) * (month - 1)) / Math.max(1, last - 1);
  const y = (usd: number) => top + height * (1 - usd / most);
  const below = bill.growth.map(() => 0);
  const areas = groups.map((group, at) => {
    const from = below.map((usd, index) => `${point(x(bill.growth[index]!.month))},${point(y(usd))}`);
    bill.growth.forEach(({ groups: of }, index) => (below[index]! += of[group] ?? 0));
    const to = below.map((usd, index) => `${point(x(bill.growth[index]!.month))},${point(y(usd))}`);
    return `<polygon points="${[...to, ...from.reverse()].join(" ")}" fill="${colours[at % colours.length]}"><title>${escaped(group)}</title></polygon>`;
  });
  const years = Array.from({ length: Math.floor(last / 12) + 1 }, (_, year) => Math.max(1, year * 12));
  const every = Math.max(1, Math.ceil(years.length / 9));
  const grid = ticks.map((usd) => `<line x1="${left}" x2="${WIDTH - right}" y1="${point(y(usd))}" y2="${point(y(usd))}" class="grid"/>${text(left - 8, y(usd) + 4, amount(usd), 'text-anchor="end"')}`);
  const marks = years.filter((_, at) => at % every === 0).map((month) => text(x(month), top + height + 20, String(month), 'text-anchor="middle"'));
  // From the top down, as the areas lie.
  const legend = [...groups].reverse().map((group, at) => {
    const line = top + 12 + at * 24;
    const settled = bill.growth.at(-1)!.groups[group] ?? 0;
    return `<rect x="${WIDTH - right + 22}" y="${line - 10}" width="12" height="12" rx="2" fill="${colours[groups.indexOf(group) % colours.length]}"/>${text(WIDTH - right + 42, line, group)}${text(WIDTH - 4, line, money(settled), 'text-anchor="end" class="number"')}`;
  });
  return `<svg viewBox="0 0 ${WIDTH} ${top + height + 48}" role="img" aria-label="The monthly bill from the first month to month ${last}, by group">
${areas.join("\n")}
${grid.join("\n")}
${marks.join("")}${text((left + WIDTH - right) / 2, top + height + 42, "month", 'text-anchor="middle"')}
${legend.join("\n")}</svg>`;
}

const ways = [
  ["delivery", "delivery, in the archive with its copies", "#0072b2", "#66aad1"],
  ["switch", "switch, in the archive with its copies", "#009e73", "#66c5ab"],
  ["telemetry", "telemetry rules, in CloudWatch Logs once", "#d55e00", "#e69e66"],
] as const;

/** A bar a way that a source has: getting dark, keeping light. */
export function comparisonPicture(rows: readonly SideBySide[]): string {
  const [left, right, bar, top] = [130, 130, 16, 34];
  const bars = rows.map((row) => ways.filter(([way]) => row[way] !== undefined));
  const most = scale(Math.max(...rows.flatMap((row) => ways.map(([way]) => (row[way] ? row[way].get + row[way].keep : 0))))).at(-1)!;
  const x = (usd: number) => ((WIDTH - left - right) * usd) / most;
  let at = top;
  const drawn = rows.map((row, index) => {
    const from = at;
    const lines = bars[index]!.map(([way, , dark, light]) => {
      const { get, keep } = row[way]!;
      const y = at;
      at += bar + 3;
      const label = `${money(get + keep)}${row.chosen === way ? " (chosen)" : ""}`;
      return `<rect x="${left}" y="${y}" width="${point(x(get))}" height="${bar}" fill="${dark}"><title>getting ${money(get)}</title></rect><rect x="${point(left + x(get))}" y="${y}" width="${point(x(keep))}" height="${bar}" fill="${light}"><title>keeping ${money(keep)}</title></rect>${text(left + x(get + keep) + 6, y + bar - 3, label, 'class="number"')}`;
    });
    const middle = (from + at - 3) / 2;
    at += 12;
    return `${text(left - 10, middle + 4, row.source, 'text-anchor="end"')}${lines.join("")}`;
  });
  const legend = ways.map(([, name, dark, light], index) => {
    const start = left + index * 272;
    return `<rect x="${start}" y="4" width="9" height="12" fill="${dark}"/><rect x="${start + 9}" y="4" width="9" height="12" fill="${light}"/>${text(start + 24, 14, name)}`;
  });
  return `<svg viewBox="0 0 ${WIDTH} ${at}" role="img" aria-label="What each way costs a month for each source">${legend.join("")}${drawn.join("\n")}</svg>`;
}
