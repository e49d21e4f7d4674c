/**
 * What the deploy roles and break-glass may do: make and change what their tier declares, and never destroy a log, a
 * key, a queue or a table. No deploy role may change itself or another exempt role: exemption is not self-service.
 */
import type { Permission } from "../../functions/sources/log-source";
import type { Configuration, Tier } from "../config/configuration";
import { namesFor } from "../names";
import { administratorPermissions, servicePermissions } from "./deploy-services";
import { archiveStorage, bucketSettings } from "./deploy-storage";
import { permissionPolicy } from "./permission-policy";
import type { PolicyDocument } from "./policy";
import { accountOf } from "./trust-policies";

const readRole = ["iam:GetRole", "iam:GetRolePolicy", "iam:ListAttachedRolePolicies", "iam:ListRolePolicies"];
const changeRole = ["iam:CreateRole", "iam:PutRolePolicy", "iam:UpdateAssumeRolePolicy", "iam:UpdateRole", "iam:UpdateRoleDescription"];
const functionSettings = [
  "lambda:AddPermission",
  "lambda:CreateFunction",
  "lambda:GetFunction",
  "lambda:GetFunctionCodeSigningConfig",
  "lambda:GetFunctionConfiguration",
  "lambda:GetFunctionEventInvokeConfig",
  "lambda:GetPolicy",
  "lambda:ListVersionsByFunction",
  "lambda:PutFunctionEventInvokeConfig",
  "lambda:RemovePermission",
  "lambda:UpdateFunctionCode",
  "lambda:UpdateFunctionConfiguration",
  "lambda:UpdateFunctionEventInvokeConfig",
];
const queueSettings = ["sqs:CreateQueue", "sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:ListQueueTags", "sqs:SetQueueAttributes"];
const ruleSettings = ["events:DescribeRule", "events:ListTagsForResource", "events:ListTargetsByRule", "events:PutRule", "events:PutTargets", "events:RemoveTargets"];
const alarmSettings = ["cloudwatch:DescribeAlarms", "cloudwatch:ListTagsForResource", "cloudwatch:PutMetricAlarm"];
const logGroupSettings = ["logs:CreateLogGroup", "logs:ListTagsForResource", "logs:PutRetentionPolicy"];
/** AWS Cloud Control API, by which @pulumi/aws-native works; it makes each call of the service as the caller. */
const cloudControl: Permission = {
  actions: ["cloudformation:CreateResource", "cloudformation:GetResource", "cloudformation:GetResourceRequestStatus", "cloudformation:UpdateResource"],
  resources: ["*"],
};
const listLogGroups: Permission = { actions: ["logs:DescribeLogGroups"], resources: ["*"] };

/** Passing is a right of its own: only to the service that the role is for. */
const passTo = (service: string, roles: readonly string[]): Permission => ({
  actions: ["iam:PassRole"],
  resources: roles,
  condition: { StringEquals: { "iam:PassedToService": service } },
});

function logArchive(config: Configuration): readonly Permission[] {
  const { deliveryDestinationArn, roleArn, roleName } = namesFor(config);
  const { logArchive: account, backup } = config.accounts;
  const replication = [roleArn(roleName.replication, account)];
  return [
    ...archiveStorage(config),
    { actions: [...readRole, ...changeRole], resources: replication },
    passTo("s3.amazonaws.com", replication),
    ...(backup === undefined ? [] : [{ actions: ["sts:AssumeRole"], resources: [roleArn(roleName.deployBackup, backup)] }]),
    {
      actions: [
        "logs:GetDeliveryDestination",
        "logs:GetDeliveryDestinationPolicy",
        "logs:ListTagsForResource",
        "logs:PutDeliveryDestination",
        "logs:PutDeliveryDestinationPolicy",
      ],
      resources: [deliveryDestinationArn("*", "*")],
    },
  ];
}

