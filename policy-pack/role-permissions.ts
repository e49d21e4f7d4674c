/** What each of our roles is said to need: by its log source, its function, its reader, or here where no code of ours says it. */
import { framePermissions } from "../functions/enforcer/permissions";
import { notifierPermissions } from "../functions/notifier/permissions";
import { sources } from "../functions/sources";
import type { Condition, Permission } from "../functions/sources/log-source";
import type { Configuration } from "../infra/config/configuration";
import type { Reading } from "../infra/config/people";
import { deployPermissions } from "../infra/documents/deploy-permissions";
import { administratorPermissions } from "../infra/documents/deploy-services";
import { backupDeployPermissions } from "../infra/documents/deploy-storage";
import type { PolicyDocument } from "../infra/documents/policy";
import { readable, readableLogs } from "../infra/documents/reader-roles";
import { storeArns, storeClasses } from "../infra/documents/stores";
import { watcherRolePermissions } from "../infra/documents/working-roles";
import type { StorePart } from "../infra/names";
import { ANY_ACCOUNT, hasKey, namesFor } from "../infra/names";
import type { Grant, Place } from "./meaning";
import { during } from "./roles";

/** Each permission as what its role is meant to be allowed. */
export const permits = (permissions: readonly Permission[]): readonly Grant[] =>
  permissions.map(({ actions, resources, condition }, index) => ({ Sid: `permission ${index + 1} (${actions[0]})`, Action: actions, Resource: resources, ...(condition && { Condition: condition }) }));

