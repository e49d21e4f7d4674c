/** A named query as one statement: each table it reads, narrowed to the accounts and days asked for, then its own SQL. */
import type { Configuration } from "../../infra/config/configuration";
import { partitions } from "../../infra/documents/tables/table";
import type { Table } from "../../infra/documents/tables/table";
import { isOneRow } from "../../infra/documents/tables/glue";
import { namesFor } from "../../infra/names";
import type { Query } from "../../queries/query";
import type { Value, Values } from "./parameters";

/** Where an engine's tables differ: a list within a stored object is taken apart by Athena's statement, by DuckDB's view. */
export type Engine = "athena" | "duckdb";

function from(table: Table, database: string, engine: Engine): string {
  const { format, columns, name } = table;
  if (engine === "duckdb" || !isOneRow(format) || format.kind !== "list") return `${database}.${name}`;
  return `${database}.${name} CROSS JOIN UNNEST(${format.items.toLowerCase()}) AS item (${columns.map((column) => column.name).join(", ")})`;
}

/** What a query sees of a table. The conditions stand beside the table, so that Athena opens only the partitions they name. */
function relation(table: Table, database: string, engine: Engine): string {
  const columns = partitions(table);
  const day = table.dayOf ?? "day";
  const seen = [
    ...columns.filter((name) => name !== "day"),
    day === "day" ? day : `${day} AS day`,
    ...Object.entries(table.reads).map(([name, sql]) => (name === sql ? name : `${sql} AS ${name}`)),
  ];
  const where = ["account IN ({accounts})", `${day} BETWEEN {from} AND {to}`, ...(table.mark ? [table.mark] : [])];
  return `${table.name} AS (\n  SELECT ${seen.join(",\n    ")}\n  FROM ${from(table, database, engine)}\n  WHERE ${where.join("\n    AND ")}\n)`;
}

/** The statement, with `{name}` where a parameter's value goes. */
export function statementOf(config: Configuration, query: Query, tables: readonly Table[], engine: Engine): string {
  const relations = query.tables.map((name) => relation(tables.find((table) => table.name === name)!, namesFor(config).logDatabase, engine));
  return `WITH ${relations.join(",\n")}\n${query.sql(config)}`;
}

/**
 * Puts something in the place of every parameter.
 *
 * @param place is given each single value: of a list, one after the other
 * @throws Error on a place for which there is no value, which is a query's mistake
 */
export function placed(statement: string, values: Values, place: (value: string | number) => string): string {
  return statement.replace(/\{([a-z_]+)\}/g, (_, name: string) => {
    if (!Object.hasOwn(values, name)) throw new Error(`the query has a place {${name}} and no such parameter`);
    const value: Value = values[name]!;
    return typeof value === "object" ? value.map(place).join(", ") : place(value);
  });
}

/** A value as SQL's own text: a quote within is doubled, and nothing else has a meaning in quotes, to neither engine. */
export const literal = (value: string | number): string => (typeof value === "number" ? String(value) : `'${value.replaceAll("'", "''")}'`);
