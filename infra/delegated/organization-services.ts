/** The organization's recorders that are administered from here: GuardDuty with its export, Access Analyzer, Security Hub. */
import * as aws from "@pulumi/aws";
import { configAggregator } from "../config-aggregator";
import { GUARDDUTY_PREFIX } from "../documents/archive-logs";
import type { Stack } from "../stack";

/** Findings of all members come to this account's detector, and from it into the archive. */
function guardDuty({ config, names, provider, kept }: Stack, region: string): void {
  const detector = new aws.guardduty.Detector(`guardduty-${region}`, { region, enable: true, findingPublishingFrequency: "FIFTEEN_MINUTES" }, kept);
  // GuardDuty takes the key by its own ARN alone, whose id only AWS knows.
  const key = aws.kms.getKeyOutput({ region, keyId: `arn:aws:kms:${region}:${config.accounts.logArchive}:${names.keyAlias}` }, { provider });
  new aws.guardduty.PublishingDestination(
    `guardduty-${region}`,
    { region, detectorId: detector.id, destinationArn: `${names.logBucketArn("kms", region)}/${GUARDDUTY_PREFIX}`, kmsKeyArn: key.arn },
    { ...kept, parent: detector },
  );
}

function securityHub({ config, reached, kept }: Stack, region: string): aws.securityhub.Account {
  const hub = new aws.securityhub.Account(`security-hub-${region}`, { region, enableDefaultStandards: false }, kept);
  // Members are taken in by whom the management account has made administrator, in its phase force.
  if (reached("lock")) new aws.securityhub.OrganizationConfiguration(`security-hub-${region}`, { region, autoEnable: true }, { ...kept, parent: hub });
  if (region === config.homeRegion) new aws.securityhub.FindingAggregator("security-hub", { region, linkingMode: "SPECIFIED_REGIONS", specifiedRegions: config.regions.filter((other) => other !== region) }, { ...kept, parent: hub });
  return hub;
}

export function organizationServices(stack: Stack): void {
  const { config, names, kept } = stack;
  const { guardDuty: detection, accessAnalyzer, securityHub: hub, config: recording } = config.services;
  for (const region of config.regions) {
    if (detection.use === "create") guardDuty(stack, region);
    if (accessAnalyzer.use === "create") new aws.accessanalyzer.Analyzer(`organization-${region}`, { region, analyzerName: names.analyzer, type: "ORGANIZATION" }, kept);
    if (hub.use === "create") securityHub(stack, region);
  }
  if (recording.use === "create" && recording.aggregator === "delegated") configAggregator(stack);
}
