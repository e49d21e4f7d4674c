/**
 * The lock on what the project owns: denied by resource, all actions but harmless reads, to all but who deploys it.
 *
 * Where a role of ours must use a thing (invoke, send, receive), that use is left out of the statement on the thing and
 * denied apart, to all but that role: each action on each resource is judged by one statement.
 */
import { sources } from "../../functions/sources";
import type { LogSource } from "../../functions/sources/log-source";
import { notifierPermissions } from "../../functions/notifier/permissions";
import { type Configuration, viaOf } from "../config/configuration";
import { ANY_ACCOUNT, namesFor } from "../names";
import { exemptPrincipals, unless } from "./exempt";
import { keyUse, readsOf } from "./harmless-reads";
import { deny } from "./lock";
import type { Lock } from "./lock";
import { archiveArns, delegatedArns, keepingAccounts, memberArns } from "./owned-arns";
import { copying, givingAway } from "./replication-role";
import { ciIssuer } from "./trust-policies";
import { watcherRolePermissions } from "./working-roles";

const redriving = ["lambda:InvokeFunction", "sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:ReceiveMessage"];
const reporting = ["logs:CreateLogStream", "logs:PutLogEvents", "sqs:SendMessage"];
const readingWebhooks = ["secretsmanager:GetSecretValue"];
const puttingOutcomes = ["events:PutEvents"];
const joining = ["logs:CreateDelivery", "logs:UpdateDeliveryConfiguration"];
const listening = ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:ReceiveMessage", "sqs:SendMessage"];

/** Ends or falsifies a log for good. Object actions are named by prefix, so that a new one is among them. */
const destroying = [
  "kms:DeleteImportedKeyMaterial", "kms:DisableKey", "kms:ScheduleKeyDeletion", "s3:AbortMultipartUpload",
  "s3:BypassGovernanceRetention", "s3:DeleteBucket", "s3:DeleteObject*", "s3:InitiateReplication",
  "s3:PutObject*", "s3:ReplicateDelete", "s3:RestoreObject", "s3:UpdateObject*",
];

/** Reads logs. By prefix, so that a new way of reading an object is among them; how long one is locked is no log. */
const reading = ["s3:GetObject", "s3:GetObjectA*", "s3:GetObjectT*", "s3:GetObjectV*", "s3:ListObject*"];

/** The same for where workloads write: whom the configuration lets put an object there, the bucket's own policy says. */
const destroyingPlaces = destroying
  .filter((action) => action.startsWith("s3:") && action !== "s3:AbortMultipartUpload")
  .map((action) => (action === "s3:PutObject*" ? "s3:PutObject?*" : action));

/** Writes a copy. Amazon S3 judges these as the replication role; no operation of its API is judged by them. */
const copies = [...copying.filter((action) => action !== "s3:ReplicateObject"), ...givingAway, "s3:ReplicateObject*"];

/** What the notifier and the watcher do with the queue and the table, but for reporting. */
function notifying(config: Configuration): readonly string[] {
  const granted = [...notifierPermissions(namesFor(config), config.webhooks), ...watcherRolePermissions(config)].flatMap(({ actions }) => actions);
  const harmless = readsOf("queue", "table");
  return granted.filter((action) => /^(dynamodb|sqs):/.test(action) && ![...harmless, ...reporting].includes(action));
}

/** The enforcers whose source's permissions name one of these actions. */
function enforcersThat(config: Configuration, actions: readonly string[]): readonly string[] {
  const needs = (source: LogSource) => source.permissions(namesFor(config), viaOf(config, source)).flatMap((permission) => permission.actions);
  return sources.filter((source) => needs(source).some((action) => actions.includes(action))).map(({ name }) => exemptPrincipals(config).enforcer(name));
}

