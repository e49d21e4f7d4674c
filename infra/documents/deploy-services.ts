/** What the deploy roles need for the organization's recorders and for the archive's readers, beside what `deploy-permissions.ts` says. */
import type { Permission } from "../../functions/sources/log-source";
import type { Configuration, Tier } from "../config/configuration";
import { namesFor } from "../names";
import { catalogArns, workgroupArn } from "./query-permissions";

const readRole = ["iam:GetRole", "iam:GetRolePolicy", "iam:ListAttachedRolePolicies", "iam:ListInstanceProfilesForRole", "iam:ListRolePolicies"];
const changeRole = ["iam:CreateRole", "iam:DeleteRole", "iam:DeleteRolePolicy", "iam:PutRolePolicy", "iam:UpdateAssumeRolePolicy", "iam:UpdateRole", "iam:UpdateRoleDescription"];
const queueSettings = ["sqs:CreateQueue", "sqs:DeleteQueue", "sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:ListQueueTags", "sqs:SetQueueAttributes"];
const ruleSettings = ["events:DeleteRule", "events:DescribeRule", "events:ListTagsForResource", "events:ListTargetsByRule", "events:PutRule", "events:PutTargets", "events:RemoveTargets"];

const passTo = (service: string, role: string): Permission => ({ actions: ["iam:PassRole"], resources: [role], condition: { StringEquals: { "iam:PassedToService": service } } });

/** AWS makes the service's own role when a service is first used. */
const serviceLinkedRole = (account: string, service: string): Permission => ({
  actions: ["iam:CreateServiceLinkedRole"],
  resources: [`arn:aws:iam::${account}:role/aws-service-role/${service}/*`],
  condition: { StringEquals: { "iam:AWSServiceName": service } },
});

/** In the account that it is in. */
function aggregator(config: Configuration, account: string): readonly Permission[] {
  const { roleArn, roleName } = namesFor(config);
  const role = roleArn(roleName.configAggregator, account);
  return [
    { actions: [...readRole, ...changeRole], resources: [role] },
    passTo("config.amazonaws.com", role),
    { actions: ["config:DeleteConfigurationAggregator", "config:ListTagsForResource", "config:PutConfigurationAggregator"], resources: [`arn:aws:config:*:${account}:config-aggregator/*`] },
    { actions: ["config:DescribeConfigurationAggregators"], resources: ["*"] },
  ];
}

/** Tables and workgroups hold no log: what the configuration no longer has goes with the next deployment. */
function asking(config: Configuration): readonly Permission[] {
  const { catalog, database, table } = catalogArns(config);
  return [
    { actions: ["glue:CreateDatabase", "glue:GetDatabase", "glue:UpdateDatabase"], resources: [catalog, database()] },
    { actions: ["glue:GetTags"], resources: [database()] },
    { actions: ["glue:CreateTable", "glue:DeleteTable", "glue:GetPartitionIndexes", "glue:GetTable", "glue:UpdateTable"], resources: [catalog, database(), table("*")] },
    {
      actions: ["athena:CreateWorkGroup", "athena:DeleteWorkGroup", "athena:GetWorkGroup", "athena:ListTagsForResource", "athena:UpdateWorkGroup"],
      resources: [workgroupArn(config, `${namesFor(config).logWorkgroup()}*`)],
    },
  ];
}

function archive(config: Configuration): readonly Permission[] {
  const { prefix, roleArn, roleName } = namesFor(config);
  const account = config.accounts.logArchive;
  const roles = [roleName.analysts, roleName.auditor("*"), roleName.temporary("*"), roleName.siem("*")].map((role) => roleArn(role, account));
  const listening = config.people.siem.some(({ queue }) => queue);
  return [
    { actions: [...readRole, ...changeRole], resources: roles },
    ...asking(config),
    ...(listening
      ? [
          { actions: queueSettings, resources: [`arn:aws:sqs:*:${account}:${prefix}-siem-*`] },
          { actions: ruleSettings, resources: [`arn:aws:events:*:${account}:rule/${prefix}-siem-*`] },
          { actions: ["s3:PutBucketNotification"], resources: ["aws-", "aws-waf-logs-"].map((start) => `arn:aws:s3:::${start}${prefix}-log-storage-*`) },
        ]
      : []),
    ...(config.services.config.use === "create" && config.services.config.aggregator === "log-archive" ? aggregator(config, account) : []),
  ];
}

function delegated(config: Configuration): readonly Permission[] {
  const { accounts, services } = config;
  const account = accounts.delegated;
  const detectors = `arn:aws:guardduty:*:${account}:detector/*`;
  return [
    ...(services.config.use === "create" && services.config.aggregator === "delegated" ? aggregator(config, account) : []),
    ...(services.guardDuty.use === "create"
      ? [
          { actions: ["guardduty:CreateDetector", "guardduty:CreatePublishingDestination", "guardduty:ListDetectors"], resources: ["*"] },
          {
            actions: ["guardduty:DescribePublishingDestination", "guardduty:GetDetector", "guardduty:ListTagsForResource", "guardduty:UpdateDetector", "guardduty:UpdatePublishingDestination"],
            resources: [detectors],
          },
          { actions: ["kms:DescribeKey"], resources: [`arn:aws:kms:*:${accounts.logArchive}:key/*`] },
          serviceLinkedRole(account, "guardduty.amazonaws.com"),
        ]
      : []),
    ...(services.accessAnalyzer.use === "create"
      ? [
          { actions: ["access-analyzer:CreateAnalyzer", "access-analyzer:GetAnalyzer", "access-analyzer:ListTagsForResource"], resources: [`arn:aws:access-analyzer:*:${account}:analyzer/*`] },
          serviceLinkedRole(account, "access-analyzer.amazonaws.com"),
        ]
      : []),
    ...(services.securityHub.use === "create"
      ? [
          {
            actions: ["securityhub:DescribeHub", "securityhub:DescribeOrganizationConfiguration", "securityhub:EnableSecurityHub", "securityhub:UpdateOrganizationConfiguration", "securityhub:UpdateSecurityHubConfiguration"],
            resources: [`arn:aws:securityhub:*:${account}:hub/default`],
          },
          { actions: ["securityhub:GetFindingAggregator", "securityhub:UpdateFindingAggregator"], resources: [`arn:aws:securityhub:*:${account}:finding-aggregator/*`] },
          { actions: ["securityhub:CreateFindingAggregator", "securityhub:ListFindingAggregators"], resources: ["*"] },
          serviceLinkedRole(account, "securityhub.amazonaws.com"),
        ]
      : []),
  ];
}

