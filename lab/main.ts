/**
 * `npm run lab`: takes a local organization from unlogged to forced and locked, works in it, attacks it, and backs out.
 *
 * Exit 0 if every resource is forced, no attack slipped, no ordinary work was refused and every check held; 1 if not;
 * 2 on a wrong argument. Writes `lab/out/report.html` and `report.json`. With `--keep` it does not back out: the lab is
 * left running, forced and locked, for commands with `--lab`.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readArguments, refuse } from "../commands/arguments";
import { regionsOfPartition } from "../infra/config/regions";
import { html } from "./report/html";
import { holds, verdictOf } from "./report/report";
import type { Report } from "./report/report";
import { CLOSED_REGION } from "./scenario/targets";
import { tell } from "./story";

const { values } = readArguments("lab", {
  accounts: { type: "string", what: "a whole number from 3 to 20, log-archive and delegated among them", valid: (value) => /^([3-9]|1\d|20)$/.test(value) },
  regions: { type: "string", what: "Regions with commas between them, us-east-1 among them" },
  seed: { type: "string", what: "a whole number", valid: (value) => /^\d{1,9}$/.test(value) },
  keep: { type: "boolean" },
});

function regionsOf(given = "us-east-1,eu-central-1"): string[] {
  const regions = given.split(",");
  const wrong = regions.find((region) => !regionsOfPartition.includes(region));
  if (wrong !== undefined) refuse(`option --regions is given ${JSON.stringify(wrong)}: Regions of partition aws with commas between them are allowed`);
  if (!regions.includes("us-east-1")) refuse(`option --regions is given ${JSON.stringify(given)}: us-east-1 must be among them, where the global services log`);
  if (regions.includes(CLOSED_REGION)) refuse(`option --regions is given ${JSON.stringify(CLOSED_REGION)}: it is the lab's closed Region`);
  if (regions.length < 2) refuse(`option --regions is given ${JSON.stringify(given)}: at least two are needed, since the archive copies its logs`);
  if (new Set(regions).size < regions.length) refuse(`option --regions is given ${JSON.stringify(given)}: each Region once is allowed`);
  return regions;
}

const out = join(__dirname, "out");

async function main(): Promise<void> {
  const settings = {
    members: Number(values.accounts ?? 4),
    regions: regionsOf(values.regions),
    seed: Number(values.seed ?? 1),
    keep: values.keep ?? false,
    out,
  };
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  await tell(settings, show);
}

function show(report: Report): void {
  writeFileSync(join(out, "report.json"), `${JSON.stringify(report, null, 1)}\n`);
  writeFileSync(join(out, "report.html"), html(report));
  const verdict = verdictOf(report);
  for (const row of report.resources) if (row.after.length > 0) console.log(`UNLOGGED  ${row.source} ${row.resource} in ${row.account} ${row.region}: ${row.after.join("; ")}`);
  for (const row of report.attacks) if (row.result === "SLIPPED") console.log(`SLIPPED   ${row.name}, by ${row.by} on ${row.on}: ${row.detail}`);
  for (const row of report.ordinary) if (row.result === "REFUSED") console.log(`REFUSED   ${row.name}, by ${row.by}: ${row.detail}`);
  for (const row of report.checks) if (!row.ok) console.log(`FAILED    ${row.name}: ${row.detail}`);
  console.table(verdict);
  console.log(`${report.calls} calls through the proxy, ${report.seconds} s; ${join("lab", "out", "report.html")}`);
  process.exitCode = holds(verdict) ? 0 : 1;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? (error.stack ?? error.message) : error);
  // What was under way when the lab gave up may never end.
  process.exit(1);
});