function delegated(config: Configuration): readonly Permission[] {
  const names = namesFor(config);
  const { prefix, roleName, roleArn } = names;
  const { delegated: account, management } = config.accounts;
  const regional = (service: string, resource: string) => `arn:aws:${service}:${config.homeRegion}:${account}:${resource}`;
  const serviceRoles = [roleArn(roleName.notifier, account), roleArn(roleName.watcher, account)];
  const functions = [regional("lambda", `function:${names.notifierFunction}`), regional("lambda", `function:${names.watcherFunction}`)];
  const stackSets = [account, management].flatMap((owner) =>
    [names.globalStackSet, names.regionalStackSet].map((name) => `arn:aws:cloudformation:*:${owner}:stackset/${name}:*`),
  );
  return [
    { actions: bucketSettings, resources: [names.codeBucketArn("*")] },
    { actions: ["s3:GetObject", "s3:GetObjectTagging", "s3:PutObject"], resources: [`${names.codeBucketArn("*")}/*`] },
    { actions: ["events:CreateEventBus", "events:DescribeEventBus", "events:ListTagsForResource"], resources: [names.busArn] },
    { actions: ["cloudformation:CreateStackSet", "events:PutPermission"], resources: ["*"] },
    { actions: ruleSettings, resources: [regional("events", `rule/${names.watcherFunction}`), regional("events", `rule/${names.bus}/${prefix}-*`)] },
    { actions: queueSettings, resources: [regional("sqs", names.notificationQueue), regional("sqs", names.notificationDeadLetterQueue)] },
    {
      actions: [
        "dynamodb:CreateTable",
        "dynamodb:DescribeContinuousBackups",
        "dynamodb:DescribeTable",
        "dynamodb:DescribeTimeToLive",
        "dynamodb:ListTagsOfResource",
        "dynamodb:UpdateContinuousBackups",
        "dynamodb:UpdateTable",
        "dynamodb:UpdateTimeToLive",
      ],
      resources: [regional("dynamodb", `table/${names.statusTable}`)],
    },
    {
      // The URL itself is put in by a person: this role can neither read nor write it.
      actions: ["secretsmanager:CreateSecret", "secretsmanager:DescribeSecret", "secretsmanager:GetResourcePolicy", "secretsmanager:PutResourcePolicy", "secretsmanager:ValidateResourcePolicy", "secretsmanager:UpdateSecret"],
      resources: [regional("secretsmanager", `secret:${names.webhookSecret("*")}`)],
    },
    { actions: [...readRole, ...changeRole], resources: serviceRoles },
    passTo("lambda.amazonaws.com", serviceRoles),
    { actions: functionSettings, resources: functions },
    // A mapping's ARN is generated, so which function it is for is all that can be said of it.
    { actions: ["lambda:CreateEventSourceMapping"], resources: ["*"], condition: { ArnEquals: { "lambda:FunctionArn": functions } } },
    {
      actions: ["lambda:UpdateEventSourceMapping"],
      resources: [regional("lambda", "event-source-mapping:*")],
      condition: { ArnEquals: { "lambda:FunctionArn": functions } },
    },
    { actions: ["lambda:GetEventSourceMapping", "lambda:ListTags"], resources: [regional("lambda", "event-source-mapping:*"), ...functions] },
    { actions: logGroupSettings, resources: functions.map((arn) => regional("logs", `log-group:/aws/lambda/${arn.split(":").at(-1)}*`)) },
    listLogGroups,
    { actions: alarmSettings, resources: [names.notificationQueue, names.watcherFunction].map((name) => regional("cloudwatch", `alarm:${name}*`)) },
    cloudControl,
    {
      actions: [
        "cloudformation:CreateStackInstances",
        "cloudformation:DescribeStackInstance",
        "cloudformation:DescribeStackSet",
        "cloudformation:DescribeStackSetOperation",
        "cloudformation:ListStackInstances",
        "cloudformation:ListStackSetOperationResults",
        "cloudformation:UpdateStackInstances",
        "cloudformation:UpdateStackSet",
      ],
      resources: stackSets,
    },
    {
      actions: ["organizations:DescribeOrganizationalUnit", "organizations:ListAccountsForParent", "organizations:ListOrganizationalUnitsForParent"],
      resources: [`arn:aws:organizations::${management}:root/${config.organizationId}/*`, `arn:aws:organizations::${management}:ou/${config.organizationId}/*`],
    },
    { actions: ["sts:AssumeRole"], resources: [roleArn(roleName.redrive)] },
  ];
}

/** The own enforcers' stack is made with the role that deploys it, so it needs what the templates hold. */
function ownStacks(config: Configuration): readonly Permission[] {
  const names = namesFor(config);
  const { prefix, roleName, roleArn } = names;
  const account = config.accounts.management;
  const anywhere = (service: string, resource: string) => `arn:aws:${service}:*:${account}:${resource}`;
  const memberRoles = [roleArn(roleName.enforcer("*"), account), roleArn(roleName.forwarder, account), roleArn(roleName.redrive, account)];
  const enforcers = names.enforcerFunction("*");
  return [
    cloudControl,
    {
      actions: [
        "cloudformation:CreateStack",
        "cloudformation:DescribeStackEvents",
        "cloudformation:DescribeStacks",
        "cloudformation:GetStackPolicy",
        "cloudformation:GetTemplate",
        "cloudformation:UpdateStack",
        "cloudformation:UpdateTerminationProtection",
      ],
      resources: [anywhere("cloudformation", `stack/${prefix}-own-*/*`)],
    },
    { actions: ["s3:GetObject"], resources: [`${names.codeBucketArn("*")}/*`] },
    { actions: [...readRole, ...changeRole, "iam:DeleteRole", "iam:DeleteRolePolicy"], resources: memberRoles },
    passTo("lambda.amazonaws.com", [roleArn(roleName.enforcer("*"), account)]),
    passTo("events.amazonaws.com", [roleArn(roleName.forwarder, account)]),
    {
      actions: [
        ...functionSettings,
        "lambda:DeleteFunction",
        "lambda:DeleteFunctionConcurrency",
        "lambda:DeleteFunctionEventInvokeConfig",
        "lambda:PutFunctionConcurrency",
      ],
      resources: [anywhere("lambda", `function:${enforcers}`)],
    },
    { actions: [...ruleSettings, "events:DeleteRule"], resources: [anywhere("events", `rule/${prefix}-*`)] },
    { actions: queueSettings, resources: [anywhere("sqs", names.deadLetterQueue)] },
    { actions: [...logGroupSettings, "logs:DeleteLogGroup"], resources: [anywhere("logs", `log-group:/aws/lambda/${enforcers}`)] },
    listLogGroups,
    { actions: alarmSettings, resources: [anywhere("cloudwatch", `alarm:${prefix}-*`)] },
  ];
}

