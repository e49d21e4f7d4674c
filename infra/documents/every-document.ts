/** Every policy document there is, with what it is attached to: for the page that shows them, and for tests that hold for all of them. */
import { notifierPermissions } from "../../functions/notifier/permissions";
import { sources } from "../../functions/sources";
import type { Configuration } from "../config/configuration";
import { tiers } from "../config/configuration";
import type { StoreClass, StorePart } from "../names";
import { namesFor } from "../names";
import { backupKeyPolicy } from "./backup-key-policy";
import { busPolicy } from "./bus-policy";
import { codeBucketPolicy } from "./code-bucket-policy";
import { aggregatorPermissions, aggregatorTrust } from "./config-recording";
import { copyBucketPolicy } from "./copy-bucket-policy";
import { deliveryDestinationPolicy } from "./delivery-destination-policy";
import { breakGlassPermissions, deployPermissions } from "./deploy-permissions";
import { backupDeployPermissions } from "./deploy-storage";
import { memberRoles } from "./global-template";
import { logBucketPolicy, recordsBucketPolicy } from "./log-bucket-policy";
import { logKeyPolicy } from "./log-key-policy";
import { permissionPolicy } from "./permission-policy";
import { piiKeyPolicy } from "./pii-key-policy";
import { placeBucketPolicy } from "./place-bucket-policy";
import type { PolicyDocument } from "./policy";
import { deadLetterQueuePolicy, notificationDeadLetterQueuePolicy, notificationQueuePolicy, siemQueuePolicy } from "./queue-policies";
import type { Quota } from "./quotas";
import { readerRoles } from "./reader-roles";
import { replicationPermissions, replicationTrust } from "./replication-role";
import { resourceControlPolicies } from "./resource-control-policies";
import { secretPolicy } from "./secret-policy";
import { serviceControlPolicies } from "./service-control-policies";
import type { Store } from "./stores";
import { backupRecords, backupStores, hasPlaces, isPlaces, storesIn } from "./stores";
import { ACCOUNT, REGION } from "./template";
import { trailKeyPolicy } from "./trail-key-policy";
import { trailStreamPermissions, trailStreamTrust } from "./trail-stream";
import { accountOf, breakGlassTrust, deployBackupTrust, deployTrust, lambdaTrust } from "./trust-policies";
import { watcherRolePermissions } from "./working-roles";

/** What a document is attached to. */
export interface Holder {
  /** As AWS knows it, and with its account where another has one of the same name. */
  readonly name: string;
  /** What it is, and where. */
  readonly about: string;
  /** Of one that every governed Region has. */
  readonly region?: string;
}

export interface AttachedDocument extends Holder {
  readonly quota: Quota;
  readonly document: PolicyDocument;
}

const held: Readonly<Record<StoreClass, string>> = {
  kms: "logs under the logs' key",
  "sse-s3": "logs under Amazon S3's own key",
  audit: "what Amazon S3 records of the buckets",
  places: "what workloads log",
  pii: "what workloads log of personal data",
};

const parts: Readonly<Record<StorePart, string>> = {
  storage: "in the archive's account",
  replica: "copied from another Region, in the archive's account",
  backup: "copied, in the backup account",
  records: "in the backup account",
};

const bucketOf = (config: Configuration, { part, store, region, naming }: Store): Holder => ({ name: namesFor(config).bucketOf(part, store, region, naming), about: `${held[store]}, ${parts[part]}` });

function bucketPolicyOf(config: Configuration, at: Store): PolicyDocument {
  if (at.part === "records") return recordsBucketPolicy(config, at);
  if (at.part !== "storage") return copyBucketPolicy(config, at);
  return isPlaces(at.store) ? placeBucketPolicy(config, at) : logBucketPolicy(config, at.region, at.store, at.naming);
}

const attached = (quota: Quota, holder: Holder, document: PolicyDocument): AttachedDocument => ({ ...holder, quota, document });

/** A role's two: who may assume it, and what it may do. */
const role = (holder: Holder, trust: PolicyDocument, permissions: PolicyDocument): readonly AttachedDocument[] => [attached("trust policy", holder, trust), attached("inline policy", holder, permissions)];

function inRegion(config: Configuration, region: string): readonly AttachedDocument[] {
  const names = namesFor(config);
  const kinds = sources
    .filter(({ scope }) => scope === "regional" || region === config.homeRegion)
    .flatMap((source) => source.kinds(config.sources[source.name]!.via))
    .filter(({ delivery }) => delivery);
  const listening = config.people.siem.filter(({ queue }) => queue);
  const queues = listening.length === 0 ? [] : [...listening.map(({ name }) => [names.siemQueue(name), `tells ${name} of new logs`] as const), [names.siemDeadLetterQueue, "keeps what no queue of a SIEM took"] as const];
  return [
    attached("key policy", { name: names.keyAlias, about: "encrypts logs and copies, in the archive's account", region }, logKeyPolicy(config, region)),
    ...(hasPlaces(config) ? [attached("key policy", { name: names.piiKeyAlias, about: "encrypts what workloads log of personal data, in the archive's account", region }, piiKeyPolicy(config, region))] : []),
    ...storesIn(config, region).map((at) => attached("bucket policy", { ...bucketOf(config, at), region }, bucketPolicyOf(config, at))),
    attached("bucket policy", { name: names.codeBucket(region), about: "code, templates and exclusions, in the delegated account", region }, codeBucketPolicy(config, region)),
    ...kinds.map(({ kind }) => attached("delivery destination policy", { name: names.deliveryDestination(kind), about: "in the archive's account", region }, deliveryDestinationPolicy(config, kind, region))),
    ...queues.map(([name, about]) => attached("queue policy", { name, about: `${about}, in the archive's account`, region }, siemQueuePolicy(config, region, name))),
  ];
}

