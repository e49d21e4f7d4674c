/** What the organization's own recorders cost where the configuration makes them: trail, AWS Config, GuardDuty, Security Hub. */
import { COMPRESSED_IN_CLOUDWATCH, WRITES } from "./assumptions";
import { DAYS_A_MONTH, held } from "./ageing";
import type { Line } from "./line";
import { type Organization, places } from "./organization";
import { usd } from "./price";
import { trailEvents, type Volume } from "./volumes";

const line = (name: string, id: string, quantity: number, unit: string, note?: string): Line => ({ group: "Recorders", name, quantity, unit, usd: usd(id, quantity), prices: [id], ...(note !== undefined && { note }) });

/** The same in each account and Region, whose steps are counted apart. */
const inEach = (name: string, id: string, quantity: number, unit: string, times: number, note?: string): Line => ({ ...line(name, id, quantity * times, unit, note), usd: usd(id, quantity) * times });

function trailLines(organization: Organization, volumes: readonly Volume[], month: number): readonly Line[] {
  const { trail } = organization.config.services;
  if (trail.use !== "create") return [];
  const { management, data } = trailEvents(organization);
  // What writes is looked at for both.
  const analysed = management * ((trail.insights.includes("ApiCallRateInsight") ? WRITES : 0) + (trail.insights.includes("ApiErrorRateInsight") ? 1 : 0));
  const streamed = volumes.filter(({ of }) => of === "trail").reduce((sum, { plain }) => sum + plain, 0);
  return [
    line("CloudTrail, management events", "cloudtrail.management", management, "events", "the first copy is free"),
    line("CloudTrail, data events", "cloudtrail.data", data, "events"),
    line("CloudTrail, insights", "cloudtrail.insights", analysed, "events analysed"),
    ...(trail.streamDays > 0
      ? [
          line("CloudTrail, stream to CloudWatch Logs", "logs.ingestion", streamed, "GB"),
          line("CloudTrail, stream kept", "logs.storage", held(streamed * COMPRESSED_IN_CLOUDWATCH, 0, trail.streamDays, month), "GB-month"),
        ]
      : []),
  ];
}

function guardDutyLines(organization: Organization): readonly Line[] {
  const { drivers, sizes, config } = organization;
  const { use, plans } = config.services.guardDuty;
  if (use !== "create") return [];
  const each = places(organization);
  // It reads flows and queries by itself, whether or not they are logged: about as much as the logs of them.
  const network = ((sizes.vpc?.gigabytes ?? 0) + (sizes["route53-resolver"]?.gigabytes ?? 0)) / each;
  return [
    line("GuardDuty, management events", "guardduty.management", drivers["management-events"] * each, "events"),
    inEach("GuardDuty, flows and DNS queries", "guardduty.network", network, "GB", each),
    ...(plans.includes("s3_data_events") ? [inEach("GuardDuty, events of S3", "guardduty.s3", drivers["s3-data-events"], "events", each)] : []),
  ];
}

/** @param month the first is 1 */
export function recordingLines(organization: Organization, volumes: readonly Volume[], month: number): readonly Line[] {
  const { config, drivers } = organization;
  const { config: recording, securityHub, accessAnalyzer } = config.services;
  const each = places(organization);
  return [
    ...trailLines(organization, volumes, month),
    ...(recording.use === "create" ? [line("AWS Config, items", "config.item", drivers["config-items"] * each, "items")] : []),
    ...guardDutyLines(organization),
    ...(securityHub.use === "create"
      ? [inEach("Security Hub, checks", "securityhub.check", drivers["security-checks"], "checks", each), inEach("Security Hub, findings of others", "securityhub.finding", drivers.findings, "findings", each)]
      : []),
    ...(accessAnalyzer.use === "create" ? [line("Access Analyzer, external access", "accessanalyzer.external", config.regions.length, "analyzers")] : []),
  ];
}

/** Days that it takes until nothing grows any more, but for copies that are kept for ever. */
export const streamMonths = (organization: Organization): number => organization.config.services.trail.streamDays / DAYS_A_MONTH;
