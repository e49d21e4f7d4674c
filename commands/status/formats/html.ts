/** One page without scripts or outside references: numbers, trend, sources, Regions, accounts, the list, heartbeats. */
import { noTotals } from "../../../functions/watcher/totals";
import { escaped } from "../../html";
import type { Row, State } from "../rows";
import { percent, resourcesIn, share, totalOf, type Tally } from "../summary";
import { number, wordsFor, type Format, type Report } from "./format";
import { style } from "./style";
import { before, caveats, change, headline } from "./table";
import { trend } from "./trend";

/** Rows of a state, and accounts, that the page shows at most; `--format csv` has all. */
const MOST = { rows: 500, accounts: 1_000 };

/** What needs somebody first. */
const order: readonly State[] = ["failing", "never-seen", "silent", "observed", "excluded", "logged"];

const says: Readonly<Record<State, string>> = {
  failing: "could not be read, or logging could not be turned on",
  "never-seen": "governed, and nothing has been heard from it",
  silent: "no sweep has ended for more than two periods; its resources are shown as last seen",
  observed: "does not log, and mode observe leaves it so",
  excluded: "left alone, by the owner named and until the day named",
  logged: "logs as it should",
};

type Cell = string | { readonly html: string; readonly right?: true };
const right = (count: number): Cell => ({ html: count === 0 ? '<span class="none">0</span>' : number(count), right: true });

function grid(heads: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const cell = (one: Cell) => (typeof one === "string" ? `<td>${escaped(one)}</td>` : `<td${one.right ? ' class="right"' : ""}>${one.html}</td>`);
  const isRight = (column: number) => typeof rows[0]?.[column] === "object" && (rows[0][column] as { right?: true }).right;
  const head = heads.map((text, column) => `<th${isRight(column) ? ' class="right"' : ""}>${escaped(text)}</th>`).join("");
  return `<div class="grid"><table><thead><tr>${head}</tr></thead><tbody>${rows.map((row) => `<tr>${row.map(cell).join("")}</tr>`).join("\n")}</tbody></table></div>`;
}

/** A bar of how many stand how; a state with any at all can be seen. */
function bar(tally: Tally): string {
  const all = resourcesIn(tally);
  if (all === 0) return '<div class="bar empty"></div>';
  const parts = (["logged", "excluded", "observed", "failing"] as const).filter((state) => tally[state] > 0);
  return `<div class="bar">${parts.map((state) => `<i class="${state}" style="flex-grow:${tally[state]}" title="${wordsFor[state]}: ${number(tally[state])}"></i>`).join("")}</div>`;
}

const counted = ["resources", "%", "", "excluded", "observed", "failing", "silent", "never seen"];

const counts = (tally: Tally): readonly Cell[] => [
  right(resourcesIn(tally)),
  { html: percent(share(tally)), right: true },
  { html: bar(tally) },
  ...[tally.excluded, tally.observed, tally.failing, tally.silent, tally.neverSeen].map(right),
];

const missing = (totals: Parameters<typeof resourcesIn>[0]) => resourcesIn(totals) - totals.logged;
const byName = ([one]: readonly [string, unknown], [other]: readonly [string, unknown]) => (one < other ? -1 : 1);

function sources({ tallies, last }: Report): string {
  const rows = Object.entries(tallies.bySource).sort(byName).map(([source, tally]) => [
    source,
    ...counts(tally),
    ...(last === undefined ? [] : [{ html: change(missing(tally) - missing(last.totals[source] ?? noTotals)), right: true } as const]),
  ]);
  return grid(["source", ...counted, ...(last === undefined ? [] : [`change of not logged since ${last.day}`])], rows);
}

/** Those with the most that is not logged or not heard of first. */
function accounts({ tallies }: Report): string {
  const wrong = (tally: Tally) => [tally.failing + tally.silent + tally.neverSeen, missing(tally)] as const;
  const sorted = Object.entries(tallies.byAccount).sort((one, other) => {
    const [a, b] = [wrong(one[1]), wrong(other[1])];
    return b[0] - a[0] || b[1] - a[1] || byName(one, other);
  });
  const rows = sorted.slice(0, MOST.accounts).map(([account, tally]) => [account, ...counts(tally)]);
  const first = 15;
  const rest = rows.length > first ? `<details><summary>${number(rows.length - first)} more accounts</summary>${grid(["account", ...counted], rows.slice(first))}</details>` : "";
  const left = sorted.length > rows.length ? `<p class="note">${number(sorted.length - rows.length)} more are not shown: <code>--format csv</code> has all.</p>` : "";
  return grid(["account", ...counted], rows.slice(0, first)) + rest + left;
}

