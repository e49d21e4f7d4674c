/** What CloudFront and Amazon S3 log of requests. */
import type { Shape } from "./table";
import { field, textFormat } from "./table";

/** The fields of a standard log, in AWS's order; in JSON each is text. */
const cloudFrontFields = [
  "date", "time", "x-edge-location", "sc-bytes", "c-ip", "cs-method", "cs(Host)", "cs-uri-stem", "sc-status", "cs(Referer)",
  "cs(User-Agent)", "cs-uri-query", "cs(Cookie)", "x-edge-result-type", "x-edge-request-id", "x-host-header", "cs-protocol", "cs-bytes",
  "time-taken", "x-forwarded-for", "ssl-protocol", "ssl-cipher", "x-edge-response-result-type", "cs-protocol-version", "fle-status",
  "fle-encrypted-fields", "c-port", "time-to-first-byte", "x-edge-detailed-result-type", "sc-content-type", "sc-content-len",
  "sc-range-start", "sc-range-end",
];

export const cloudFrontAccess: Shape = {
  title: "CloudFront standard logs (v2)",
  // The day stands within the object's name: Athena reads an account's logs whole, DuckDB only those of the days asked for.
  rest: "*.${date}-*",
  columns: cloudFrontFields.map((name) => field(name)),
  format: { kind: "json" },
  reads: {
    time: "date || 'T' || time || 'Z'",
    resource: "cs_host",
    address: "c_ip",
    method: "cs_method",
    url: "cs_protocol || '://' || x_host_header || cs_uri_stem",
    status: "try_cast(sc_status AS bigint)",
    agent: "cs_user_agent",
  },
  dayOf: "replace(date, '-', '/')",
  reference: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logs-reference.html",
};

export const s3Access: Shape = {
  title: "S3 server access logs, delivered",
  rest: "*",
  columns: [
    ...["schema_version_id", "bucket_arn", "bucket_name", "request_time", "bucket_owner_id", "remote_ip", "requester", "request_id", "operation"].map((name) => field(name)),
    ...["key_name", "request_uri"].map((name) => field(name)),
    field("http_status", "int"),
    field("error_code"),
    field("bytes_sent", "bigint"),
    field("user_agent"),
  ],
  format: { kind: "json" },
  reads: {
    time: "request_time",
    resource: "bucket_name",
    address: "remote_ip",
    method: "operation",
    url: "key_name",
    status: "CAST(http_status AS bigint)",
    agent: "user_agent",
    requester: "requester",
  },
  mark: "schema_version_id IS NOT NULL",
  dayOf: "replace(substr(request_time, 1, 10), '-', '/')",
  reference: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/sal-cw-log-format.html",
  notConfirmed:
    "the keys below AWSLogs/<account>/: Athena reads all that is there, other services' logs too, until one key is known and `rest` narrowed to it; error_code, bytes_sent and user_agent are the text format's names",
};

/** The day of `06/Feb/2019:00:00:38 +0000`, by no engine's own words for dates. */
function dayOfText(separator: string): string {
  const month = "CAST(CAST((strpos('JanFebMarAprMayJunJulAugSepOctNovDec', substr(time, 4, 3)) + 2) / 3 AS integer) AS varchar)";
  return `substr(time, 8, 4) || '${separator}' || lpad(${month}, 2, '0') || '${separator}' || substr(time, 1, 2)`;
}

export const storeAccess: Shape = {
  title: "Requests to the archive's own buckets",
  // The bucket stands before the day.
  rest: "${region}/*/${day}/*",
  ...textFormat([
    "bucket_owner", "bucket", "[time]", "remote_ip", "requester", "request_id", "operation", "key", '"request_uri"', "http_status",
    "error_code", "bytes_sent", "object_size", "total_time", "turn_around_time", '"referrer"', '"user_agent"', "version_id",
  ]),
  reads: {
    time: `${dayOfText("-")} || 'T' || substr(time, 13, 8) || 'Z'`,
    bucket: "bucket",
    address: "remote_ip",
    requester: "requester",
    operation: "operation",
    key: "nullif(key, '-')",
    status: "try_cast(http_status AS bigint)",
    error: "nullif(error_code, '-')",
    agent: "user_agent",
  },
  mark: "time IS NOT NULL",
  dayOf: dayOfText("/"),
  reference: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/LogFormat.html",
};
