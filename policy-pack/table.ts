/**
 * The rules as a Markdown table. `node --require ts-node/register/transpile-only policy-pack/table.ts` writes it into
 * the README beside this file; a test holds the two together.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type NamedRule, rules } from "./policies";

export function rulesTable(all: readonly NamedRule[]): string {
  const rows = all.map(({ id, requirement, needs }) =>
    `| \`${id}\` | ${requirement} | ${needs === "subject" ? "each resource" : "the stack"} |`);
  return ["| rule | requirement | judged on |", "|---|---|---|", ...rows].join("\n");
}

function main(): void {
  const file = join(__dirname, "README.md");
  const [before = "", , after = ""] = readFileSync(file, "utf8").split(/<!-- rules -->\n|\n<!-- end of rules -->/);
  writeFileSync(file, `${before}<!-- rules -->\n${rulesTable(rules)}\n<!-- end of rules -->${after}`);
}

if (require.main === module) main();