function list(kept: Readonly<Record<State, Row[]>>, seen: Readonly<Record<State, number>>): string {
  const parts = order.filter((state) => seen[state] > 0).map((state) => {
    const excluded = state === "excluded";
    const heads = ["source", "account", "Region", "resource", ...(excluded ? ["by", "until"] : []), "why", "seen"];
    const rows = kept[state].map((row) => [row.source, row.account, row.region, row.resource || "(the place as a whole)", ...(excluded ? [row.owner, row.until] : []), row.why, minute(row.seen)]);
    const left = seen[state] > rows.length ? `<p class="note">The first ${number(rows.length)}: <code>--state ${state} --format csv</code> has all.</p>` : "";
    const open = state === "failing" || state === "never-seen" || state === "silent" ? " open" : "";
    return `<details class="list"${open}><summary><i class="dot ${state}"></i>${wordsFor[state]} <b>${number(seen[state])}</b> <span>${says[state]}</span></summary>${grid(heads, rows)}${left}</details>`;
  });
  return parts.length === 0 ? "<p>Nothing: every resource that has been seen is logged as it should be.</p>" : parts.join("\n");
}

function heartbeats({ heartbeats: bySource, tallies }: Report): string {
  const rows = Object.entries(bySource).sort(byName).map(([source, { oldest, newest }]) => {
    const tally = tallies.bySource[source]!;
    return [source, right(tally.places), right(tally.places - tally.silent - tally.neverSeen), right(tally.silent), right(tally.neverSeen), minute(oldest ?? "-"), minute(newest ?? "-")];
  });
  return grid(["source", "places", "heard", "silent", "never seen", "oldest heartbeat", "newest heartbeat"], rows);
}

function tiles({ all }: Report["tallies"]): string {
  const tile = (state: State, count: number, what: string) => `<div class="tile${count > 0 ? ` ${state}` : ""}"><b>${number(count)}</b>${what}</div>`;
  return [
    tile("logged", all.logged, "logged"), tile("failing", all.failing, "failing"), tile("observed", all.observed, "observed only"),
    tile("excluded", all.excluded, "excluded"), tile("silent", all.silent, "places silent"), tile("never-seen", all.neverSeen, "places never seen"),
  ].join("");
}

/** `2026-11-21 15:40`; times are UTC throughout. */
const minute = (time: string) => time.slice(0, 16).replace("T", " ");

const only = ({ asked }: Report): string => {
  const said = (["account", "region", "source", "state"] as const).flatMap((name) => (asked[name] === undefined ? [] : [`${name} ${asked[name]}`]));
  return said.length === 0 ? "" : ` Only ${said.join(", ")}.`;
};

function page(report: Report, kept: Readonly<Record<State, Row[]>>, seen: Readonly<Record<State, number>>): string {
  const { tallies, at, governedAt } = report;
  const quoted = percent(share(tallies.all));
  const then = before(report);
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Logging coverage: ${escaped(headline(report))}</title><style>${style}</style></head><body>
<header><div class="number">${quoted}</div><div><h1>${escaped(headline(report).replace(`${quoted} `, ""))}</h1>
<p>${then === undefined ? "" : `${escaped(then)}. `}As of ${escaped(minute(at))} UTC, ${number(tallies.all.places)} places (an account, a Region and a source).${escaped(only(report))}</p></div></header>
${bar(tallies.all)}
${caveats(report).map((line) => `<p class="caveat">${escaped(line)}</p>`).join("\n")}
<div class="tiles">${tiles(tallies)}</div>
${trend(report.days.map((day) => ({ day: day.day, share: share(totalOf(day, report.asked.source)) })), { day: at.slice(0, 10), share: share(tallies.all) })}
<h2>By source</h2>${sources(report)}
<h2>By Region</h2>${grid(["Region", ...counted], Object.entries(tallies.byRegion).sort(byName).map(([region, tally]) => [region, ...counts(tally)]))}
<h2>By account</h2>${accounts(report)}
<h2>${report.asked.all || report.asked.state !== undefined ? "Listed" : "What is not logged as it should be"}</h2>${list(kept, seen)}
<h2>Heartbeats</h2>${heartbeats(report)}
<footer>From what the enforcers recorded: no account was asked.${governedAt === undefined ? "" : ` What is governed, as of ${escaped(minute(governedAt))} UTC.`} The share is of the resources that have been seen, excluded ones among them, rounded down.</footer>
</body></html>
`;
}

export function html(): Format {
  const kept: Record<State, Row[]> = { failing: [], "never-seen": [], silent: [], observed: [], excluded: [], logged: [] };
  const seen: Record<State, number> = { failing: 0, "never-seen": 0, silent: 0, observed: 0, excluded: 0, logged: 0 };
  return {
    begin: "",
    row: (row) => {
      seen[row.state] += 1;
      if (kept[row.state].length < MOST.rows) kept[row.state].push(row);
      return "";
    },
    end: (report) => page(report, kept, seen),
  };
}
