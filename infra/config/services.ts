/**
 * The section `services:` - the organization's own recorders: its trail, AWS Config, Amazon GuardDuty, IAM Access Analyzer
 * and AWS Security Hub.
 *
 * Each is `create`d, or there already and adopted (`existing`), or `off`. Only the trail is created unless told
 * otherwise: of the others an account and Region takes one, so that creating a second fails in every account.
 */
import { z } from "zod";
import { landingZones } from "../documents/landing-zones";
import { list, object, oneOf, text } from "./rules";

const use = oneOf(["create", "existing", "off"]);
const exceptions = list(oneOf(Object.keys(landingZones) as [string, ...string[]]), "landing zones").default([]);

export const servicesSchema = object({
  trail: object({
    use: use.default("create"),
    /** The ARN of the trail that is there: what the lock protects and the archive admits. */
    existing: text(/^arn:aws:cloudtrail:[a-z0-9-]+:\d{12}:trail\/[\w.-]{3,128}$/, "the ARN of a trail").optional(),
    /** The bucket that the existing trail writes to, where that is not the archive's. */
    existingBucket: text(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "the name of a bucket").optional(),
    dataEvents: list(oneOf(["s3", "lambda"]), "kinds of data events (s3, lambda)").default(["s3", "lambda"]),
    /** Buckets whose objects are not recorded, beside the archive's own. */
    exceptBuckets: list(text(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "the name of a bucket"), "names of buckets").default([]),
    insights: list(oneOf(["ApiCallRateInsight", "ApiErrorRateInsight"]), "insights").default(["ApiCallRateInsight", "ApiErrorRateInsight"]),
    /** Days that the trail is kept in CloudWatch Logs too; 0 streams nothing. */
    streamDays: z
      .literal([0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], {
        error: "0 (no stream) or a number of days that CloudWatch Logs keeps (1, 3, 5, 7, 14, 30, 60, 90, ... 3653)",
      })
      .default(0),
    exceptions,
  }).prefault({}),
  config: object({
    use: use.default("off"),
    aggregator: oneOf(["delegated", "log-archive", "off"]).default("delegated"),
    exceptions,
  }).prefault({}),
  guardDuty: object({
    use: use.default("off"),
    /** Protection plans of the organization's policy, as Amazon GuardDuty's policy syntax names them. */
    plans: list(
      oneOf(["s3_data_events", "eks_audit_logs", "ebs_malware_protection", "rds_login_events", "lambda_network_logs"]),
      "protection plans",
    ).default(["s3_data_events"]),
    exceptions,
  }).prefault({}),
  accessAnalyzer: object({ use: use.default("off") }).prefault({}),
  securityHub: object({ use: use.default("off"), exceptions }).prefault({}),
});

export type Services = z.output<typeof servicesSchema>;
export type ServiceUse = z.output<typeof use>;