/** What the StackSets put into every account. */
export function lockMembers(config: Configuration): readonly Lock[] {
  const exempt = exemptPrincipals(config);
  const owned = memberArns(config);
  return [
    deny(
      "StackSetsOwnMembers",
      "stops, starves, replaces or deceives an enforcer, its role, its rules, its queue, its alarm, its log or its stack",
      { allBut: [...readsOf("alarm", "function", "logGroup", "queue", "role", "rule", "stack"), "sts:*", ...redriving, ...reporting] },
      Object.values(owned).flat(),
      unless([exempt.stackSets, ...exempt.lastResort]),
    ),
    deny(
      "RedriveAloneInvokes",
      "deceives an enforcer with a forged event, or hides what could not be enforced by receiving it",
      { actions: redriving },
      [...owned.functions, ...owned.queues],
      unless([exempt.redrive, ...exempt.lastResort]),
    ),
    deny(
      "EnforcersAloneReport",
      "buries what could not be enforced, or what an enforcer says of itself, under forged reports",
      { actions: reporting },
      [...owned.logGroups, ...owned.queues],
      unless(exempt.enforcers),
    ),
  ];
}

/** What the delegated account holds. */
export function lockDelegated(config: Configuration): readonly Lock[] {
  const exempt = exemptPrincipals(config);
  const owned = delegatedArns(config);
    const stackSetOperations = ["CreateStackInstances", "CreateStackSet", "DeleteStackInstances", "DeleteStackSet", "ImportStacksToStackSet",
    "StopStackSetOperation", "UpdateStackInstances", "UpdateStackSet"];
  return [
    deny(
      "DelegatedOwnsNotices",
      "silences the notifier or the watcher, closes the bus, or replaces the enforcers' code or the list of exclusions",
      {
        allBut: [
          ...readsOf("alarm", "bucket", "bus", "function", "logGroup", "queue", "role", "rule", "secret", "table"),
          // The code holds no secret, and every enforcer reads the list of exclusions.
          "s3:GetObject",
          // Access logs of the code buckets are forced too, and a stranger's beside ours change nothing.
          "s3:AllowVendedLogDeliveryForResource", "sts:*", ...notifying(config), ...reporting, ...readingWebhooks, ...puttingOutcomes,
        ],
      },
      Object.values(owned).flat(),
      unless([exempt.deployDelegated, exempt.breakGlass]),
    ),
    deny(
      "NotifierAloneReceives",
      "hides a notification by receiving it, or forges what was notified and which enforcer is alive",
      { actions: notifying(config) },
      [...owned.queues, ...owned.tables],
      unless([exempt.notifier, exempt.watcher, exempt.breakGlass]),
    ),
    deny(
      "NotifierAloneReports",
      "buries notifications under forged ones, or what the notifier and the watcher say of themselves",
      { actions: reporting },
      [...owned.logGroups, ...owned.queues],
      unless([exempt.notifier, exempt.watcher]),
    ),
    deny(
      "NotifierAloneReadsWebhooks",
      "learns a webhook's URL, and can send whatever it likes to the people who are to be told",
      { actions: readingWebhooks },
      owned.secrets,
      unless([exempt.notifier]),
    ),
    deny(
      "EnforcersAlonePutOutcomes",
      "forges an outcome or a heartbeat",
      { actions: puttingOutcomes },
      [owned.bus],
      unless([...exempt.enforcers, exempt.forwarder, exempt.watcher]),
    ),
    deny(
      "NotifierKeepsItsQueue",
      "cuts the notifier off its queue, or feeds it from another",
      { actions: ["lambda:CreateEventSourceMapping", "lambda:DeleteEventSourceMapping", "lambda:UpdateEventSourceMapping"] },
      ["*"],
      { ArnLike: { "lambda:FunctionArn": owned.functions } },
      unless([exempt.deployDelegated, exempt.breakGlass]),
    ),
    deny(
      "BusKeepsItsPermissions",
      "closes the bus to the enforcers, or opens it to strangers, by calls that name no bus",
      { actions: ["events:PutPermission", "events:RemovePermission"] },
      ["*"],
      { StringEquals: { "aws:PrincipalAccount": config.accounts.delegated, "aws:RequestedRegion": config.homeRegion } },
      unless([exempt.deployDelegated, exempt.breakGlass]),
    ),
    deny(
      "DelegatedDeploysStackSets",
      "runs a template of its own as administrator of every member, or takes the enforcers away: the account may do both",
      { actions: stackSetOperations.map((operation) => `cloudformation:${operation}`) },
      ["*"],
      { StringEquals: { "aws:PrincipalAccount": config.accounts.delegated } },
      unless([exempt.deployDelegated, exempt.breakGlass]),
    ),
  ];
}

const queuesOf = (config: Configuration) => config.people.siem.filter(({ queue }) => queue);

