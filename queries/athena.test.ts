import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { readParameters } from "../commands/query/parameters";
import { literal, placed, statementOf } from "../commands/query/statement";
import { kept, largest, ordinary, switched } from "../infra/documents/configurations-for-tests";
import { tablesFor } from "../infra/documents/tables";
import { createTable, glueTable } from "../infra/documents/tables/glue";
import { namesFor } from "../infra/names";
import { queries } from ".";

const root = join(__dirname, "..");

function complaints(texts: readonly string[]): readonly (string | null)[] {
  const done = spawnSync(join(root, ".venv", "bin", "python"), [join(__dirname, "samples", "parse.py")], { input: JSON.stringify(texts), encoding: "utf8" });
  if (done.status !== 0) throw new Error(done.stderr || String(done.error));
  return JSON.parse(done.stdout) as (string | null)[];
}

const given: Readonly<Record<string, string>> = {
  address: "address=2001:db8::1", domain: "domain=example.com", interface: "interface=eni-1235b8ca123456789", resource: "resource=sg-1", vpc: "vpc=any", severity: "severity=7.5",
};
const statements = [ordinary, switched, largest, kept].flatMap((config) => {
  const tables = tablesFor(config);
  return [
    ...tables.map((table) => createTable(namesFor(config).logDatabase, glueTable(table, config.homeRegion))),
    ...queries.map((query) => {
      const values = readParameters(query, Object.keys(query.parameters).flatMap((name) => given[name] ?? []));
      return placed(statementOf(config, query, tables, "athena"), { ...values, accounts: ["111111111111", "222222222222"] }, literal);
    }),
  ];
});

test("every query and every table parses under Athena's grammar", () => {
  expect(complaints(statements).filter((one) => one !== null)).toEqual([]);
});

test("what does not parse is complained of: a table's type, a query's word, a second statement, what is no SQL", () => {
  const table = statements.find((text) => text.startsWith("CREATE"))!;
  const query = statements.find((text) => text.startsWith("WITH"))!;
  const broken = [
    table.replace("PARTITIONED BY (", "PARTITIONED BY"),
    table.replace("ROW FORMAT SERDE", "ROW FORMAT"),
    query.replace("ORDER BY", "ORDER"),
    query.replace("SELECT", "SELECT SELECT"),
    `${query}; DROP TABLE fall_logs.trail`,
    "MSCK REPAIR this is nothing",
  ];
  expect(complaints(broken)).not.toContain(null);
});
