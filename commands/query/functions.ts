/** What Athena's SQL has and DuckDB lacks, taught to DuckDB: the one place where the engines' dialects differ. */
export const functions: readonly string[] = [
  "SET TimeZone = 'UTC'",
  "CREATE MACRO json_extract_scalar(json, path) AS json_extract_string(json, path)",
  "CREATE MACRO from_unixtime(seconds) AS to_timestamp(seconds)",
  // As Trino writes a moment in UTC: with milliseconds.
  "CREATE MACRO to_iso8601(moment) AS strftime(CAST(moment AS TIMESTAMP), '%Y-%m-%dT%H:%M:%S.%gZ')",
  "CREATE MACRO array_join(list, separator) AS array_to_string(list, separator)",
];
