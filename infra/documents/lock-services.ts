/**
 * The lock on the organization's own recorders: its trail, AWS Config, GuardDuty, Access Analyzer and Security Hub; whether the
 * project made them or found them.
 *
 * A landing zone that manages one of them is excepted by its word in the configuration (`landing-zones.ts`).
 */
import type { Configuration } from "../config/configuration";
import { ANY_ACCOUNT, namesFor } from "../names";
import { exemptPrincipals, unless } from "./exempt";
import { readsOf } from "./harmless-reads";
import { exceptedRoles } from "./landing-zones";
import { deny } from "./lock";
import type { Lock } from "./lock";
import { trailArn } from "./writers";

/** By what they are called in the statements' names: which calls end or narrow it. */
export const stopping = {
  config: [
    "config:DeleteConfigurationRecorder", "config:DeleteDeliveryChannel", "config:DeleteRetentionConfiguration", "config:DeleteServiceLinkedConfigurationRecorder",
    "config:PutConfigurationRecorder", "config:PutDeliveryChannel", "config:PutRetentionConfiguration", "config:StopConfigurationRecorder",
  ],
  aggregator: ["config:DeleteConfigurationAggregator", "config:PutConfigurationAggregator"],
  // Filters and archived findings are a security team's daily work, and are left to it.
  guardDuty: [
    "guardduty:DeleteDetector", "guardduty:DeleteMembers", "guardduty:DeletePublishingDestination", "guardduty:DisassociateFromAdministratorAccount",
    "guardduty:DisassociateFromMasterAccount", "guardduty:DisassociateMembers", "guardduty:StopMonitoringMembers", "guardduty:UpdateDetector",
    "guardduty:UpdateMemberDetectors", "guardduty:UpdateOrganizationConfiguration", "guardduty:UpdatePublishingDestination",
  ],
  securityHub: [
    "securityhub:BatchDisableStandards", "securityhub:DeleteFindingAggregator", "securityhub:DeleteMembers", "securityhub:DisableSecurityHub",
    "securityhub:DisableSecurityHubV2", "securityhub:DisassociateFromAdministratorAccount", "securityhub:DisassociateFromMasterAccount",
    "securityhub:DisassociateMembers", "securityhub:UpdateOrganizationConfiguration",
  ],
  accessAnalyzer: ["access-analyzer:DeleteAnalyzer", "access-analyzer:UpdateAnalyzer"],
  bucket: [
    "s3:BypassGovernanceRetention", "s3:DeleteBucket", "s3:DeleteBucketPolicy", "s3:DeleteObject*", "s3:PutBucketAcl", "s3:PutBucketObjectLockConfiguration",
    "s3:PutBucketOwnershipControls", "s3:PutBucketPolicy", "s3:PutBucketPublicAccessBlock", "s3:PutBucketVersioning", "s3:PutEncryptionConfiguration",
    "s3:PutLifecycleConfiguration", "s3:PutObjectRetention", "s3:PutReplicationConfiguration",
  ],
} as const;

function lockTrail(config: Configuration): readonly Lock[] {
  const { breakGlass, administrator } = exemptPrincipals(config);
  const { use, exceptions, existingBucket } = config.services.trail;
  if (use === "off") return [];
  const excepted = exceptedRoles(exceptions);
  const name = trailArn(config).split("/")[1]!;
  return [
    deny(
      "CloudTrailEnabled",
      "stops, narrows, re-points or deletes the organization's trail, as CloudTrail's delegated administrator may",
      { allBut: readsOf("trail") },
      // The trail is the management account's; its shadow in a member has that ARN too.
      [`arn:aws:cloudtrail:*:${ANY_ACCOUNT}:trail/${name}`],
      unless([breakGlass, ...excepted]),
    ),
    ...(existingBucket === undefined
      ? []
      : [
          deny(
            "BucketChangesForbidden",
            "changes the bucket that the organization's existing trail writes to, or deletes from it (the archive's own are under ArchiveIsDeployedOnly)",
            { actions: stopping.bucket },
            [`arn:aws:s3:::${existingBucket}`, `arn:aws:s3:::${existingBucket}/*`],
            unless([administrator, ...excepted]),
          ),
        ]),
  ];
}

function lockConfig(config: Configuration): readonly Lock[] {
  const { breakGlass, stackSets, deployDelegated, deployLogArchive, administrator } = exemptPrincipals(config);
  const { use, aggregator, exceptions } = config.services.config;
  if (use === "off") return [];
  const excepted = exceptedRoles(exceptions);
  const [account, deployer, keeper] =
    aggregator === "log-archive" ? [config.accounts.logArchive, deployLogArchive, administrator] : [config.accounts.delegated, deployDelegated, breakGlass];
  return [
    deny("ConfigEnabled", "stops or narrows the recording of configurations, or sends them elsewhere", { actions: stopping.config }, ["*"], unless([stackSets, breakGlass, ...excepted])),
    ...(aggregator === "off"
      ? []
      : [
          deny(
            "AggregatorStays",
            "hides what is recorded in other accounts from those who look",
            { actions: stopping.aggregator },
            [`arn:aws:config:*:${account}:config-aggregator/*`],
            unless([deployer, keeper, ...excepted]),
          ),
        ]),
  ];
}

/** Every recorder that is not off, whether made or found. */
export function lockServices(config: Configuration): readonly Lock[] {
  const { breakGlass, deployDelegated } = exemptPrincipals(config);
  const { guardDuty, securityHub, accessAnalyzer } = config.services;
  const { analyzer } = namesFor(config);
  return [
    ...lockTrail(config),
    ...lockConfig(config),
    ...(guardDuty.use === "off"
      ? []
      : [deny("GuardDutyEnabled", "stops the detection of threats, takes an account out of it, or ends the export of findings", { actions: stopping.guardDuty }, ["*"], unless([deployDelegated, breakGlass, ...exceptedRoles(guardDuty.exceptions)]))]),
    ...(accessAnalyzer.use === "off"
      ? []
      : [
          deny(
            "AccessAnalyzerEnabled",
            "ends the analysis of what the organization opens to outsiders",
            { actions: stopping.accessAnalyzer },
            [`arn:aws:access-analyzer:*:${config.accounts.delegated}:analyzer/${accessAnalyzer.use === "create" ? analyzer : "*"}`],
            unless([deployDelegated, breakGlass]),
          ),
        ]),
    ...(securityHub.use === "off"
      ? []
      : [deny("SecurityHubEnabled", "switches Security Hub or its standards off, or takes an account out of it", { actions: stopping.securityHub }, ["*"], unless([deployDelegated, breakGlass, ...exceptedRoles(securityHub.exceptions)]))]),
  ];
}
