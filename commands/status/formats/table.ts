/** For a terminal: the number, the totals by source, and the first of what is not logged as it should be. */
import type { Row, State } from "../rows";
import { percent, resourcesIn, share, totalOf, type Tally } from "../summary";
import { noTotals, type Totals } from "../../../functions/watcher/totals";
import { number, wordsFor, type Format, type Report } from "./format";

/** Rows that are listed at most; `--format csv` has all. */
const MOST = 40;

/** Characters of a reason that are shown. */
const WIDEST = 90;

/** What needs somebody first. */
const order: readonly State[] = ["failing", "never-seen", "silent", "observed", "excluded", "logged"];

// Control characters of a reason have no business on a terminal.
// eslint-disable-next-line no-control-regex
const shown = (text: string) => text.replace(/[\u0000-\u001f\u007f-\u009f]/g, "?");
const cut = (text: string) => (text.length > WIDEST ? `${text.slice(0, WIDEST - 3)}...` : text);

/** Columns, those named right-aligned. */
function aligned(rows: readonly (readonly string[])[], right: (column: number) => boolean): string {
  const widths = rows[0]!.map((_, at) => Math.max(...rows.map((row) => row[at]!.length)));
  return rows.map((row) => row.map((cell, at) => (right(at) ? cell.padStart(widths[at]!) : cell.padEnd(widths[at]!))).join("  ").trimEnd()).join("\n");
}

/** `+3`, `-2`, `0`. */
export const change = (count: number): string => `${count > 0 ? "+" : ""}${number(count)}`;

/** "98.9 % of 60,001 on 2026-11-20" */
export function before({ last, asked }: Report): string | undefined {
  if (last === undefined) return undefined;
  const then = totalOf(last, asked.source);
  return `${percent(share(then))} of ${number(resourcesIn(then))} on ${last.day}`;
}

const heads = ["source", "resources", "logged", "%", "excluded", "observed", "failing", "places", "silent", "never seen"];

function line(name: string, tally: Tally, then: Totals | undefined): readonly string[] {
  const counts = [resourcesIn(tally), tally.logged].map(number);
  const rest = [tally.excluded, tally.observed, tally.failing, tally.places, tally.silent, tally.neverSeen].map(number);
  const missing = (totals: Totals) => resourcesIn(totals) - totals.logged;
  return [name, ...counts, percent(share(tally)), ...rest, ...(then === undefined ? [] : [change(missing(tally) - missing(then))])];
}

function totals(report: Report): string {
  const { tallies, last, asked } = report;
  const bySource = Object.entries(tallies.bySource).sort(([one], [other]) => (one < other ? -1 : 1));
  const then = (source: string) => last && (last.totals[source] ?? noTotals);
  const rows = [
    [...heads, ...(last === undefined ? [] : [`not logged since ${last.day}`])],
    ...bySource.map(([source, tally]) => line(source, tally, then(source))),
    ...(bySource.length > 1 ? [line("all", tallies.all, last && totalOf(last, asked.source))] : []),
  ];
  return aligned(rows, (column) => column > 0);
}

/** The sentence that a manager can quote. */
export function headline({ tallies: { all } }: Report): string {
  const resources = resourcesIn(all);
  return resources === 0 ? "no resource has been seen yet" : `${percent(share(all))} of ${number(resources)} resources logged as they should be`;
}

/** What makes the number less than it says; nothing where all is well. */
export function caveats({ tallies: { all }, governedAt, knowsAccounts, at }: Report): readonly string[] {
  const day = 86_400_000;
  return [
    ...(all.neverSeen > 0 ? [`${number(all.neverSeen)} of ${number(all.places)} places never seen: what is there nobody knows`] : []),
    ...(all.silent > 0 ? [`${number(all.silent)} of ${number(all.places)} places silent: their resources as last seen`] : []),
    ...(all.broken > 0 ? [`the sweep of ${number(all.broken)} places broke off: their resources as last seen`] : []),
    ...(knowsAccounts ? [] : ["the organization's accounts could not be listed: one that StackSets never reached is not among these"]),
    ...(governedAt === undefined
      ? ["the watcher has not said yet what is governed: a place that nothing was heard from is not among these"]
      : Date.parse(at) - Date.parse(governedAt) > day
        ? [`the watcher last looked at ${governedAt}: what is governed may have changed`]
        : []),
  ];
}

export function table(): Format {
  const kept: Record<State, Row[]> = { failing: [], "never-seen": [], silent: [], observed: [], excluded: [], logged: [] };
  let all = 0;
  return {
    begin: "",
    row: (row) => {
      all += 1;
      if (kept[row.state].length < MOST) kept[row.state].push(row);
      return "";
    },
    end: (report) => {
      const then = before(report);
      const rows = order.flatMap((state) => kept[state]).slice(0, MOST);
      const cells = rows.map(({ state, account, region, source, resource, why, owner, until }) => [
        wordsFor[state], account, region, source, shown(resource) || "-", cut(shown(owner === "" ? why : `by ${owner} until ${until}: ${why}`)),
      ]);
      const list = rows.length === 0 ? [] : ["", aligned([["state", "account", "Region", "source", "resource", "why"], ...cells], () => false)];
      const more = all > rows.length ? [`... and ${number(all - rows.length)} more: --format csv lists all`] : [];
      return [`${headline(report)}${then === undefined ? "" : ` (${then})`}`, ...caveats(report), "", totals(report), ...list, ...more, ""].join("\n");
    },
  };
}
