/**
 * The same logs of one source by each way: a delivery, the switch of the resource, and CloudWatch's telemetry rules. Each
 * source is taken alone, so that every way begins at the first step of each price.
 */
import { viaOf } from "../../infra/config/configuration";
import { lifetimeOf } from "../../infra/config/lifetimes";
import type { Via } from "../../functions/sources";
import { COMPRESSED_IN_CLOUDWATCH } from "./assumptions";
import { DAYS_A_MONTH } from "./ageing";
import { settledMonth, sum } from "./bill";
import { deliveryLines } from "./delivery";
import type { Organization } from "./organization";
import { usd } from "./price";
import { keepingLines } from "./storage";
import { type Volume, volumes } from "./volumes";

/** USD a month when as much ends as comes in. */
export interface Way {
  /** For getting the logs. */
  readonly get: number;
  /** For keeping them. */
  readonly keep: number;
}

export interface SideBySide {
  readonly source: string;
  /** A month, before compression. */
  readonly gigabytes: number;
  /** Into the archive, with its copies; undefined where the source has no such way. */
  readonly delivery?: Way;
  readonly switch?: Way;
  /** Into CloudWatch Logs of each account, once; undefined where AWS has no rule for it. */
  readonly telemetry?: Way;
  /** The way that the configuration chooses. */
  readonly chosen: Via;
}

/**
 * What AWS's telemetry rules turn on, of buckets only those with a chosen tag.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/telemetry-config-rules.html
 */
export const byTelemetryRules: readonly string[] = ["alb", "cloudfront", "nlb", "route53-resolver", "s3", "vpc"];

function intoArchive(organization: Organization, source: string, via: Via): Way {
  const { config } = organization;
  const other = { ...organization, config: { ...config, sources: { ...config.sources, [source]: { mode: "force" as const, observeIn: [], ...config.sources[source], via } } } };
  const these = volumes(other).filter(({ of }) => of === source);
  return { get: sum(deliveryLines(other, these).filter(({ name }) => name.startsWith(`${source} (`))), keep: sum(keepingLines(other.config, these, settledMonth(other))) };
}

function intoCloudWatch({ config }: Organization, these: readonly Volume[]): Way {
  const regions = [...new Set(these.map(({ region }) => region))];
  const inRegion = (region: string) => these.filter((one) => one.region === region).reduce((all, { plain }) => all + plain, 0);
  const keep = these.reduce((all, { log, plain }) => all + usd("logs.storage", (plain * COMPRESSED_IN_CLOUDWATCH * lifetimeOf(config.archive, log.name).keepDays) / DAYS_A_MONTH), 0);
  return { get: regions.reduce((all, region) => all + usd("logs.vended", inRegion(region)), 0), keep };
}

/** One row a source of the table. */
export function sideBySide(organization: Organization): readonly SideBySide[] {
  const all = volumes(organization);
  return organization.table.map((source): SideBySide => {
    const { name, via } = source;
    const these = all.filter(({ of }) => of === name);
    return {
      source: name,
      gigabytes: organization.sizes[name]!.gigabytes,
      ...(via.includes("delivery") && { delivery: intoArchive(organization, name, "delivery") }),
      ...(via.includes("switch") && { switch: intoArchive(organization, name, "switch") }),
      ...(byTelemetryRules.includes(name) && { telemetry: intoCloudWatch(organization, these) }),
      chosen: viaOf(organization.config, source),
    };
  });
}
