/** A bucket, a key or a destination that is not there is a log that is refused, and a copy that is never made. */
import { sources } from "../../functions/sources";
import { type Configuration, viaOf } from "../../infra/config/configuration";
import { ACCESS_PREFIX, INVENTORY_PREFIX } from "../../infra/documents/audit-logs";
import { askingRoles } from "../../infra/documents/reader-roles";
import { siemPattern, tellingClasses } from "../../infra/documents/siem-notices";
import { lifecycleRules, type LifecycleRule } from "../../infra/documents/lifecycle";
import { backupRecords, backupStores, copiesOf, hasPlaces, storesIn } from "../../infra/documents/stores";
import { inBackup, namesFor } from "../../infra/names";
import { list, pick, type Plain } from "../subjects/plain";
import { canonicalType } from "../subjects/read";
import type { Resource } from "../subjects/subject";
import { alike, at, atLeast, holding, orAbsent, refersToOne, wantedThere, type Demand, type Wanted } from "../wanted";

function buckets(config: Configuration): readonly Wanted[] {
  const { bucketOf } = namesFor(config);
  const records = backupRecords(config);
  const all = [...config.regions.flatMap((region) => storesIn(config, region)), ...backupStores(config), ...(records ? [records] : [])];
  return all.flatMap((kept): readonly Wanted[] => {
    const { part, store, naming, region } = kept;
    const bucket = bucketOf(part, store, region, naming);
    const copy = part === "replica" || part === "backup";
    const account = inBackup(part) ? config.accounts.backup! : config.accounts.logArchive;
    // What each says is other rules' affair.
    const set = ["bucketpolicy", "bucketversioning", "bucketserversideencryptionconfiguration", "bucketownershipcontrols", "bucketpublicaccessblock",
      ...(copy || config.archive.objectLock[store].inPlace ? ["bucketobjectlockconfiguration"] : []),
      ...(copiesOf(config, kept).length > 0 ? ["bucketreplicationconfig"] : []),
    ];
    const audit = bucketOf(inBackup(part) ? "records" : "storage", "audit", region);
    return [
      { type: "s3:bucket", by: { bucket }, account, what: `The bucket ${bucket}`, settings: { region, ...(copy && { objectLockEnabled: true }), forceDestroy: orAbsent(false) } },
      ...set.map((type) => ({ type: `s3:${type}`, by: { bucket }, account, what: `The ${type} of ${bucket}`, settings: { region } })),
      ...(store === "audit" ? [] : recorded(config, bucket, account, region, audit)),
      ...(!copy || config.archive.copies.expire
        ? [{ type: "s3:bucketlifecycleconfiguration", by: { bucket }, account, what: `The lifecycle of ${bucket}`, settings: { region, rules: lifecycle(lifecycleRules(config, kept)) } }]
        : []),
    ];
  });
}

/** All that Amazon S3 lists of an object that says whether it is kept as it should be. */
const listed = ["Size", "LastModifiedDate", "StorageClass", "ReplicationStatus", "EncryptionStatus", "ObjectLockRetainUntilDate", "ObjectLockMode", "ObjectLockLegalHoldStatus"];

/** What is known of a bucket: who asked for what, and what lies in it; that it goes where neither is done is `log-buckets-audited`'s. */
function recorded({ archive: { inventory } }: Configuration, bucket: string, account: string, region: string, audit: string): readonly Wanted[] {
  return [
    {
      type: "s3:bucketlogging", by: { bucket }, account, what: `The access logs of ${bucket}`,
      settings: { region, targetBucket: audit, targetPrefix: ACCESS_PREFIX, "targetObjectKeyFormat.partitionedPrefix.partitionDateSource": "EventTime" },
    },
    {
      type: "s3:inventory", by: { bucket }, account, what: `The inventory of ${bucket}`,
      settings: {
        region,
        enabled: orAbsent(true),
        "schedule.frequency": inventory.frequency,
        optionalFields: holding(listed),
        "destination.bucket.bucketArn": `arn:aws:s3:::${audit}`,
        "destination.bucket.accountId": account,
        "destination.bucket.format": inventory.format,
        "destination.bucket.prefix": INVENTORY_PREFIX,
      },
    },
  ];
}

/** By how keys begin, what happens when; that nothing ends sooner is `lifecycle-keeps-retention`'s to say. */
const lifecycle = (rules: readonly LifecycleRule[]): Demand => {
  const inWords = (rule: unknown): string => {
    const of = rule as Plain;
    const moves = list(pick(of, "transitions")).map((move) => `${String(pick(move, "storageClass"))} after ${String(pick(move, "days"))}`);
    const [status, prefix, end, old, parts] = ["status", "filter.prefix", "expiration.days", "noncurrentVersionExpiration.noncurrentDays", "abortIncompleteMultipartUpload.daysAfterInitiation"].map((path) => String(at(of, path)));
    return `${prefix} is ${status}: ${[...moves, `ends after ${end}`, `can be brought back for ${old}`, `what was begun ends after ${parts}`].join(", ")}`;
  };
  const all = (of: readonly unknown[]) => of.map(inWords).sort().join("; ");
  return { is: all(rules), inWords: (found) => all(list(found)), holds: (found) => all(list(found)) === all(rules) };
};

