/**
 * Every name the project gives, computed from configuration alone.
 *
 * The tiers need each other (an enforcer writes to the archive, the archive admits the enforcer), so none of
 * them can read the other's outputs: both compute the same name here. No Pulumi output and no AWS client enters
 * this file, so the documents built from it are known in a preview.
 */

/** The part of the configuration that names depend on. */
export interface NameScope {
  /** Starts every name; lower-case letters, digits and hyphens, at most 12 characters. */
  readonly prefix: string;
  readonly accounts: {
    readonly management: string;
    readonly logArchive: string;
    readonly delegated: string;
    /** Keeps a further copy of the logs, and nothing else. */
    readonly backup?: string | undefined;
  };
  /** The Region of the central event bus, the notifier and the global enforcers: always us-east-1. */
  readonly homeRegion: "us-east-1";
}

/**
 * How a bucket's objects are encrypted: by our key, or by S3's own where the writing service can't use a key. `audit` is what
 * Amazon S3 writes of the stores themselves (access logs, inventories), also with its own key. `places` is what workloads write
 * themselves, by our key; `pii` the same of personal data, by a key of its own.
 */
export type StoreClass = "kms" | "sse-s3" | "audit" | "places" | "pii";

/** The classes whose objects are encrypted with a key of ours. */
export const hasKey = (store: StoreClass): boolean => store !== "sse-s3" && store !== "audit";

/**
 * A store that services write to, its copy in another Region, its copy in the backup account, and there what Amazon S3 records
 * of those.
 */
export type StorePart = "storage" | "replica" | "backup" | "records";

/** Whether it lies in the backup account. */
export const inBackup = (part: StorePart): boolean => part === "backup" || part === "records";

/**
 * A bucket name's fixed start where a service demands one (AWS WAF: `aws-waf-logs-`); "" for the rest.
 * https://docs.aws.amazon.com/waf/latest/developerguide/logging-s3.html
 */
export type NamingClass = "" | "aws-waf-logs-";

/** Any account, in a pattern that reads the same ARN-wise and as plain text. */
export const ANY_ACCOUNT = "????????????";

/** The longest prefix for which every bucket name keeps to S3's 63 characters (a test holds it to `logBucket`). */
export const LONGEST_PREFIX = 12;

export type Names = ReturnType<typeof namesFor>;

/**
 * The names for one configuration.
 *
 * @param scope prefix and account ids
 * @returns functions and constants; every ARN is of the `aws` partition
 * @example namesFor(config).logBucket("kms", "eu-central-1") // aws-fall-log-storage-222222222222-eu-central-1
 */