/** A SIEM's queue is emptied by its own role. */
function listeners(config: Configuration): readonly Lock[] {
  const { roleArn, roleName, siemQueue, accounts } = namesFor(config);
  const queues = queuesOf(config);
  if (queues.length === 0) return [];
  return [
    deny(
      "SiemAloneListens",
      "hides from a SIEM that there is a new log, by receiving the notice, or feeds it forged ones",
      { actions: listening },
      [`arn:aws:sqs:*:${accounts.logArchive}:${siemQueue("*")}`],
      unless(queues.map(({ name }) => roleArn(roleName.siem(name), accounts.logArchive))),
    ),
  ];
}

/** What the archive holds. */
export function lockArchive(config: Configuration): readonly Lock[] {
  const exempt = exemptPrincipals(config);
  const owned = archiveArns(config);
  const listened = queuesOf(config).length > 0;
  const deploying = config.accounts.backup === undefined ? [exempt.deployLogArchive] : [exempt.deployLogArchive, exempt.deployBackup];
  return [
    deny(
      "ArchiveIsDeployedOnly",
      "opens, re-keys, re-points or closes the archive, or squats the name of its next bucket",
      { allBut: [...readsOf("bucket", "destination", "key", "queue", "role", "rule"), "sts:*", ...keyUse, ...joining, ...destroying, ...copies, ...reading, ...(listened ? listening : [])] },
      Object.values(owned).flat(),
      unless([...deploying, exempt.administrator]),
    ),
    deny(
      "LogsAreDeliveredOnly",
      "deletes or overwrites logs, or destroys what they are kept in or encrypted with; a deployment may neither",
      { actions: destroying },
      [...owned.logBuckets, ...owned.keys],
      unless([exempt.administrator]),
    ),
    deny(
      "PlacesKeepTheirLogs",
      "deletes what workloads logged, changes what it carries, or passes a forgery off as a copy; a deployment may neither",
      { actions: [...destroyingPlaces, ...copies] },
      owned.placeBuckets,
      unless([exempt.administrator]),
    ),
    deny(
      "ReplicationAloneCopies",
      "passes a forgery off as a copy, or gives copies to another account",
      { actions: copies },
      owned.logBuckets,
      unless([exempt.replication]),
    ),
    deny(
      "ReadersAloneRead",
      "reads logs without being one of their readers: administrators and deployments read none",
      { actions: reading },
      owned.logBuckets,
      unless([...exempt.readers, exempt.replication]),
    ),
    ...listeners(config),
    deny(
      "LogsAreNotAgedOut",
      "lets logs expire, lets a deletion be final, shortens retention or sends copies elsewhere; a deployment may do so only while it opens a Region",
      { actions: ["s3:PutBucketObjectLockConfiguration", "s3:PutBucketVersioning", "s3:PutLifecycleConfiguration", "s3:PutReplicationConfiguration"] },
      [...owned.logBuckets, ...owned.placeBuckets],
      { StringEquals: { "aws:RequestedRegion": config.regions } },
      unless([exempt.administrator]),
    ),
    deny(
      "EnforcersAloneDeliver",
      "joins the archive with a crippled or forged delivery",
      { actions: joining },
      owned.destinations,
      unless(enforcersThat(config, joining)),
    ),
    deny(
      "ArchiveHasNoSideDoor",
      "lets the public in by the account's own setting, or reaches the logs by an access point, where their bucket's ARN is not named",
      {
        actions: [
          "s3:CreateAccessPoint", "s3:CreateAccessPointForObjectLambda", "s3:CreateMultiRegionAccessPoint",
          "s3:PutAccessPointPolicy", "s3:PutAccountPublicAccessBlock", "s3:PutMultiRegionAccessPointPolicy",
        ],
      },
      ["*"],
      { StringEquals: { "aws:PrincipalAccount": keepingAccounts(config) } },
      unless([...deploying, exempt.administrator]),
    ),
  ];
}

/**
 * Whom the configuration lets into break-glass, as far as they are in member accounts. Roles of AWS IAM Identity Center are
 * AWS's own to change.
 */
export function breakGlassPrincipals({ breakGlass, people, accounts }: Configuration): readonly string[] {
  const administrators = people.administrators.flatMap(({ user, role, saml }) => user ?? role ?? saml ?? []);
  return [...new Set([...breakGlass, ...administrators])].filter((arn) => arn.split(":")[4] !== accounts.management);
}

