/** AWS Config and Amazon GuardDuty as writers into the archive: they write for accounts, as no log source of the table does. */
import type { Condition } from "../../functions/sources/log-source";
import type { Configuration } from "../config/configuration";
import type { NamingClass, StoreClass } from "../names";
import { ANY_ACCOUNT } from "../names";
import { archiveLogs } from "./archive-logs";
import { actingForUs } from "./writers";

export interface ServiceWriter {
  /** Names the statements. */
  readonly kind: string;
  readonly service: string;
  /** Globs of object keys, with any account. */
  readonly keys: readonly string[];
  /** On the buckets, when the service looks whether it could write. */
  readonly looking: readonly string[];
  readonly condition: Condition;
}

const keysOf = (config: Configuration, name: string) => archiveLogs(config).filter((log) => log.name === name).map(({ keys }) => keys.replaceAll("{account}", ANY_ACCOUNT));

/**
 * AWS Config writes as itself where the recorder's role may not: ours may not. It sends no aws:SourceArn.
 * https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-policy.html
 */
const configWriter = (config: Configuration): ServiceWriter => ({
  kind: "configurations",
  service: "config.amazonaws.com",
  keys: keysOf(config, "config"),
  looking: ["s3:GetBucketAcl", "s3:ListBucket"],
  condition: actingForUs(config),
});

/**
 * Findings of the whole organization come from the administrator's detector. Its id is generated, its account and Region
 * are not. https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_exportfindings.html
 */
export function guardDutyWriter(config: Configuration, region: string): ServiceWriter | undefined {
  if (config.services.guardDuty.use === "off") return undefined;
  const account = config.accounts.delegated;
  return {
    kind: "findings",
    service: "guardduty.amazonaws.com",
    keys: keysOf(config, "guardduty"),
    looking: ["s3:GetBucketLocation"],
    condition: { StringEquals: { "aws:SourceAccount": account }, ArnLike: { "aws:SourceArn": `arn:aws:guardduty:${region}:${account}:detector/*` } },
  };
}

/** Those of a Region's bucket. */
export function serviceWritersIn(config: Configuration, region: string, store: StoreClass, naming: NamingClass = ""): readonly ServiceWriter[] {
  if (naming !== "" || (store !== "kms" && store !== "sse-s3")) return [];
  if (store === "sse-s3") return config.services.config.use === "off" ? [] : [configWriter(config)];
  const findings = guardDutyWriter(config, region);
  return findings ? [findings] : [];
}
