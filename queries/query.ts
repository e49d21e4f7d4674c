/**
 * A named query: one question that investigators ask, as SQL that Athena and DuckDB both run.
 *
 * It is written in Athena's SQL over the names that each table's `reads` gives (infra/documents/tables), and DuckDB is
 * taught the few functions that it lacks (commands/query/functions.ts). `{name}` stands for a parameter's value; whose
 * logs and which days are chosen before the query sees a row.
 */
import type { Configuration } from "../infra/config/configuration";
import type { Kind } from "./kinds";

export interface Parameter {
  readonly what: string;
  readonly kind: Kind;
  /** What counts where none is given; without it the parameter has to be given. */
  readonly default?: string;
}

export interface Query {
  /** The file's name. */
  readonly name: string;
  /** The question that it answers. */
  readonly title: string;
  /** The tables that it reads. */
  readonly tables: readonly string[];
  readonly parameters: Readonly<Record<string, Parameter>>;
  readonly sql: (config: Configuration) => string;
}

/** A list of texts in SQL's quotes; for what the program itself knows, never for what a user gave. */
export const listOf = (values: readonly string[]): string => [...new Set(values)].sort().map((value) => `'${value.replaceAll("'", "''")}'`).join(", ");

export const limit: Parameter = { what: "rows at most", kind: "count", default: "50" };
