/** The queries as a page (docs/queries.md), out of the queries themselves. */
import type { Configuration } from "../../infra/config/configuration";
import { tablesFor, withoutTable } from "../../infra/documents/tables";
import { location, partitions } from "../../infra/documents/tables/table";
import { queries } from "../../queries";
import { kindOf } from "../../queries/kinds";
import { plantedParams } from "../../queries/samples/planted";
import type { Parameter } from "../../queries/query";

const cell = (text: string) => text.replaceAll("|", "\\|");
const row = (...cells: readonly string[]) => `| ${cells.map(cell).join(" | ")} |`;

const parameter = ([name, { kind, default: usual }]: readonly [string, Parameter]) => `\`${name}\` (${kindOf(kind).what}${usual === undefined ? "" : `; ${usual}`})`;

/** @param config for the tables' names; ids do not enter */
export function queriesPage(config: Configuration): string {
  const tables = tablesFor(config);
  return [
    "# Named queries",
    "",
    "Made by `npm run --silent query -- list > docs/queries.md`; a test holds it to the queries.",
    "",
    "Every query also takes `accounts` (account ids with commas between; all), `from` and `to` (days, UTC; the last seven).",
    "",
    "Whose logs and of which days are found by their keys: `--from` takes a folder, or an address in Amazon S3, with files under the keys",
    "that they have in the archive (below), at any depth. Without it they are fetched from the archive's buckets; a reader who may not list the",
    "accounts names them. `who-read-the-archive` needs a reader whom `fall:people` gives `store-access` by name: `*` leaves it out.",
    "",
    row("query", "answers", "reads", "parameters"),
    row("---", "---", "---", "---"),
    ...queries.map((query) => row(`\`${query.name}\``, query.title, query.tables.map((name) => `\`${name}\``).join(", "), Object.entries(query.parameters).map(parameter).join("; "))),
    "",
    "## In the lab",
    "",
    "`npm run lab -- --keep` has each service deliver samples in its own format, of the day before, and leaves them to be asked about:",
    "",
    "```sh",
    ...queries.map(({ name }) => ["npm run --silent query --", name, "--lab", ...(plantedParams[name] ?? []).map((given) => `--param ${given}`)].join(" ")),
    "```",
    "",
    "## Tables",
    "",
    "One for every kind of log that is stored. A query sees the names under \"reads\"; the columns are those of AWS's page.",
    "",
    row("table", "holds", "partitions", "keys", "a query reads", "not confirmed on AWS"),
    row("---", "---", "---", "---", "---", "---"),
    ...tables.map((table) =>
      row(
        `\`${table.name}\``,
        `[${table.title}](${table.reference})`,
        partitions(table).join(", "),
        `\`${location(table).replaceAll(config.organizationId, "o-...")}\``,
        ["account", ...(partitions(table).includes("region") ? ["region"] : []), "day", ...Object.keys(table.reads)].join(", "),
        table.notConfirmed ?? "",
      ),
    ),
    "",
    ...Object.entries(withoutTable).map(([name, why]) => `No table for \`${name}\`: ${why}.`),
    "",
  ].join("\n");
}
