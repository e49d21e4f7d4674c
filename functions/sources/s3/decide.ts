/** Which buckets are sources of server access logs: pure. */
import { objectOf, textOf } from "../../mechanisms/json";
import type { Names } from "../../../infra/names";

/**
 * Whether a bucket should log: every general purpose bucket but the archive's own stores and their copies, whose logs would
 * be written about their own delivery for ever. Only in the accounts where they are: elsewhere a name like theirs earns no
 * exception.
 */
export function isSource(names: Names, account: string, bucket: string): boolean {
  // Directory buckets (S3 Express One Zone) have no server access logs.
  if (bucket === "" || bucket.endsWith("--x-s3")) return false;
  if (account !== names.accounts.logArchive && account !== names.accounts.backup) return true;
  const parts = account === names.accounts.backup ? (["backup", "records"] as const) : (["storage", "replica"] as const);
  const stores = parts.flatMap((part) =>
    (["kms", "sse-s3", "audit", "places", "pii"] as const).flatMap((store) =>
      (["", "aws-waf-logs-"] as const).map((naming) => names.bucketOf(part, store, "", naming)),
    ),
  );
  return !stores.some((start) => bucket.startsWith(start));
}

/** The bucket that a CloudTrail event names; undefined where it names none. */
export function bucketHints(detail: Readonly<Record<string, unknown>>): readonly string[] | undefined {
  const bucket = textOf(objectOf(detail.requestParameters).bucketName);
  return bucket === "" ? undefined : [bucket];
}