/** Each found by its alias, which is how everybody names it. */
function keys(config: Configuration): readonly Wanted[] {
  const { keyAlias, piiKeyAlias, trailKeyAlias } = namesFor(config);
  const { accounts: { logArchive, backup }, archive: { backupRegion }, homeRegion } = config;
  const key = (name: string, region: string, account: string): Wanted => ({
    type: "kms:alias", by: { name, region }, account, what: `The alias ${name} in ${region}`,
    settings: { targetKeyId: refersToOne("a key of this stack there", /^[0-9a-f-]{36}$/, ({ type, props }) => canonicalType(type) === "kms:key" && props.region === region) },
  });
  return [
    ...config.regions.flatMap((region) => [key(keyAlias, region, logArchive), ...(hasPlaces(config) ? [key(piiKeyAlias, region, logArchive)] : [])]),
    key(trailKeyAlias, homeRegion, logArchive),
    ...(backup !== undefined && backupRegion !== undefined ? [key(keyAlias, backupRegion, backup)] : []),
  ];
}

function destinations(config: Configuration, region: string): readonly Wanted[] {
  const { deliveryDestination, logBucketArn } = namesFor(config);
  return sources
    .filter(({ scope }) => scope === "regional" || region === config.homeRegion)
    .flatMap((source) => source.kinds(viaOf(config, source)))
    .flatMap(({ kind, store, naming, delivery }): readonly Wanted[] => {
      if (!delivery) return [];
      const name = deliveryDestination(kind);
      return [
        {
          type: "cloudwatch:logdeliverydestination", by: { name, region }, what: `The delivery destination ${name} in ${region}`,
          settings: { outputFormat: delivery.outputFormat, "deliveryDestinationConfiguration.destinationResourceArn": logBucketArn(store, region, naming) },
        },
        // Without it nobody may deliver.
        { type: "logs:deliverydestination", by: { deliveryDestinationName: name, region }, what: `The policy of the delivery destination ${name} in ${region}`, settings: {} },
      ];
    });
}

/** A queue for each SIEM that asks for one, fed by a rule of its own, of buckets that tell of their objects. */
function notices(config: Configuration, region: string): readonly Wanted[] {
  const { siemQueue, siemRule, siemDeadLetterQueue, logBucket } = namesFor(config);
  const listening = config.people.siem.filter(({ queue }) => queue);
  if (listening.length === 0) return [];
  const arn = (queue: string) => `arn:aws:sqs:${region}:${config.accounts.logArchive}:${queue}`;
  const is = (name: string) => ({ type, props }: Resource) => canonicalType(type) === "sqs:queue" && props.name === name && props.region === region;
  const queue = (name: string, seconds: number): readonly Wanted[] => [
    { type: "sqs:queue", by: { name, region }, what: `The queue ${name} in ${region}`, settings: { sqsManagedSseEnabled: true, messageRetentionSeconds: atLeast(seconds) } },
    { type: "sqs:queuepolicy", by: { queueUrl: refersToOne(name, new RegExp(`^https://sqs\\.${region}\\.amazonaws\\.com/${config.accounts.logArchive}/${name}$`), is(name)) }, what: `The policy of the queue ${name} in ${region}`, settings: { region } },
  ];
  return [
    ...queue(siemDeadLetterQueue, 1_209_600),
    ...listening.flatMap((one) => [
      ...queue(siemQueue(one.name), 345_600),
      { type: "events:rule", by: { name: siemRule(one.name), region }, what: `The rule ${siemRule(one.name)} in ${region}`, settings: { eventPattern: alike(siemPattern(config, region, one)), state: orAbsent("ENABLED") } },
      {
        type: "events:target", by: { rule: siemRule(one.name), region }, what: `The target of the rule ${siemRule(one.name)} in ${region}`,
        settings: { arn: refersToOne(arn(siemQueue(one.name)), new RegExp(`^${arn(siemQueue(one.name))}$`), is(siemQueue(one.name))), "deadLetterConfig.arn": arn(siemDeadLetterQueue) },
      },
    ]),
    ...tellingClasses(config).map(({ store, naming }) => {
      const bucket = logBucket(store, region, naming);
      return { type: "s3:bucketnotification", by: { bucket }, what: `The notices of ${bucket}`, settings: { region, eventbridge: true } };
    }),
  ];
}

/** Where people ask: results stay in the workgroup, and nobody's client says otherwise. */
const workgroups = (config: Configuration): readonly Wanted[] =>
  askingRoles(config).map((role) => {
    const name = namesFor(config).logWorkgroup(role);
    return {
      type: "athena:workgroup", by: { name }, what: `The workgroup ${name}`,
      settings: { region: config.homeRegion, state: orAbsent("ENABLED"), "configuration.enforceWorkgroupConfiguration": true, "configuration.managedQueryResultsConfiguration.enabled": true, "configuration.bytesScannedCutoffPerQuery": { is: "given", holds: (found) => Number(found) > 0 } },
    };
  });

export const rule = wantedThere({
  requirement: "The archive has every bucket, key and delivery destination that the configuration asks for, in its account and Region, and what its readers ask with and are told by.",
  wanted: (config) =>
    config.tier === "log-archive" ? [...buckets(config), ...keys(config), ...config.regions.flatMap((region) => [...destinations(config, region), ...notices(config, region)]), ...workgroups(config)] : [],
});
