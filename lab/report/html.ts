/** The report as one HTML page without scripts or outside references. */
import { escaped } from "../../commands/html";
import { holds, verdictOf } from "./report";
import type { Report } from "./report";

const style = `
:root{color-scheme:light dark;--line:#8884;--bad:#c62828;--good:#2e7d32;--soft:#8881}
body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:76rem;padding:0 1rem}
h1{font-size:1.6rem;margin-bottom:.2rem} h2{font-size:1.15rem;margin-top:2.2rem}
.tiles{display:flex;flex-wrap:wrap;gap:.6rem;margin:1.2rem 0}
.tile{border:1px solid var(--line);border-radius:.5rem;padding:.5rem .9rem;min-width:6rem}
.tile b{display:block;font-size:1.5rem} .good b{color:var(--good)} .bad b{color:var(--bad)}
table{border-collapse:collapse;width:100%;font-size:.86rem} th,td{text-align:left;padding:.25rem .5rem;border-bottom:1px solid var(--line);vertical-align:top}
th{position:sticky;top:0;background:Canvas} td{overflow-wrap:anywhere} .wrong{color:var(--bad);font-weight:600}
details>summary{cursor:pointer;font-size:1.15rem;font-weight:600;margin-top:2rem} p.note{opacity:.8}`;

/** A cell is marked where the run went wrong. */
const wrong = /^(SLIPPED|REFUSED|NO|unlogged)/;

function table(title: string, heads: readonly string[], rows: readonly (readonly unknown[])[], open = false): string {
  const cells = (row: readonly unknown[]) =>
    row.map((cell) => `<td${wrong.test(String(cell)) ? ' class="wrong"' : ""}>${escaped(cell)}</td>`).join("");
  return `<details${open ? " open" : ""}><summary>${escaped(title)} (${rows.length})</summary><table><thead><tr>${heads
    .map((head) => `<th>${escaped(head)}</th>`)
    .join("")}</tr></thead><tbody>${rows.map((row) => `<tr>${cells(row)}</tr>`).join("\n")}</tbody></table></details>`;
}

const seconds = (milliseconds: number) => (milliseconds < 0 ? "never" : `${(milliseconds / 1000).toFixed(2)} s`);

/** @returns the whole document */
export function html(report: Report): string {
  const verdict = verdictOf(report);
  const tile = (count: number, label: string, bad: boolean) =>
    `<div class="tile ${bad ? (count > 0 ? "bad" : "good") : ""}"><b>${count}</b>${escaped(label)}</div>`;
  const tiles = [
    tile(verdict.forced, "resources forced", false),
    tile(verdict.unlogged, "unlogged", true),
    tile(verdict.denied, "attacks denied", false),
    tile(verdict.repaired, "attacks repaired", false),
    tile(verdict.slipped, "slipped", true),
    tile(verdict.ordinary, "ordinary calls done", false),
    tile(verdict.refused, "ordinary and refused", true),
    tile(verdict.failed, "checks failed", true),
  ].join("");
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Force-and-Lock-Logs: lab report</title><style>${style}</style></head><body>
<h1>Force-and-Lock-Logs: lab report</h1>
<p>${holds(verdict) ? "Everything is forced, nothing slipped, nothing ordinary was refused." : "<b class=wrong>This run did not hold.</b>"}
${report.accounts} members, ${escaped(report.regions.join(", "))}; ${report.calls} API calls through the authorising proxy, ${report.seconds} s, seed ${report.seed}.</p>
<div class="tiles">${tiles}</div>
${table("Checks", ["what had to hold", "held", "detail"], report.checks.map((row) => [row.name, row.ok ? "yes" : "NO", row.detail]), true)}
${table(
  "Attacks",
  ["attack", "on", "by", "layer", "result", "by which statement, or how"],
  report.attacks.map((row) => [row.name, row.on, row.by, row.layer, row.result, row.detail]),
  true,
)}
${table(
  "Proof: what is proven of the documents that were deployed",
  ["obligation", "goals", "proved", "holes", "not provable", "states visited"],
  report.proofs.map((row) => [row.obligation, row.goals, row.proved, row.holes, row.notProvable, row.states]),
  true,
)}
${table(
  "Near misses: what would pass its layer without one statement",
  ["policy", "statement", "breaks", "request", "denied", "by"],
  report.nearMisses.map((row) => [row.policy, row.sid, row.obligation, row.request, row.ok ? "yes" : "NO", row.detail]),
)}
${table(
  "Resources",
  ["source", "account", "Region", "resource", "made", "before", "after", "took"],
  report.resources.map((row) => [
    row.source,
    row.account,
    row.region,
    row.resource,
    row.made,
    row.before.join("; ") || "logged",
    row.after.length > 0 ? `unlogged: ${row.after.join("; ")}` : "logged",
    seconds(row.took),
  ]),
)}
${table("Ordinary work", ["what", "by", "result", "detail"], report.ordinary.map((row) => [row.name, row.by, row.result, row.detail]))}
${table(
  "The doctor: what was broken, one at a time, and what it named",
  ["broken", "has to be named", "named", "mend", "took"],
  report.breakages.map((row) => [row.name, row.wanted, row.right === 1 && row.wrong === 0 ? row.found.join("; ") : `NOT AS WANTED: ${row.found.join("; ") || "nothing"}`, row.mend, seconds(row.took)]),
  true,
)}
${table(
  "Statements of the lock",
  ["layer", "policy", "statement", "refused requests that need it"],
  report.statements.map((row) => [row.layer, row.policy, row.sid, row.neededBy]),
)}
${table(
  "Roles: granted against used",
  ["role", "granted", "used", "granted and not used"],
  report.roles.map((row) => [
    row.role,
    row.granted.length,
    row.used.length,
    row.granted.filter((action) => !row.used.includes(action)).join(", "),
  ]),
)}
${table("Bridges: what the emulator lacks", ["bridge", "lacks", "what the lab does"], report.bridges.map((row) => [row.name, row.lacks, row.does]))}
<p class="note">Policies are judged by the project's evaluator on the live state of the emulator, each layer by itself. Not
shown here: AWS's own behaviour (delivery of the logs themselves, eventual consistency, quotas), the management account's
immunity to service control policies, service-linked roles.</p>
</body></html>
`;
}
