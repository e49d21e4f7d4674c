/**
 * `npm run --silent removals` takes every statement, action, exception, resource, principal, condition and value out of every
 * document once, and writes docs/removals.md: how many there are, how many an obligation misses, and why the others are no
 * weakening. Exit 1 if one has no reason.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { tiers } from "../infra/config/configuration";
import { configurationOf, synthesize } from "../infra/program/synthesize";
import { documentsIn } from "../policy-pack/removals/documents";
import { judged } from "../policy-pack/removals/judged";
import { reasonFor } from "../policy-pack/removals/survivors";
import { readArguments } from "./arguments";

/** A kind of document in a tier, summed up. */
interface Row {
  documents: number;
  removals: number;
  holes: number;
  refused: number;
  notProvable: number;
  survivors: number;
}

const page = (rows: ReadonlyMap<string, Row>, survivors: readonly string[]): string => {
  const total = [...rows.values()].reduce((sum, { removals }) => sum + removals, 0);
  return [
    "# What is missed when it is removed\n",
    `Every statement, action, exception, resource, principal, condition and value of every policy document is taken out once, ${total} in all,`,
    "and each document is judged alone by the obligations (`npm run removals` writes this page from the project's own configuration;",
    "`policy-pack/removals/every.test.ts` does the same on every test run). Documents of the same text, or of another Region alone, count once.\n",
    "| document | documents | removals | missed by a hole | no policy any more | not provable | not missed |",
    "|---|---|---|---|---|---|---|",
    ...[...rows].map(([name, row]) => `| ${name} | ${row.documents} | ${row.removals} | ${row.holes} | ${row.refused} | ${row.notProvable} | ${row.survivors} |`),
    "\n## Not missed, and why that is no weakening\n",
    ...(survivors.length === 0 ? ["None."] : survivors.map((line) => `- ${line}`)),
    "",
  ].join("\n");
};

async function main(): Promise<void> {
  readArguments("removals", {});
  const rows = new Map<string, Row>();
  const survivors: string[] = [];
  for (const tier of tiers)
    for (const deployed of await documentsIn(await synthesize(tier), configurationOf(tier, {}))) {
      const { subject } = deployed;
      const name = `${tier}, ${subject.kind.replaceAll("-", " ")}${subject.resource.template === undefined ? "" : " in a template"}`;
      const row = rows.get(name) ?? { documents: 0, removals: 0, holes: 0, refused: 0, notProvable: 0, survivors: 0 };
      rows.set(name, row);
      row.documents++;
      for (const one of await judged(deployed)) {
        const { by, removal } = one;
        row.removals++;
        if (by === undefined) {
          row.survivors++;
          const reason = await reasonFor(one);
          survivors.push(`\`${deployed.name}\`: ${removal.what} - ${reason ?? "**no reason**"}`);
          if (reason === undefined) process.exitCode = 1;
        } else if (by === "documents-known") row.refused++;
        else row[by.answer.verdict === "hole" ? "holes" : "notProvable"]++;
      }
    }
  writeFileSync(join(__dirname, "..", "docs", "removals.md"), page(rows, survivors));
}

void main();
