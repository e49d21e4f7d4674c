/**
 * A table as the Glue catalog keeps it, with partition projection: Athena computes where an account's, Region's and day's
 * logs lie, and nobody adds partitions. https://docs.aws.amazon.com/athena/latest/ug/partition-projection.html
 *
 * Accounts are "injected": a query has to name them, since no configuration knows which accounts an organization has.
 */
import { location, partitions } from "./table";
import type { Column, Format, Table } from "./table";

export interface GlueColumn {
  readonly name: string;
  readonly type: string;
}

/** As `aws.glue.CatalogTable` takes it. */
export interface GlueTable {
  readonly name: string;
  readonly description: string;
  readonly tableType: "EXTERNAL_TABLE";
  readonly parameters: Readonly<Record<string, string>>;
  readonly partitionKeys: readonly GlueColumn[];
  readonly storageDescriptor: {
    readonly location: string;
    readonly inputFormat: string;
    readonly outputFormat: string;
    readonly columns: readonly GlueColumn[];
    readonly serDeInfo: { readonly serializationLibrary: string; readonly parameters: Readonly<Record<string, string>> };
  };
}

/** The first day that a table knows; Athena looks at no day that a query does not ask for. */
const FIRST_DAY = "2020/01/01";

const text = { inputFormat: "org.apache.hadoop.mapred.TextInputFormat", outputFormat: "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat" };

/** Hive knows no JSON type: the text of a value is a string to it. */
const hive = (type: string) => type.replaceAll("json", "string");
const glueColumn = ({ name, type }: Column): GlueColumn => ({ name, type: hive(type) });

/** Whether a stored object is one row, whose list a query takes apart; CloudTrail's input format does so itself. */
export const isOneRow = (format: Format): boolean => format.kind === "list" && format.items !== "Records";

function reading({ format, columns }: Table): Omit<GlueTable["storageDescriptor"], "location"> {
  const plain = columns.map(glueColumn);
  const openX = (mapped: readonly Column[]) => ({
    serializationLibrary: "org.openx.data.jsonserde.JsonSerDe",
    parameters: {
      "ignore.malformed.json": "true",
      // The SerDe reads every key in lower case.
      ...Object.fromEntries(mapped.flatMap(({ name, field }) => (field && field.toLowerCase() !== name ? [[`mapping.${name}`, field.toLowerCase()]] : []))),
    },
  });
  switch (format.kind) {
    case "json":
      return { ...text, columns: plain, serDeInfo: openX(columns) };
    case "list":
      if (!isOneRow(format))
        return {
          ...text,
          inputFormat: "com.amazon.emr.cloudtrail.CloudTrailInputFormat",
          columns: plain,
          serDeInfo: { serializationLibrary: "org.apache.hive.hcatalog.data.JsonSerDe", parameters: { "serialization.format": "1" } },
        };
      return {
        ...text,
        columns: [{ name: format.items.toLowerCase(), type: `array<struct<${plain.map(({ name, type }) => `${name}:${type}`).join(",")}>>` }],
        serDeInfo: openX([]),
      };
    case "spaced":
      return {
        ...text,
        columns: plain,
        serDeInfo: { serializationLibrary: "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe", parameters: { "field.delim": " ", "serialization.format": " " } },
      };
    case "regex":
      return { ...text, columns: plain, serDeInfo: { serializationLibrary: "org.apache.hadoop.hive.serde2.RegexSerDe", parameters: { "input.regex": format.pattern } } };
  }
}

const projections = (regions: readonly string[]) => ({
  account: { type: "injected" },
  region: { type: "enum", values: regions.join(",") },
  day: { type: "date", format: "yyyy/MM/dd", range: `${FIRST_DAY},NOW`, interval: "1", "interval.unit": "DAYS" },
});

/** @param homeRegion stands in for the Region in the one location that a table has beside its template */
export function glueTable(table: Table, homeRegion: string): GlueTable {
  const names = partitions(table);
  const at = `s3://${table.bucket}/${location(table)}`;
  const projected = projections(table.regions);
  return {
    name: table.name,
    description: table.title,
    tableType: "EXTERNAL_TABLE",
    parameters: {
      EXTERNAL: "TRUE",
      ...(table.format.kind === "spaced" && { "skip.header.line.count": "1" }),
      "projection.enabled": "true",
      ...Object.fromEntries(names.flatMap((name) => Object.entries(projected[name]).map(([key, value]) => [`projection.${name}.${key}`, value]))),
      // NC: that a variable may stand in the bucket's name too.
      "storage.location.template": at,
    },
    partitionKeys: names.map((name) => ({ name, type: "string" })),
    storageDescriptor: { location: at.replace("${region}", homeRegion).split("${")[0]!, ...reading(table) },
  };
}

/** In Hive's quotes, where a backslash escapes. */
const quoted = (value: string) => `'${value.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
const properties = (entries: Readonly<Record<string, string>>) =>
  Object.entries(entries).map(([key, value]) => `  ${quoted(key)} = ${quoted(value)}`).join(",\n");
const columnList = (columns: readonly GlueColumn[]) => columns.map(({ name, type }) => `  \`${name}\` ${type}`).join(",\n");

/** The same as a statement for Athena, for whoever makes the tables by hand. */
export function createTable(database: string, { name, description, parameters, partitionKeys, storageDescriptor: { location: at, inputFormat, outputFormat, columns, serDeInfo } }: GlueTable): string {
  return [
    `CREATE EXTERNAL TABLE IF NOT EXISTS ${database}.${name} (\n${columnList(columns)}\n)`,
    `COMMENT ${quoted(description)}`,
    `PARTITIONED BY (\n${columnList(partitionKeys)}\n)`,
    `ROW FORMAT SERDE ${quoted(serDeInfo.serializationLibrary)}`,
    `WITH SERDEPROPERTIES (\n${properties(serDeInfo.parameters)}\n)`,
    `STORED AS INPUTFORMAT ${quoted(inputFormat)}`,
    `OUTPUTFORMAT ${quoted(outputFormat)}`,
    `LOCATION ${quoted(at)}`,
    `TBLPROPERTIES (\n${properties(Object.fromEntries(Object.entries(parameters).filter(([key]) => key !== "EXTERNAL")))}\n)`,
  ].join("\n");
}