/** @returns by the role's name in AWS */
export function permissionsOfRoles(config: Configuration, { account }: Place): Readonly<Record<string, readonly Permission[]>> {
  const names = namesFor(config);
  const { roleName, roleArn, accounts, homeRegion: home } = names;
  const assume = (...roles: readonly string[]): Permission => ({ actions: ["sts:AssumeRole"], resources: roles });
  const inAccount = (permissions: readonly Permission[]) => permissions.map((one) => ({ ...one, resources: one.resources.map((arn) => arn.replace(ANY_ACCOUNT, account)) }));
  const enforcers = sources.map(({ name, permissions }): [string, readonly Permission[]] =>
    [roleName.enforcer(name), inAccount([...permissions(names, config.sources[name]!.via), ...framePermissions(names, config.regions, name)])]);
  const stream = (name: string) => `arn:aws:logs:${home}:${accounts.management}:log-group:${names.trailLogGroup}:log-stream:${name}`;
  return {
    ...Object.fromEntries(enforcers),
    [roleName.forwarder]: [{ actions: ["events:PutEvents"], resources: [names.busArn] }],
    [roleName.redrive]: inAccount([
      { actions: ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:ReceiveMessage"], resources: [`arn:aws:sqs:*:${ANY_ACCOUNT}:${names.deadLetterQueue}`] },
      { actions: ["lambda:InvokeFunction"], resources: [`arn:aws:lambda:*:${ANY_ACCOUNT}:function:${names.enforcerFunction("*")}`] },
    ]),
    [roleName.notifier]: notifierPermissions(names, config.webhooks),
    [roleName.watcher]: watcherRolePermissions(config),
    [roleName.replication]: replication(config),
    // https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSConfigRoleForOrganizations.html
    [roleName.configAggregator]: [{
      actions: ["organizations:DescribeOrganization", "organizations:ListAWSServiceAccessForOrganization", "organizations:ListAccounts", "organizations:ListDelegatedAdministrators"],
      resources: ["*"],
    }],
    [roleName.trailStream]: [{
      actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
      resources: [stream(`${accounts.management}_CloudTrail_${home}*`), stream(`${config.organizationId}_*`)],
    }],
    [roleName.deployManagement]: saidBy(deployPermissions(config, "management")),
    [roleName.deployLogArchive]: saidBy(deployPermissions(config, "log-archive")),
    [roleName.deployDelegated]: saidBy(deployPermissions(config, "delegated")),
    [roleName.deployBackup]: saidBy(backupDeployPermissions(config, account)),
    [names.breakGlassOf(account)]: {
      [accounts.management]: [assume(roleArn(roleName.deployManagement, account))],
      [accounts.logArchive]: [assume(roleArn(roleName.deployLogArchive, account)), ...administratorPermissions(config)],
      [accounts.delegated]: [
        assume(roleArn(roleName.deployDelegated, account), roleArn(roleName.redrive)),
        { actions: ["secretsmanager:PutSecretValue"], resources: [`arn:aws:secretsmanager:${home}:${account}:secret:${names.webhookSecret("*")}`] },
      ],
    }[account] ?? [],
    ...readers(config),
  };
}

/** Where nothing but the document itself says what is needed: what is deployed is at least what was written. */
const saidBy = ({ Statement }: PolicyDocument): readonly Permission[] =>
  Statement.map(({ Action = [], Resource = [], Condition }) => ({ actions: [Action].flat(), resources: [Resource].flat(), ...(Condition && { condition: Condition }) }));

/** The role that copies the logs: it reads and decrypts where they are written, writes and encrypts where they are kept. */
function replication(config: Configuration): readonly Permission[] {
  const { logArchive, backup } = config.accounts;
  const objects = (part: StorePart) => storeArns(config, part).map((arn) => `${arn}/*`);
  const encrypted = (part: StorePart) => storeClasses(config).filter(({ store }) => hasKey(store)).map(({ store, naming }) => `${namesFor(config).bucketArnOf(part, store, "*", naming)}/*`);
  const uses = (action: string, account: string, part: StorePart): Permission => ({
    actions: [action],
    resources: [`arn:aws:kms:*:${account}:key/*`],
    condition: { StringLike: { "kms:ViaService": "s3.*.amazonaws.com", "kms:EncryptionContext:aws:s3:arn": encrypted(part) } },
  });
  const retained = Object.values(config.archive.objectLock).some(({ inPlace }) => inPlace) ? ["s3:GetObjectLegalHold", "s3:GetObjectRetention"] : [];
  const copies = ["s3:ReplicateObject", "s3:ReplicateTags"];
  return [
    { actions: ["s3:GetReplicationConfiguration", "s3:ListBucket"], resources: storeArns(config, "storage") },
    { actions: ["s3:GetObjectVersionAcl", "s3:GetObjectVersionForReplication", "s3:GetObjectVersionTagging", ...retained], resources: objects("storage") },
    { actions: copies, resources: objects("replica") },
    uses("kms:Decrypt", logArchive, "storage"),
    uses("kms:Encrypt", logArchive, "replica"),
    ...(backup === undefined ? [] : [{ actions: [...copies, "s3:ObjectOwnerOverrideToBucketOwner"], resources: objects("backup") }, uses("kms:Encrypt", backup, "backup")]),
  ];
}

/** Finding, reading and decrypting the logs that the configuration names, on the days that it names. */
function reads(config: Configuration, what: Reading, when: Condition = {}): readonly Permission[] {
  const { objects, buckets, prefixes, encrypted } = readable(config, what);
  return [
    { actions: ["s3:GetObject", "s3:GetObjectVersion"], resources: objects, condition: when },
    { actions: ["s3:ListBucket"], resources: buckets, condition: { ...when, StringLike: { "s3:prefix": prefixes } } },
    { actions: ["s3:GetBucketLocation"], resources: buckets, condition: when },
    ...(encrypted
      ? [{
          actions: ["kms:Decrypt"],
          resources: [`arn:aws:kms:*:${config.accounts.logArchive}:key/*`],
          condition: { ...when, StringLike: { "kms:ViaService": "s3.*.amazonaws.com", "kms:EncryptionContext:aws:s3:arn": objects } },
        }]
      : []),
  ];
}

/** Asking by Athena: in the reader's own workgroup, of tables of logs that it may read at all. */
function asks(config: Configuration, role: string, what: Reading, when: Condition = {}): readonly Permission[] {
  const { homeRegion, accounts: { logArchive }, logDatabase, logWorkgroup } = namesFor(config);
  const glue = (resource: string) => `arn:aws:glue:${homeRegion}:${logArchive}:${resource}`;
  const [catalog, database] = [glue("catalog"), glue(`database/${logDatabase}`)];
  const tables = readableLogs(config, what).map(({ name }) => glue(`table/${logDatabase}/${name.replaceAll("-", "_")}`));
  const workgroup = `arn:aws:athena:${homeRegion}:${logArchive}:workgroup/${logWorkgroup(role)}`;
  return [
    { actions: ["athena:GetQueryExecution", "athena:GetQueryResults", "athena:StartQueryExecution", "athena:StopQueryExecution"], resources: [workgroup], condition: when },
    { actions: ["glue:GetDatabase"], resources: [catalog, database, glue("database/default")], condition: when },
    { actions: ["glue:GetTable"], resources: [catalog, database, ...tables], condition: when },
  ];
}

function readers(config: Configuration): Readonly<Record<string, readonly Permission[]>> {
  const { roleName, siemQueue } = namesFor(config);
  const { analysts, auditors, temporary, siem } = config.people;
  const queue = (name: string): Permission => ({
    actions: ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:ReceiveMessage"],
    resources: [`arn:aws:sqs:*:${config.accounts.logArchive}:${siemQueue(name)}`],
  });
  return Object.fromEntries([
    ...(analysts ? [[roleName.analysts, [...reads(config, analysts), ...asks(config, roleName.analysts, analysts)]] as const] : []),
    ...auditors.map((one) => [roleName.auditor(one.name), [...reads(config, one, during(one)), ...asks(config, roleName.auditor(one.name), one, during(one))]] as const),
    ...temporary.map((one) => [roleName.temporary(one.name), reads(config, one, during(one))] as const),
    ...siem.map((one) => [roleName.siem(one.name), [...reads(config, one), ...(one.queue ? [queue(one.name)] : [])]] as const),
  ]);
}
