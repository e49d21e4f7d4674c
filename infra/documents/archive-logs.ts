/** Every kind of log that lies in the archive, by the name that the configuration gives it: where, and under which keys. */
import { sources } from "../../functions/sources";
import type { LogSource } from "../../functions/sources/log-source";
import { viaOf } from "../config/configuration";
import { ANY_ACCOUNT } from "../names";
import type { NamingClass, StoreClass } from "../names";

export interface ArchiveLog {
  /** A source's kind of log (`vpc-flow-log`), or `trail`, `config`, `guardduty`. */
  readonly name: string;
  readonly store: StoreClass;
  readonly naming: NamingClass;
  /** A glob in which `{account}` stands for the account that the log is of. */
  readonly keys: string;
}

/** What is asked of the configuration; `Entries` has it before it is a `Configuration`. */
export interface Recorded {
  readonly organizationId: string;
  readonly sources: Readonly<Record<string, { readonly via?: "delivery" | "switch" }>>;
}

/**
 * The prefixes keep AWS Config's and GuardDuty's objects apart from kinds of log whose keys begin with AWSLogs/<account>/.
 * AWS Config's delivery channel does not take a bucket with Object Lock's default retention, which the class of buckets that
 * Amazon S3 encrypts never has. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-config-deliverychannel.html
 */
export const CONFIG_PREFIX = "config";
export const GUARDDUTY_PREFIX = "guardduty";

export function archiveLogs({ organizationId, sources: settings }: Recorded, table: readonly LogSource[] = sources): readonly ArchiveLog[] {
  return [
    ...table.flatMap((source) =>
      source.kinds(viaOf({ sources: settings }, source)).map(({ kind, store, naming = "", keys }) => ({ name: kind, store, naming, keys })),
    ),
    { name: "trail", store: "kms", naming: "", keys: `AWSLogs/${organizationId}/{account}/*` },
    { name: "config", store: "sse-s3", naming: "", keys: `${CONFIG_PREFIX}/AWSLogs/{account}/Config/*` },
    { name: "guardduty", store: "kms", naming: "", keys: `${GUARDDUTY_PREFIX}/AWSLogs/{account}/GuardDuty/*` },
  ];
}

/** Whether every key under a prefix is one that this log may have; the prefix may leave the account open by twelve `?`. */
export function holdsPrefix({ keys }: Pick<ArchiveLog, "keys">, prefix: string): boolean {
  const pattern = keys
    .split(/(\{account\}|\*)/)
    .map((part) => (part === "{account}" ? String.raw`(\d{12}|\?{12})` : part === "*" ? ".*" : part.replace(/\W/g, "\\$&")))
    .join("");
  return new RegExp(`^${pattern}$`).test(prefix);
}

/** The keys of a log, of these accounts or of any. */
export const keysOf = ({ keys }: Pick<ArchiveLog, "keys">, accounts: readonly string[]): readonly string[] =>
  (accounts.length === 0 ? [ANY_ACCOUNT] : accounts).map((account) => keys.replaceAll("{account}", account));
