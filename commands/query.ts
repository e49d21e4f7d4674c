/**
 * `npm run --silent query -- NAME [--param name=value]... [--engine duckdb|athena] [--from FOLDER|s3://BUCKET/PREFIX]
 * [--workgroup W] [--print] [--lab] [--json] [--config FILE]` asks the archive a named question (docs/queries.md). It reads, and changes nothing but the
 * results that Athena keeps.
 *
 * DuckDB reads the files below FOLDER, or fetches the wanted ones with the caller's credentials from below an address or, without
 * `--from`, from the archive's buckets (`--lab`: from a running lab's, as one of its analysts, of every account of the lab). `tables` in a query's place prints the statements that make Athena's tables,
 * `list` the page of queries. Exit 0 if it was answered, 1 if AWS refuses, 2 on a wrong argument or without logs.
 */
import { AthenaClient } from "@aws-sdk/client-athena";
import type { Configuration } from "../infra/config/configuration";
import { tablesFor } from "../infra/documents/tables";
import { createTable, glueTable } from "../infra/documents/tables/glue";
import type { Table } from "../infra/documents/tables/table";
import { namesFor } from "../infra/names";
import { queries } from "../queries";
import type { Query } from "../queries/query";
import { readArguments, refuse } from "./arguments";
import { configurationOrRefuse } from "./configuration";
import { accountsIn } from "./query/archive";
import { QueryFailed, runByAthena } from "./query/athena";
import { labConnection } from "./lab";
import { queriesPage } from "./query/document";
import { UnreadableLog } from "./query/duckdb";
import { NoSuchLogs } from "./query/files";
import { askLocally, from, fromArchive } from "./query/local";
import { readParameters, type Values } from "./query/parameters";
import { asObjects, asTable, type Rows } from "./query/rows";
import { literal, placed, statementOf } from "./query/statement";

const { values: options, positional: name } = readArguments(
  "query",
  {
    param: { type: "string", what: "name=value", repeated: true },
    engine: { type: "string", allowed: ["duckdb", "athena"] },
    from: { type: "string", what: "a folder, or s3://BUCKET/PREFIX" },
    workgroup: { type: "string", what: "an Athena workgroup" },
    print: { type: "boolean" },
    json: { type: "boolean" },
    lab: { type: "boolean" },
    config: { type: "string", what: "a file" },
  },
  { name: "query", allowed: [...queries.map((query) => query.name), "list", "tables"] },
);

/** What the user can mend; everything else keeps its stack. */
function orRefuse<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    return refuse((error as Error).message);
  }
}

const print = (text: string) => void process.stdout.write(`${text}\n`);

/** Every account by its id: Athena and the statement have to be told. */
async function named(config: Configuration, tables: readonly Table[], values: Values): Promise<Values> {
  if ((values.accounts as readonly string[]).length > 0) return values;
  const accounts = await accountsIn(config, tables);
  if (accounts.length === 0) refuse(`no account has logs of ${tables.map((table) => table.name).join(", ")} in the archive`);
  return { ...values, accounts };
}

/** @param known the accounts there are, where somebody knows them */
async function ask(config: Configuration, query: Query, known: readonly string[] = []): Promise<void> {
  const all = tablesFor(config);
  const tables = all.filter((table) => query.tables.includes(table.name));
  const given = orRefuse(() => readParameters(query, options.param ?? []));
  const values = (given.accounts as readonly string[]).length > 0 || options.from !== undefined ? given : { ...given, accounts: known };
  const engine = options.engine ?? "duckdb";
  if (options.from !== undefined && engine === "athena") refuse("option --from is given with --engine athena: Athena reads the archive, DuckDB a folder");
  if (options.lab && engine === "athena" && !options.print) refuse("option --engine athena is given with --lab: the lab's emulator runs no SQL, so --engine duckdb, or --print, is allowed");
  if (options.workgroup !== undefined && engine === "duckdb") refuse("option --workgroup is given with --engine duckdb: --engine athena is allowed with it");
  let rows: Rows;
  if (options.print || engine === "athena") {
    if (options.print && (values.accounts as readonly string[]).length === 0) refuse("option --print needs --param accounts=ID,ID: Athena has to be told whose logs to read");
    const told = await named(config, tables, values);
    const statement = placed(statementOf(config, query, tables, "athena"), told, literal);
    if (options.print) return print(statement);
    rows = await runByAthena(new AthenaClient({ region: config.homeRegion }), statement, { database: namesFor(config).logDatabase, workgroup: options.workgroup ?? namesFor(config).logWorkgroup() });
  } else rows = await askLocally(config, query, values, options.from === undefined ? fromArchive(config) : from(config, options.from));
  print(options.json ? JSON.stringify(asObjects(rows), null, 2) : asTable(rows));
}

/** The statements that make the tables, for where they are not deployed. */
function tableStatements(config: Configuration): readonly string[] {
  const database = namesFor(config).logDatabase;
  return [`CREATE DATABASE IF NOT EXISTS ${database}`, ...tablesFor(config).map((table) => createTable(database, glueTable(table, config.homeRegion)))];
}

async function main(): Promise<void> {
  if (options.lab && options.config !== undefined) refuse("option --config is given with --lab: the lab has a configuration of its own");
  const lab = options.lab ? await labConnection("analyst") : undefined;
  const config = lab?.configurationOf("log-archive") ?? configurationOrRefuse("log-archive", options.config);
  if (name === "list") return print(options.json ? JSON.stringify(queries.map(({ name, title, tables, parameters }) => ({ name, title, tables, parameters })), null, 2) : queriesPage(config).trimEnd());
  if (name === "tables") return print(options.json ? JSON.stringify(tableStatements(config), null, 2) : tableStatements(config).map((sql) => `${sql};\n`).join("\n").trimEnd());
  // Analysts may list below an account, not the accounts; the lab says which it has.
  return ask(config, queries.find((query) => query.name === name)!, lab && Object.values(lab.accounts).flat());
}

main().catch((error: unknown) => {
  const { name: kind, message } = error as Error;
  if (kind === "CredentialsProviderError") refuse("no AWS credentials were found: those of a reader of the archive are needed (or --from FOLDER)");
  if (error instanceof NoSuchLogs) refuse(message);
  // AWS could not be reached: that is no bug of ours.
  if ("code" in (error as Error) || kind === "TimeoutError") refuse(`AWS could not be reached: ${message}`);
  if (error instanceof QueryFailed || error instanceof UnreadableLog) {
    process.stderr.write(`${message}\n`);
    process.exitCode = 1;
    return;
  }
  // What AWS refuses is the user's to mend, so no stack; anything else keeps its own.
  if ((error as { $metadata?: unknown }).$metadata === undefined) throw error;
  process.stderr.write(`${kind}: ${message}\n`);
  process.exitCode = 1;
});
