/** The bill as one HTML page without scripts or outside references. */
import { escaped } from "../html";
import type { Bill } from "./bill";
import type { Organization } from "./organization";
import { comparisonPicture, growthPicture } from "./picture";
import { priceOf } from "./price";
import type { SideBySide } from "./side-by-side";
import { amount, comparisonHead, comparisonNote, comparisonRows, footnotes, money, titleOf } from "./text";

const style = `
:root{color-scheme:light dark;--line:#8884}
body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:62rem;padding:0 1rem}
h1{font-size:1.6rem;margin-bottom:.2rem} h2{font-size:1.15rem;margin:2.2rem 0 .4rem}
.tiles{display:flex;flex-wrap:wrap;gap:.6rem;margin:1.2rem 0}
.tile{border:1px solid var(--line);border-radius:.5rem;padding:.5rem .9rem;min-width:9rem}
.tile b{display:block;font-size:1.5rem}
table{border-collapse:collapse;width:100%;font-size:.86rem} th,td{text-align:left;padding:.25rem .5rem;border-bottom:1px solid var(--line);vertical-align:top}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap} tr.group td{font-weight:600;border-bottom-width:2px;padding-top:.8rem}
svg{width:100%;height:auto} svg text{font:12px system-ui,sans-serif;fill:CanvasText} svg .grid{stroke:var(--line)} svg .number{font-variant-numeric:tabular-nums}
p.note{opacity:.8;font-size:.86rem} td small{opacity:.7} a{color:inherit}`;

const cell = (content: string, number = false) => `<td${number ? ' class="n"' : ""}>${content}</td>`;

function billTable({ lines, first, steady }: Bill): string {
  const groups = [...new Set(lines.map(({ group }) => group))].map((group) => {
    const these = lines.filter((line) => line.group === group);
    const sum = (of: (line: (typeof these)[number]) => number) => money(these.reduce((all, line) => all + of(line), 0));
    const rows = these.map(
      ({ name, quantity, unit, note, first: one, steady: two }) =>
        `<tr>${cell(`${escaped(name)}${note === undefined ? "" : ` <small>${escaped(note)}</small>`}`)}${cell(amount(quantity), true)}${cell(escaped(unit))}${cell(money(one), true)}${cell(money(two), true)}</tr>`,
    );
    return `<tr class="group">${cell(escaped(group))}${cell("")}${cell("")}${cell(sum((line) => line.first), true)}${cell(sum((line) => line.steady), true)}</tr>\n${rows.join("\n")}`;
  });
  return `<table><thead><tr><th>line</th><th class="n">quantity, settled</th><th>unit</th><th class="n">first month</th><th class="n">settled</th></tr></thead><tbody>${groups.join("\n")}
<tr class="group">${cell("All")}${cell("")}${cell("")}${cell(money(first), true)}${cell(money(steady), true)}</tr></tbody></table>`;
}

const comparisonTable = (rows: readonly SideBySide[]): string =>
  `<table><thead><tr>${comparisonHead.map((head, at) => `<th${at > 0 ? ' class="n"' : ""}>${escaped(head)}</th>`).join("")}</tr></thead><tbody>${comparisonRows(rows)
    .map((row) => `<tr>${row.map((content, at) => cell(escaped(content), at > 0)).join("")}</tr>`)
    .join("\n")}</tbody></table>`;

function assumptions({ sizes, drivers }: Organization): string {
  const rows = Object.entries(sizes).map(([name, { resources, gigabytes, assumed }]) => {
    const mark = (what: (typeof assumed)[number]) => (assumed.includes(what) ? " <small>assumed</small>" : "");
    return `<tr>${cell(escaped(name))}${cell(amount(resources) + mark("resources"), true)}${cell(amount(gigabytes) + mark("gigabytes"), true)}</tr>`;
  });
  const others = Object.entries(drivers).map(([name, value]) => `${escaped(name)} ${amount(value)}`);
  return `<table><thead><tr><th>source</th><th class="n">resources</th><th class="n">GB a month, before compression</th></tr></thead><tbody>${rows.join("\n")}</tbody></table>
<p class="note">In one account and Region a month: ${others.join(", ")}.</p>`;
}

function usedPrices({ lines }: Bill): string {
  const used = [...new Set(lines.flatMap(({ prices }) => prices))].sort();
  const rows = used.map((id) => {
    const { usd, per, source, confirmed, read, note } = priceOf(id);
    const shown = typeof usd === "number" ? String(usd) : typeof usd === "string" ? `as ${usd}` : usd.map(({ upTo, usd: each }) => `${each}${upTo === null ? " above" : ` to ${amount(upTo)}`}`).join(", ");
    return `<tr>${cell(escaped(id))}${cell(escaped(shown))}${cell(escaped(per))}${cell(`<a href="${escaped(source)}">${escaped(read)}</a>${confirmed ? "" : " <b>unconfirmed</b>"}${note === undefined ? "" : ` <small>${escaped(note)}</small>`}`)}</tr>`;
  });
  return `<details><summary>${used.length} prices</summary><table><thead><tr><th>price</th><th>USD</th><th>per</th><th>looked up</th></tr></thead><tbody>${rows.join("\n")}</tbody></table></details>`;
}

/** @returns the whole document */
export function page(organization: Organization, bill: Bill, rows: readonly SideBySide[]): string {
  const { accounts, config } = organization;
  const tile = (value: string, label: string) => `<div class="tile"><b>${value}</b>${escaped(label)}</div>`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Force-and-Lock-Logs: what it costs</title><style>${style}</style></head><body>
<h1>What Force-and-Lock-Logs costs</h1>
<p>${escaped(titleOf(organization))}.</p>
<div class="tiles">${tile(money(bill.first), "USD in the first month")}${tile(money(bill.steady), `USD a month once settled (month ${bill.month})`)}${tile(money(bill.steady / accounts), "of that an account")}${tile(money(bill.steady / accounts / config.regions.length), "an account and Region")}</div>
<h2>How the bill grows, USD a month</h2>
${growthPicture(bill)}
<h2>The same logs by each way, USD a month</h2>
${comparisonPicture(rows)}
<p class="note">${escaped(comparisonNote)} Dark is getting, light is keeping.</p>
${comparisonTable(rows)}
<h2>By line, USD a month</h2>
${billTable(bill)}
<h2>Taken for this</h2>
${assumptions(organization)}
${footnotes(bill).map((note) => `<p class="note">${escaped(note)}</p>`).join("\n")}
${usedPrices(bill)}
</body></html>
`;
}
