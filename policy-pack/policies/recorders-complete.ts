/** What the configuration has created and nobody made records nothing, and is missed by nobody. */
import type { Configuration } from "../../infra/config/configuration";
import { hasReached } from "../../infra/config/configuration";
import { archiveLogs, CONFIG_PREFIX, GUARDDUTY_PREFIX } from "../../infra/documents/archive-logs";
import { namesFor } from "../../infra/names";
import { UNKNOWN } from "../subjects/plain";
import { canonicalType } from "../subjects/read";
import type { Subject } from "../subjects/subject";
import { absent, alike, at, attached, holding, orAbsent, refersToOne, wantedThere, type Demand, type Setting, type Wanted } from "../wanted";

const isCreated = ({ services }: Configuration, service: "config" | "guardDuty" | "accessAnalyzer" | "securityHub") => services[service].use === "create";

function aggregator(config: Configuration): readonly Wanted[] {
  const { configAggregator, roleArn, roleName } = namesFor(config);
  const account = config.tier === "log-archive" ? config.accounts.logArchive : config.accounts.delegated;
  if (!isCreated(config, "config") || config.services.config.aggregator !== config.tier) return [];
  const role = roleArn(roleName.configAggregator, account);
  return [
    {
      type: "config:configurationaggregator", by: { name: configAggregator }, what: `The aggregator ${configAggregator}`,
      settings: {
        region: config.homeRegion,
        organizationAggregationSource: {
          is: `an organization's of ${config.regions.join(", ")} by ${role}`,
          holds: (found, ...where) =>
            (at(found, "allRegions") === true || holding(config.regions).holds(at(found, "regions"), ...where)) && (at(found, "roleArn") === role || at(found, "roleArn") === UNKNOWN),
        },
      },
    },
  ];
}

/** Switched on for every account, in every governed Region, with the plans that are wanted. */
const policyContent = ({ regions, services }: Configuration): Demand =>
  alike({ guardduty: { enablement: Object.fromEntries(regions.map((region) => [region, Object.fromEntries(["foundational", ...services.guardDuty.plans].map((plan) => [plan, { status: { "@@assign": "enabled" } }]))])) } });

function inManagement(config: Configuration): readonly Wanted[] {
  const { prefix, rootId, accounts: { logArchive, delegated }, services } = config;
  const administrator = (accountId: string, servicePrincipal: string): Wanted => ({
    type: "organizations:delegatedadministrator", by: { servicePrincipal }, what: `The delegated administrator of ${servicePrincipal}`, settings: { accountId },
  });
  const inEach = (type: string, what: string): readonly Wanted[] => config.regions.map((region) => ({ type, by: { region }, what: `${what} in ${region}`, settings: { adminAccountId: delegated } }));
  const forced = hasReached(config, "force");
  const policy = `${prefix}-guardduty`;
  return [
    administrator(delegated, "member.org.stacksets.cloudformation.amazonaws.com"),
    ...(isCreated(config, "config") && services.config.aggregator !== "off" ? [administrator(services.config.aggregator === "log-archive" ? logArchive : delegated, "config.amazonaws.com")] : []),
    ...(isCreated(config, "accessAnalyzer") ? [administrator(delegated, "access-analyzer.amazonaws.com")] : []),
    ...(forced && isCreated(config, "securityHub") ? inEach("securityhub:organizationadminaccount", "Security Hub's administrator") : []),
    ...(forced && isCreated(config, "guardDuty")
      ? [
          ...inEach("guardduty:organizationadminaccount", "GuardDuty's administrator"),
          { type: "organizations:policy", by: { name: policy }, what: `The policy ${policy}`, settings: { type: "GUARDDUTY_POLICY", content: policyContent(config) } },
          attached(policy, rootId),
        ]
      : []),
  ];
}

function inDelegated(config: Configuration): readonly Wanted[] {
  const { homeRegion, accounts, regions } = config;
  const { analyzer, logBucketArn } = namesFor(config);
  return regions.flatMap((region): readonly Wanted[] => {
    const one = (type: string, what: string, settings: Readonly<Record<string, Setting>>, by = {}): Wanted => ({ type, by: { region, ...by }, what: `${what} in ${region}`, settings });
    return [
      ...(isCreated(config, "guardDuty")
        ? [
            one("guardduty:detector", "GuardDuty's detector", { enable: orAbsent(true), findingPublishingFrequency: "FIFTEEN_MINUTES" }),
            one("guardduty:publishingdestination", "The export of findings", {
              destinationArn: `${logBucketArn("kms", region)}/${GUARDDUTY_PREFIX}`,
              kmsKeyArn: { is: `a key of ${accounts.logArchive} in ${region}`, holds: (found) => found === UNKNOWN || String(found).startsWith(`arn:aws:kms:${region}:${accounts.logArchive}:`) },
              detectorId: refersToOne("of the detector there", /^[0-9a-f]{32}$/, ({ type, props }) => canonicalType(type) === "guardduty:detector" && props.region === region),
            }),
          ]
        : []),
      ...(isCreated(config, "accessAnalyzer") ? [one("accessanalyzer:analyzer", `The analyzer ${analyzer}`, { type: "ORGANIZATION" }, { analyzerName: analyzer })] : []),
      ...(isCreated(config, "securityHub")
        ? [
            one("securityhub:account", "Security Hub", {}),
            ...(config.phase === "lock" ? [one("securityhub:organizationconfiguration", "Security Hub's taking in of members", { autoEnable: true })] : []),
            ...(region === homeRegion
              ? [one("securityhub:findingaggregator", "The aggregator of findings", { linkingMode: "SPECIFIED_REGIONS", specifiedRegions: holding(regions.filter((other) => other !== homeRegion)) })]
              : []),
          ]
        : []),
    ];
  });
}

/** AWS Config's recorder and channel stand in the template that has functions. */
function inTemplate(config: Configuration, siblings: readonly Subject[]): readonly Wanted[] {
  if (!isCreated(config, "config") || !siblings.some(({ kind }) => kind === "function")) return [];
  const { configRecorder, logBucket, roleArn, roleName } = namesFor(config);
  const { store, naming } = archiveLogs(config).find(({ name }) => name === "config")!;
  return [
    {
      type: "config:configurationrecorder", by: { name: configRecorder }, what: `The recorder ${configRecorder}`,
      settings: { "recordingGroup.allSupported": true, "recordingGroup.exclusionByResourceTypes": absent, "recordingGroup.recordingStrategy": absent, roleARN: roleArn(roleName.configRecorder, "${AWS::AccountId}") },
    },
    {
      type: "config:deliverychannel", by: { name: configRecorder }, what: `The delivery channel ${configRecorder}`,
      settings: { s3BucketName: logBucket(store, "${AWS::Region}", naming), s3KeyPrefix: CONFIG_PREFIX },
    },
  ];
}

export const rule = wantedThere({
  requirement: "AWS Config, GuardDuty, Access Analyzer and Security Hub stand where the configuration has them created, in every governed Region, whole, and administered by whom it says.",
  wanted: (config) => [...(config.tier === "management" ? inManagement(config) : []), ...(config.tier === "delegated" ? inDelegated(config) : []), ...aggregator(config)],
  inTemplate,
});