function management(config: Configuration): readonly Permission[] {
  const { trail } = namesFor(config);
  const { management: account, logArchive: archive, delegated: administrator, backup } = config.accounts;
  const inOrganization = (kind: string) => `arn:aws:organizations::${account}:${kind}/${config.organizationId}/*`;
  const policies = [inOrganization("policy")];
  const trailArn = `arn:aws:cloudtrail:${config.homeRegion}:${account}:trail/${trail}`;
  return [
    ...ownStacks(config),
    {
      actions: [
        "organizations:DescribeOrganization",
        "organizations:ListAWSServiceAccessForOrganization",
        "organizations:ListDelegatedAdministrators",
      ],
      resources: ["*"],
    },
    {
      actions: [
        "organizations:CreatePolicy",
        "organizations:DeletePolicy",
        "organizations:DescribePolicy",
        "organizations:ListTagsForResource",
        "organizations:ListTargetsForPolicy",
        "organizations:UpdatePolicy",
      ],
      resources: policies,
    },
    {
      // The lock is the first thing off, by a deployment like any other.
      actions: ["organizations:AttachPolicy", "organizations:DetachPolicy"],
      resources: [...policies, ...["root", "ou", "account"].map(inOrganization)],
    },
    {
      actions: ["organizations:RegisterDelegatedAdministrator", "organizations:ListDelegatedServicesForAccount"],
      resources: [`arn:aws:organizations::${account}:account/${config.organizationId}/${administrator}`],
    },
    {
      actions: [
        "cloudtrail:CreateTrail",
        "cloudtrail:GetEventSelectors",
        "cloudtrail:GetInsightSelectors",
        "cloudtrail:GetTrail",
        "cloudtrail:GetTrailStatus",
        "cloudtrail:ListTags",
        "cloudtrail:StartLogging",
        "cloudtrail:UpdateTrail",
      ],
      resources: [trailArn],
    },
    { actions: ["cloudtrail:DescribeTrails"], resources: ["*"] },
    // An organization trail is made by CloudTrail's own role in this account.
    {
      actions: ["iam:CreateServiceLinkedRole"],
      resources: [`arn:aws:iam::${account}:role/aws-service-role/cloudtrail.amazonaws.com/AWSServiceRoleForCloudTrail`],
      condition: { StringEquals: { "iam:AWSServiceName": "cloudtrail.amazonaws.com" } },
    },
    { actions: readRole, resources: [namesFor(config).roleArn("*", account)] },
    { actions: ["iam:GetOpenIDConnectProvider"], resources: [`arn:aws:iam::${account}:oidc-provider/*`] },
    { actions: ["sts:AssumeRole"], resources: [archive, administrator, ...(backup === undefined ? [] : [backup])].map((member) => `arn:aws:iam::${member}:role/OrganizationAccountAccessRole`) },
  ];
}

/** The inline policy of a tier's deploy role. */
export function deployPermissions(config: Configuration, tier: Tier): PolicyDocument {
  const permissions = { management, "log-archive": logArchive, delegated };
  return permissionPolicy([...permissions[tier](config), ...servicePermissions(config, tier)]);
}

/**
 * Break-glass gets in as the deploy role of its account; in the delegated account it also sets the webhooks' URLs, and in the
 * archive's it repairs and holds.
 */
export function breakGlassPermissions(config: Configuration, tier: Tier): PolicyDocument {
  const { roleArn, roleName, webhookSecret } = namesFor(config);
  const deploy = { management: roleName.deployManagement, "log-archive": roleName.deployLogArchive, delegated: roleName.deployDelegated };
  const redrive = tier === "delegated" ? [roleArn(roleName.redrive)] : [];
  const secrets = `arn:aws:secretsmanager:${config.homeRegion}:${config.accounts.delegated}:secret:${webhookSecret("*")}`;
  return permissionPolicy([
    { actions: ["sts:AssumeRole"], resources: [roleArn(deploy[tier], accountOf(config, tier)), ...redrive] },
    ...(tier === "delegated" ? [{ actions: ["secretsmanager:PutSecretValue"], resources: [secrets] }] : []),
    ...(tier === "log-archive" ? administratorPermissions(config) : []),
  ]);
}