function management(config: Configuration): readonly Permission[] {
  const { trailLogGroup, roleArn, roleName } = namesFor(config);
  const { accounts, services, homeRegion, organizationId } = config;
  const account = accounts.management;
  const stream = roleArn(roleName.trailStream, account);
  const recorder = roleArn(roleName.configRecorder, account);
  const administered = services.guardDuty.use === "create" || services.securityHub.use === "create";
  return [
    { actions: ["cloudtrail:PutEventSelectors", "cloudtrail:PutInsightSelectors"], resources: [`arn:aws:cloudtrail:${homeRegion}:${account}:trail/*`] },
    ...(services.trail.streamDays > 0
      ? [
          { actions: [...readRole, ...changeRole], resources: [stream] },
          passTo("cloudtrail.amazonaws.com", stream),
          { actions: ["logs:CreateLogGroup", "logs:ListTagsForResource", "logs:PutRetentionPolicy"], resources: [`arn:aws:logs:${homeRegion}:${account}:log-group:${trailLogGroup}*`] },
        ]
      : []),
    // The own stack has what the members' stacks have.
    ...(services.config.use === "create"
      ? [
          { actions: ["iam:AttachRolePolicy", "iam:DetachRolePolicy", ...changeRole], resources: [recorder] },
          passTo("config.amazonaws.com", recorder),
          {
            actions: ["config:DeleteConfigurationRecorder", "config:DescribeConfigurationRecorderStatus", "config:DescribeConfigurationRecorders", "config:PutConfigurationRecorder", "config:StartConfigurationRecorder", "config:StopConfigurationRecorder"],
            resources: [`arn:aws:config:*:${account}:configuration-recorder/*`],
          },
          { actions: ["config:DeleteDeliveryChannel", "config:DescribeDeliveryChannelStatus", "config:DescribeDeliveryChannels", "config:PutDeliveryChannel"], resources: ["*"] },
        ]
      : []),
    {
      actions: ["organizations:ListDelegatedServicesForAccount", "organizations:RegisterDelegatedAdministrator"],
      resources: [`arn:aws:organizations::${account}:account/${organizationId}/${accounts.logArchive}`],
    },
    ...(administered
      ? [
          // Each makes its administrator the organization's as well, with the caller's own rights.
          {
            actions: [
              ...(services.guardDuty.use === "create" ? ["guardduty:EnableOrganizationAdminAccount", "guardduty:ListOrganizationAdminAccounts"] : []),
              "organizations:EnableAWSServiceAccess",
            ],
            resources: ["*"],
          },
          ...(services.securityHub.use === "create"
            ? [{ actions: ["securityhub:EnableOrganizationAdminAccount", "securityhub:ListOrganizationAdminAccounts"], resources: [`arn:aws:securityhub:*:${account}:hub/default`] }]
            : []),
        ]
      : []),
  ];
}

/**
 * What LogArchive-Administrator does itself: looks, repairs what locks a store, brings a key back, holds and restores logs as
 * evidence. It reads no log, decrypts none and deletes none.
 */
export function administratorPermissions(config: Configuration): readonly Permission[] {
  const { prefix } = namesFor(config);
  const buckets = ["aws-", "aws-waf-logs-"].map((start) => `arn:aws:s3:::${start}${prefix}-log-*`).concat(`arn:aws:s3:::aws-${prefix}-places-*`);
  return [
    {
      actions: [
        "s3:GetBucketLocation", "s3:GetBucketObjectLockConfiguration", "s3:GetBucketPolicy", "s3:GetBucketPublicAccessBlock", "s3:GetBucketVersioning", "s3:GetEncryptionConfiguration",
        "s3:GetLifecycleConfiguration", "s3:GetReplicationConfiguration", "s3:ListBucket", "s3:ListBucketVersions", "s3:PutBucketPolicy", "s3:PutBucketPublicAccessBlock",
        "s3:PutBucketVersioning", "s3:PutLifecycleConfiguration",
      ],
      resources: buckets,
    },
    { actions: ["s3:GetObjectLegalHold", "s3:GetObjectRetention", "s3:PutObjectLegalHold", "s3:RestoreObject"], resources: buckets.map((bucket) => `${bucket}/*`) },
    {
      actions: ["kms:CancelKeyDeletion", "kms:DescribeKey", "kms:EnableKey", "kms:EnableKeyRotation", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "kms:PutKeyPolicy"],
      resources: [`arn:aws:kms:*:${config.accounts.logArchive}:key/*`],
    },
  ];
}

/** Of a tier's deploy role. */
export function servicePermissions(config: Configuration, tier: Tier): readonly Permission[] {
  return { management, "log-archive": archive, delegated }[tier](config);
}