export function namesFor(scope: NameScope) {
  const { prefix, accounts, homeRegion } = scope;
  const rolePath = `/${prefix}/`;
  const roleName = {
    enforcer: (source: string) => `enforcer-${source}`,
    /** Lets EventBridge hand events to the central bus. */
    forwarder: "forwarder",
    /** Assumed by the redrive command in a member: empties the dead-letter queue into the enforcers. */
    redrive: "redrive",
    notifier: "notifier",
    watcher: "watcher",
    deployManagement: "deploy-management",
    deployLogArchive: "deploy-log-archive",
    deployDelegated: "deploy-delegated",
    /** Deploys into the backup account, for the stack log-archive. */
    deployBackup: "deploy-backup",
    /** Amazon S3 copies with it from every store of the archive. */
    replication: "replication",
    breakGlass: "break-glass",
    /** Break-glass of the archive's account, where it has this name instead (docs/decisions/0012). */
    administrator: "LogArchive-Administrator",
    /** Reads what analysts may read, for as long as they are analysts. */
    analysts: "LogsReadOnlyFrequencyRole",
    /** Readers that the configuration names, one role each. */
    auditor: (name: string) => `auditor-${name}`,
    temporary: (name: string) => `temporary-${name}`,
    siem: (name: string) => `siem-${name}`,
    /** AWS Config records with it, in every account. */
    configRecorder: "config-recorder",
    /** AWS Config looks with it which accounts the organization has. */
    configAggregator: "config-aggregator",
    /** CloudTrail streams the organization's trail to CloudWatch Logs with it. */
    trailStream: "trail-stream",
  };
  /** Break-glass is one role an account; the archive's has a name of its own. */
  const breakGlassOf = (account: string) => (account === accounts.logArchive ? roleName.administrator : roleName.breakGlass);
  /** ARN of one of our roles in an account, or in any (`ANY_ACCOUNT`). */
  const roleArn = (role: string, account: string = ANY_ACCOUNT) => `arn:aws:iam::${account}:role${rolePath}${role}`;
  const infix = { kms: "", "sse-s3": "s3-", audit: "audit-", places: "places-", pii: "pii-" } as const;
  const bucketOf = (part: StorePart, store: StoreClass, region: string, naming: NamingClass = "") => {
    // Where workloads write is named apart: the lock lets nobody write to a bucket of the other names.
    if (part === "storage" && (store === "places" || store === "pii")) return `aws-${prefix}-places-${store === "pii" ? infix.pii : ""}${accounts.logArchive}-${region}`;
    return `${naming === "" ? "aws-" : naming}${prefix}-log-${part}-${infix[store]}${inBackup(part) ? (accounts.backup ?? "") : accounts.logArchive}-${region}`;
  };
  const logBucket = (store: StoreClass, region: string, naming: NamingClass = "") => bucketOf("storage", store, region, naming);
  const codeBucket = (region: string) => `${prefix}-code-${accounts.delegated}-${region}`;
  const bus = `${prefix}-outcomes`;
  return {
    prefix,
    accounts,
    homeRegion,
    rolePath,
    roleName,
    roleArn,
    breakGlassOf,
    /** The StackSets execution role: an administrator in every member, its name ends in 32 hexadecimal digits. */
    stackSetsExecutionRoleArn: (account: string = ANY_ACCOUNT) =>
      `arn:aws:iam::${account}:role/stacksets-exec-${"?".repeat(32)}`,
    /** What marks a flow log, delivery or delivery source as ours; the value is the source's name. */
    tagKey: `${prefix}-log`,
    /** Keeps a resource from being forced; honoured only where the lock can keep others from setting it. */
    exclusionTagKey: "ExcludeLogging",
    logBucket,
    logBucketArn: (store: StoreClass, region: string, naming: NamingClass = "") =>
      `arn:aws:s3:::${logBucket(store, region, naming)}`,
    bucketOf,
    bucketArnOf: (part: StorePart, store: StoreClass, region: string, naming: NamingClass = "") =>
      `arn:aws:s3:::${bucketOf(part, store, region, naming)}`,
    keyAlias: `alias/${prefix}-log-storage`,
    /** The key of the class `pii`. */
    piiKeyAlias: `alias/${prefix}-pii`,
    /** The organization trail's own key: in the archive, in the home Region. */
    trailKeyAlias: `alias/${prefix}-trail`,
    codeBucket,
    codeBucketArn: (region: string) => `arn:aws:s3:::${codeBucket(region)}`,
    /** The central list of exclusions, an object in each Region's code bucket. */
    exclusionsKey: "exclusions.json",
    enforcerFunction: (source: string) => `${prefix}-enforcer-${source}`,
    notifierFunction: `${prefix}-notifier`,
    watcherFunction: `${prefix}-watcher`,
    eventRule: (source: string) => `${prefix}-${source}-events`,
    sweepRule: (source: string) => `${prefix}-${source}-sweep`,
    deniedRule: `${prefix}-denied`,
    alarmRule: `${prefix}-alarms`,
    /** In the management account alone: calls that no control policy binds. */
    watchedRule: `${prefix}-watched-calls`,
    /** In the archive's account alone: whatever is done there that is no delivery of a log. */
    archiveRule: `${prefix}-archive-touched`,
    deadLetterQueue: `${prefix}-dead-letters`,
    deadLetterAlarm: `${prefix}-dead-letters`,
    bus,
    busArn: `arn:aws:events:${homeRegion}:${accounts.delegated}:event-bus/${bus}`,
    notificationQueue: `${prefix}-notifications`,
    notificationDeadLetterQueue: `${prefix}-notifications-dead-letters`,
    statusTable: `${prefix}-status`,
    webhookSecret: (webhook: string) => `${prefix}/webhook/${webhook}`,
    globalStackSet: `${prefix}-global`,
    regionalStackSet: `${prefix}-regional`,
    /** The stacks of the management account, which StackSets never reach. */
    ownGlobalStack: `${prefix}-own-global`,
    ownRegionalStack: `${prefix}-own-regional`,
    trail: `${prefix}-organization-trail`,
    trailLogGroup: `/${prefix}/organization-trail`,
    /** AWS Config takes one recorder and one delivery channel a Region; ours have this name. */
    configRecorder: `${prefix}-recorder`,
    configAggregator: `${prefix}-organization`,
    analyzer: `${prefix}-organization`,
    /** The Glue database of the logs' tables, in the archive's account and the home Region; hyphens would have to be quoted in every query. */
    logDatabase: `${prefix.replaceAll("-", "_")}_logs`,
    /** The Athena workgroup of a reader's role; results are seen by whoever may use the workgroup, so each has its own. */
    logWorkgroup: (role: string = roleName.analysts) => (role === roleName.analysts ? `${prefix}-logs` : `${prefix}-logs-${role}`),
    /** Tells a SIEM of new logs; in each governed Region. */
    siemQueue: (name: string) => `${prefix}-siem-${name}`,
    /** Ends so that no name makes it one of an enforcer's rules (`-events`, `-sweep`). */
    siemRule: (name: string) => `${prefix}-siem-${name}-objects`,
    siemDeadLetterQueue: `${prefix}-siem-dead-letters`,
    /** A vended-log delivery destination in the archive account, one a Region and kind of log. */
    deliveryDestination: (kind: string) => `${prefix}-${kind}`,
    deliveryDestinationArn: (kind: string, region: string) =>
      `arn:aws:logs:${region}:${accounts.logArchive}:delivery-destination:${prefix}-${kind}`,
    /** Starts the name of every delivery source that we make; at most 60 characters with the 24 that follow. */
    deliverySourcePrefix: (kind: string) => `${prefix}-${kind}-`,
  };
}
