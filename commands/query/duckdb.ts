/**
 * Runs a query over log files by DuckDB, in memory. Nothing is downloaded: JSON, CSV and compression are built in, and
 * DuckDB is told to fetch no extension and, once the files are known, to open no other.
 */
import { DuckDBInstance, type DuckDBConnection } from "@duckdb/node-api";
import type { Column, Table } from "../../infra/documents/tables/table";
import { partitions } from "../../infra/documents/tables/table";
import type { LogFile } from "./files";
import { functions } from "./functions";
import type { Values } from "./parameters";
import type { Rows } from "./rows";
import { literal, placed } from "./statement";

/** CloudTrail's objects are one line each; DuckDB's own limit is 16 MB. */
const LONGEST_OBJECT = 1 << 30;

const simple: Readonly<Record<string, string>> = { string: "VARCHAR", bigint: "BIGINT", int: "INTEGER", double: "DOUBLE", json: "JSON" };

/** Splits at the commas that are in no bracket. */
function members(text: string): readonly string[] {
  let depth = 0;
  let start = 0;
  const found: string[] = [];
  [...text].forEach((letter, at) => {
    if (letter === "<") depth++;
    if (letter === ">") depth--;
    if (letter === "," && depth === 0) {
      found.push(text.slice(start, at));
      start = at + 1;
    }
  });
  return [...found, text.slice(start)];
}

/** Hive's type in DuckDB's words. @throws Error on one that no table has so far */
export function duckType(type: string): string {
  const inner = type.slice(type.indexOf("<") + 1, -1);
  if (type.startsWith("array<")) return `${duckType(inner)}[]`;
  if (type.startsWith("struct<")) {
    const fields = members(inner).map((member) => [member.slice(0, member.indexOf(":")), member.slice(member.indexOf(":") + 1)] as const);
    return `STRUCT(${fields.map(([name, of]) => `"${name}" ${duckType(of)}`).join(", ")})`;
  }
  const found = simple[type];
  if (found === undefined) throw new Error(`no type of DuckDB is known for ${type}`);
  return found;
}

const keyOf = ({ name, field }: Column) => field ?? name;
const list = (values: readonly string[]) => `[${values.map(literal).join(", ")}]`;
/** A JSON column is text to a query, as it is to Athena. */
const selected = (columns: readonly Column[], of: string) =>
  columns.map((column) => `${column.type === "json" ? `CAST(${of}"${keyOf(column)}" AS VARCHAR)` : `${of}"${keyOf(column)}"`} AS ${column.name}`).join(", ");
const structOf = (columns: readonly Column[]) => columns.map((column) => `"${keyOf(column)}" ${duckType(column.type)}`).join(", ");

/** A table's rows out of its files, with the file that each is from. */
function reader({ format, columns }: Table, files: string): string {
  const lines = (options: string) => `read_csv(${files}, columns = {line: 'VARCHAR'}, delim = chr(0), quote = '', escape = '', header = false, auto_detect = false, filename = true${options})`;
  switch (format.kind) {
    case "json": {
      const typed = columns.map((column) => `${literal(keyOf(column))}: ${literal(duckType(column.type))}`).join(", ");
      return `SELECT ${selected(columns, "")}, filename FROM read_json(${files}, format = 'newline_delimited', ignore_errors = true, filename = true, columns = {${typed}})`;
    }
    case "list":
      return (
        `SELECT ${selected(columns, "item.")}, filename FROM (SELECT unnest("${format.items}") AS item, filename ` +
        `FROM read_json(${files}, format = 'auto', maximum_object_size = ${LONGEST_OBJECT}, filename = true, columns = {${literal(format.items)}: ${literal(`STRUCT(${structOf(columns)})[]`)}}))`
      );
    case "spaced": {
      const values = columns.map(({ name, type }, at) => `try_cast(fields[${at + 1}] AS ${duckType(type)}) AS ${name}`).join(", ");
      return `SELECT ${values}, filename FROM (SELECT string_split(line, ' ') AS fields, filename FROM ${lines(", skip = 1")})`;
    }
    case "regex":
      return (
        `SELECT unnest(parsed), filename FROM (SELECT regexp_extract(line, ${literal(format.pattern)}, ${list(columns.map(({ name }) => name))}) AS parsed, filename ` +
        `FROM ${lines("")} WHERE regexp_matches(line, ${literal(format.pattern)}))`
      );
  }
}

/** A file that is no log of its kind, or is broken: DuckDB says which. */
export class UnreadableLog extends Error {}

/** How DuckDB's complaints about files begin; what is wrong with SQL is ours to mend. */
const aboutFiles = /^(IO|Invalid Input) Error/;

/** A view of a table's files; without any, a table of no rows. */
async function define(connection: DuckDBConnection, database: string, table: Table, files: readonly LogFile[]): Promise<void> {
  const mine = files.filter((file) => file.table === table.name);
  const known = partitions(table);
  if (mine.length === 0) {
    const columns = [...table.columns.map(({ name, type }) => `${name} ${type === "json" ? "VARCHAR" : duckType(type)}`), ...known.map((name) => `${name} VARCHAR`)];
    await connection.run(`CREATE TABLE ${database}.${table.name} (${columns.join(", ")})`);
    return;
  }
  const rows = mine.map(({ path, ...keyed }) => `(${[path, ...known.map((name) => keyed[name])].map((value) => (value === undefined ? "NULL" : literal(value))).join(", ")})`);
  await connection.run(`CREATE TABLE ${database}._${table.name} AS SELECT * FROM (VALUES ${rows.join(", ")}) AS files (${["path", ...known].join(", ")})`);
  await connection.run(
    `CREATE VIEW ${database}.${table.name} AS SELECT logs.* EXCLUDE (filename), ${known.map((name) => `files.${name}`).join(", ")} ` +
      `FROM (${reader(table, list(mine.map(({ path }) => path)))}) AS logs JOIN ${database}._${table.name} AS files ON files.path = logs.filename`,
  );
}

/**
 * @param statement with `{name}` where a value goes: each is bound, none becomes part of the SQL
 * @param values with every account by its id
 * @param tables that the statement reads
 * @throws UnreadableLog in one line
 */
export async function runLocally(statement: string, values: Values, database: string, tables: readonly Table[], files: readonly LogFile[]): Promise<Rows> {
  const instance = await DuckDBInstance.create(":memory:", { autoinstall_known_extensions: "false", autoload_known_extensions: "false" });
  const connection = await instance.connect();
  try {
    await connection.run(`SET allowed_paths = ${list(files.map(({ path }) => path))}`);
    await connection.run("SET enable_external_access = false");
    await connection.run(`CREATE SCHEMA ${database}`);
    for (const sql of functions) await connection.run(sql);
    for (const table of tables) await define(connection, database, table, files);
    await connection.run("SET lock_configuration = true");
    const bound: (string | number)[] = [];
    const sql = placed(statement, values, (value) => `$${bound.push(value)}`);
    const result = await connection.runAndReadAll(sql, bound);
    const types = result.columnTypes().map(String);
    const columns = result.columnNames();
    const rows = result.getRowsJson().map((row) => row.map((value, at) => (value !== null && /INT|DOUBLE/.test(types[at]!) ? Number(value) : value)));
    return { columns, rows: rows as Rows["rows"] };
  } catch (error) {
    const { message } = error as Error;
    throw aboutFiles.test(message) ? new UnreadableLog(message.split("\n")[0]) : error;
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
