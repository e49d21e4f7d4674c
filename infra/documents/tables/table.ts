/**
 * One kind of stored log as a table: where its objects lie, how a line of them reads, and what a query sees of it.
 * Glue's tables, Athena's DDL and DuckDB's views are all derived from this.
 */

/** A type as Hive writes it, with struct fields in the log's own case; `json` is any JSON, kept as its text. */
export type ColumnType = string;

export interface Column {
  /** Lower case with underscores, as Glue and both engines know it. */
  readonly name: string;
  readonly type: ColumnType;
  /** The key in a JSON record, where the column has another name. */
  readonly field?: string;
}

/** How a stored object reads. */
export type Format =
  /** One JSON object a line. */
  | { readonly kind: "json" }
  /** One JSON object an object of S3; its rows are the items of one list. */
  | { readonly kind: "list"; readonly items: string }
  /** Fields with a space between; the first line names them. */
  | { readonly kind: "spaced" }
  /** A regular expression with a group a column, which Java's and RE2's engines read alike. */
  | { readonly kind: "regex"; readonly pattern: string };

/** What every object of a kind of log has in common, whatever the configuration. */
export interface Shape {
  readonly title: string;
  /** What follows the part of the keys that the archive admits; `${region}`, `${day}` (yyyy/MM/dd), `${date}` (yyyy-MM-dd) and `*`. */
  readonly rest: string;
  readonly columns: readonly Column[];
  readonly format: Format;
  /** What a query sees: a name -> SQL over the columns. `time` is ISO 8601 text in UTC. */
  readonly reads: Readonly<Record<string, string>>;
  /** SQL that holds for rows of this table alone, where other kinds of log lie under the same keys. */
  readonly mark?: string;
  /** SQL for a row's day (yyyy/MM/dd), where the key has none that Athena can project. */
  readonly dayOf?: string;
  /** AWS's page on the format. */
  readonly reference: string;
  /** What AWS does not document of it. */
  readonly notConfirmed?: string;
}

export interface Table extends Shape {
  readonly name: string;
  /** The kind of log, as the configuration calls it. */
  readonly log: string;
  /** May hold `${region}`. */
  readonly bucket: string;
  /** A whole key, with `${account}` and the variables of `rest`. */
  readonly keys: string;
  /** The values of `${region}`. */
  readonly regions: readonly string[];
}

/** A column of a JSON record: the key in lower case, with underscores for what no name may hold. */
export const field = (key: string, type: ColumnType = "string", name = key.toLowerCase().replace(/\W+/g, "_").replace(/_$/, "")): Column => ({
  name,
  type,
  ...(name !== key && { field: key }),
});

/** The part of a table's keys that partitions reach: up to the last slash before the first `*` or date within a name. */
export function location({ keys }: Pick<Table, "keys">): string {
  const fixed = keys.split(/\*|\$\{date\}/)[0]!;
  return fixed.slice(0, fixed.lastIndexOf("/") + 1);
}

/** The variables that partition a table, in the order of its partition columns. */
export function partitions(table: Pick<Table, "keys" | "bucket">): readonly ("account" | "region" | "day")[] {
  const where = table.bucket + location(table);
  return (["account", "region", "day"] as const).filter((name) => where.includes(`\${${name}}`));
}

/** A text format as a regular expression: `name` for a bare field, `"name"` for a quoted one, `[name]` for one in brackets. */
export function textFormat(fields: readonly string[], first = "[^ ]*"): Pick<Shape, "columns" | "format"> {
  const names = fields.map((text) => text.replace(/\W/g, ""));
  const patterns = fields.map((text, index) => {
    if (text.startsWith('"')) return '"([^"]*)"';
    if (text.startsWith("[")) return String.raw`\[([^\]]*)\]`;
    return index === 0 ? `(${first})` : "([^ ]*)";
  });
  return {
    // AWS adds fields at the end; they are kept, unnamed.
    columns: [...names, "more"].map((name) => ({ name, type: "string" })),
    format: { kind: "regex", pattern: `^${patterns.join(" ")}( .*)?$` },
  };
}