/**
 * The closure: what makes the exemptions no matter of self-service. Roles of ours that the StackSets or the delegated
 * account deploy are locked with the rest of what they deploy.
 */
export function lockExemptions(config: Configuration): readonly Lock[] {
  const exempt = exemptPrincipals(config);
  const { roleArn, roleName, accounts } = namesFor(config);
  const executionRole = `arn:aws:iam::${ANY_ACCOUNT}:role/stacksets-exec-*`;
  const people = breakGlassPrincipals(config);
  // Only where it is ours: other teams' pipelines may come in by the same provider.
  const providers = config.ci?.createProvider ? [accounts.logArchive, accounts.delegated].map((account) => `arn:aws:iam::${account}:oidc-provider/${ciIssuer}`) : [];
  return [
    deny(
      "ExemptRolesAreFixed",
      "becomes exempt: makes, changes, trusts or passes a deploy, break-glass or StackSets execution role, or what they rest on",
      { allBut: [...readsOf("role", "stack", ...(providers.length > 0 ? (["provider"] as const) : [])), "sts:*"] },
      [
        roleArn("deploy-*"),
        roleArn(roleName.breakGlass),
        roleArn(roleName.administrator),
        executionRole,
        `arn:aws:cloudformation:*:${ANY_ACCOUNT}:stack/stacksets-exec-role-stack-*`,
        `arn:aws:iam::${ANY_ACCOUNT}:role/aws-service-role/member.org.stacksets.cloudformation.amazonaws.com/*`,
        ...providers,
      ],
      unless(exempt.lastResort),
    ),
    ...(people.length === 0
      ? []
      : [
          deny(
            "BreakGlassPrincipalsAreFixed",
            "becomes one of those whom break-glass lets in: the configuration names them, and they are in member accounts",
            { allBut: [...readsOf("role", "user"), "sts:*"] },
            people,
            unless(exempt.lastResort),
          ),
        ]),
    deny(
      "ServicesAloneAssume",
      "becomes exempt by assuming a role that is for a service alone",
      { actions: ["sts:*"] },
      [
        roleArn("enforcer-*"), exempt.forwarder, exempt.notifier, exempt.watcher, exempt.replication, executionRole,
        ...(config.services.config.use === "create" ? [roleName.configRecorder, roleName.configAggregator].map((name) => roleArn(name)) : []),
      ],
    ),
    deny(
      "BreakGlassAloneDeploys",
      "becomes exempt by assuming a deploy role (break-glass is guarded by its own trust policy, which is fixed; a pipeline is no principal yet)",
      { actions: ["sts:*"] },
      [roleName.deployManagement, roleName.deployLogArchive, roleName.deployDelegated].map((name) => roleArn(name)),
      unless(exempt.lastResort),
    ),
    ...(accounts.backup === undefined
      ? []
      : [
          deny(
            "ArchiveAloneDeploysBackup",
            "becomes exempt by assuming the deploy role of the backup account, whose trust policy lets nobody else in either",
            { actions: ["sts:*"] },
            [exempt.deployBackup],
            unless([exempt.deployLogArchive]),
          ),
        ]),
    deny(
      "DeploymentAloneRedrives",
      "becomes exempt by assuming the redrive role",
      { actions: ["sts:*"] },
      [exempt.redrive],
      unless([exempt.deployDelegated, roleArn(roleName.breakGlass, accounts.delegated)]),
    ),
    deny(
      "StacksOfOthersRunNoTemplate",
      // A stack that a StackSet made acts as its execution role, for whoever updates it, without iam:PassRole. NC: whether
      // cloudformation:RoleArn is that role's when the request names none, so both readings are denied. A self-managed
      // StackSet names another role and goes on.
      "runs a template of its own as the StackSets execution role, by updating a stack of somebody else's StackSet",
      { actions: ["cloudformation:CreateChangeSet", "cloudformation:UpdateStack"] },
      [`arn:aws:cloudformation:*:${ANY_ACCOUNT}:stack/StackSet-*`],
      { ArnLikeIfExists: { "cloudformation:RoleArn": executionRole } },
      unless([exempt.stackSets, ...exempt.lastResort]),
    ),
  ];
}