function ofBackup(config: Configuration): readonly AttachedDocument[] {
  const records = backupRecords(config);
  if (records === undefined) return [];
  return [
    attached("key policy", { name: `${namesFor(config).keyAlias} of the backup`, about: "encrypts the copies in the backup account" }, backupKeyPolicy(config, records.region)),
    ...[...backupStores(config), records].map((at) => attached("bucket policy", bucketOf(config, at), bucketPolicyOf(config, at))),
  ];
}

/** Of the delegated account's home Region. */
function central(config: Configuration): readonly AttachedDocument[] {
  const names = namesFor(config);
  const about = "in the delegated account";
  return [
    attached("queue policy", { name: names.notificationQueue, about }, notificationQueuePolicy(config)),
    attached("queue policy", { name: names.notificationDeadLetterQueue, about }, notificationDeadLetterQueuePolicy(config)),
    attached("event bus policy", { name: names.bus, about }, busPolicy(config)),
    ...config.webhooks.map(({ name }) => attached("secret policy", { name: names.webhookSecret(name), about }, secretPolicy(config))),
  ];
}

function roles(config: Configuration): readonly AttachedDocument[] {
  const { roleName, breakGlassOf, ...names } = namesFor(config);
  const { accounts, services } = config;
  const { delegated } = accounts;
  const deploying = { management: roleName.deployManagement, "log-archive": roleName.deployLogArchive, delegated: roleName.deployDelegated };
  const { use, aggregator } = services.config;
  return [
    ...tiers.flatMap((tier) => {
      const trust = breakGlassTrust(config, tier);
      return [
        ...role({ name: deploying[tier], about: `deploys the stack ${tier}` }, deployTrust(config, tier), deployPermissions(config, tier)),
        ...(trust ? role({ name: `${breakGlassOf(accountOf(config, tier))} of ${tier}`, about: `break-glass in the account of ${tier}` }, trust, breakGlassPermissions(config, tier)) : []),
      ];
    }),
    ...(accounts.backup === undefined ? [] : role({ name: roleName.deployBackup, about: "deploys what is in the backup account" }, deployBackupTrust(config), backupDeployPermissions(config, accounts.backup))),
    ...memberRoles(config).flatMap(({ name, description, trust, managed, permissions }) => {
      const holder = { name, about: `in every account: ${[description, ...managed].join(", ")}` };
      return [attached("trust policy", holder, trust), ...permissions.map((one) => attached("inline policy", holder, one))];
    }),
    ...role({ name: roleName.notifier, about: "in the delegated account" }, lambdaTrust(delegated), permissionPolicy(notifierPermissions({ ...names, roleName, breakGlassOf }, config.webhooks))),
    ...role({ name: roleName.watcher, about: "in the delegated account" }, lambdaTrust(delegated), permissionPolicy(watcherRolePermissions(config))),
    ...role({ name: roleName.replication, about: "copies, in the archive's account" }, replicationTrust(config), replicationPermissions(config)),
    ...readerRoles(config).flatMap(({ name, description, trust, permissions }) => role({ name, about: `in the archive's account: ${description}` }, trust, permissions)),
    ...(services.trail.use === "create" && services.trail.streamDays > 0
      ? role({ name: roleName.trailStream, about: "streams the trail, in the management account" }, trailStreamTrust(config), trailStreamPermissions(config))
      : []),
    ...(use === "create" && aggregator !== "off"
      ? role({ name: roleName.configAggregator, about: `tells AWS Config which accounts there are, in the account of ${aggregator}` }, aggregatorTrust(accountOf(config, aggregator)), aggregatorPermissions())
      : []),
  ];
}

/** All but the control policies. Documents of members say `${AWS::AccountId}` and `${AWS::Region}`, as CloudFormation does. */
export function documentsBesideTheLock(config: Configuration): readonly AttachedDocument[] {
  const { trailKeyAlias, deadLetterQueue } = namesFor(config);
  return [
    ...config.regions.flatMap((region) => inRegion(config, region)),
    ...ofBackup(config),
    attached("key policy", { name: trailKeyAlias, about: "encrypts the organization's trail, in the archive's account" }, trailKeyPolicy(config)),
    ...central(config),
    attached("queue policy", { name: deadLetterQueue, about: "in every account and governed Region" }, deadLetterQueuePolicy(config, ACCOUNT, REGION)),
    ...roles(config),
  ];
}

export const everyDocument = (config: Configuration): readonly AttachedDocument[] => [
  ...serviceControlPolicies(config).map(({ name, document }) => attached("service control policy", { name, about: "the lock" }, document)),
  ...resourceControlPolicies(config).map(({ name, document }) => attached("resource control policy", { name, about: "the lock" }, document)),
  ...documentsBesideTheLock(config),
];
