/** What Amazon S3 writes of the stores themselves, into a class of bucket of its own, which no log is written of. */
import { archiveLogs } from "./archive-logs";
import type { ArchiveLog, Recorded } from "./archive-logs";

export interface AuditLog extends ArchiveLog {
  readonly service: string;
  readonly reference: string;
}

export const ACCESS_PREFIX = "access/";
export const INVENTORY_PREFIX = "inventory";

/** Kept apart from the logs of others: an access log of the bucket that takes access logs would be written of itself for ever. */
export const auditLogs: readonly AuditLog[] = [
  {
    name: "store-access",
    store: "audit",
    naming: "",
    keys: `${ACCESS_PREFIX}{account}/*`,
    service: "logging.s3.amazonaws.com",
    reference: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html",
  },
  {
    name: "store-inventory",
    store: "audit",
    naming: "",
    keys: `${INVENTORY_PREFIX}/*`,
    service: "s3.amazonaws.com",
    reference: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/configure-inventory.html",
  },
];

/** Every kind of log that the archive stores. */
export const storedLogs = (recorded: Recorded): readonly ArchiveLog[] => [...archiveLogs(recorded), ...auditLogs];

/** What people may be let read by its name. "*" is every kind of the organization's logs: who read them is told to whom it is given by name. */
export const readableKinds = (recorded: Recorded): readonly ArchiveLog[] => [...archiveLogs(recorded), ...auditLogs.filter(({ name }) => name === "store-access")];
