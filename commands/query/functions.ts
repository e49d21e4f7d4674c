/** What Athena's SQL has and DuckDB lacks, taught to DuckDB: the one place where the engines' dialects differ. */

/** A MySQL format, as Trino's date functions take it, in DuckDB's letters. */
const format = (text: string) => `replace(replace(${text}, '%i', '%M'), '%s', '%S')`;

export const functions: readonly string[] = [
  "SET TimeZone = 'UTC'",
  "CREATE MACRO json_extract_scalar(json, path) AS json_extract_string(json, path)",
  "CREATE MACRO from_unixtime(seconds) AS to_timestamp(seconds)",
  `CREATE MACRO date_parse(text, format) AS strptime(text, ${format("format")})`,
  `CREATE MACRO date_format(moment, format) AS strftime(CAST(moment AS TIMESTAMP), ${format("format")})`,
  "CREATE MACRO array_join(list, separator) AS array_to_string(list, separator)",
];
