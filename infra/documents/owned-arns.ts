/** ARN patterns of everything the project owns, by who deploys it; none of them holds a generated id. */
import { sources } from "../../functions/sources";
import type { NamingClass, StoreClass } from "../names";
import { type Configuration, viaOf } from "../config/configuration";
import { ANY_ACCOUNT, namesFor } from "../names";

/** What the StackSets put into every account. @param account an id, or any account */
export function memberArns(config: Configuration, account: string = ANY_ACCOUNT) {
  const names = namesFor(config);
  const { prefix, roleName, roleArn } = names;
  return {
    roles: [roleArn("enforcer-*", account), ...[roleName.forwarder, roleName.redrive, roleName.configRecorder].map((role) => roleArn(role, account))],
    functions: [`arn:aws:lambda:*:${account}:function:${names.enforcerFunction("*")}`],
    rules: [names.eventRule("*"), names.sweepRule("*"), names.deniedRule, names.alarmRule, names.archiveRule].map(
      (rule) => `arn:aws:events:*:${account}:rule/${rule}`,
    ),
    queues: [`arn:aws:sqs:*:${account}:${names.deadLetterQueue}`],
    alarms: [`arn:aws:cloudwatch:*:${account}:alarm:${names.deadLetterAlarm}`],
    logGroups: [`arn:aws:logs:*:${account}:log-group:/aws/lambda/${names.enforcerFunction("*")}`],
    /** AWS starts the name of a stack instance's stack with `StackSet-` and the stack set's name. */
    stacks: [`arn:aws:cloudformation:*:${account}:stack/StackSet-${prefix}-*`],
  };
}

/** What the delegated account holds: code, bus, notifier, watcher, status. */
export function delegatedArns(config: Configuration) {
  const names = namesFor(config);
  const { homeRegion: region, roleName, roleArn } = names;
  const account = config.accounts.delegated;
  const here = (service: string, resource: string) => `arn:aws:${service}:${region}:${account}:${resource}`;
  const functions = [names.notifierFunction, names.watcherFunction];
  return {
    roles: [
      roleName.notifier, roleName.watcher,
      ...(config.services.config.use === "create" && config.services.config.aggregator === "delegated" ? [roleName.configAggregator] : []),
    ].map((role) => roleArn(role, account)),
    /** The trailing `*` is a version or alias. */
    functions: functions.map((name) => here("lambda", `function:${name}*`)),
    bus: names.busArn,
    rules: [here("events", `rule/${names.bus}/*`), here("events", `rule/${names.watcherFunction}*`)],
    queues: [here("sqs", `${names.notificationQueue}*`)],
    alarms: [here("cloudwatch", `alarm:${names.notificationQueue}*`), here("cloudwatch", `alarm:${names.watcherFunction}*`)],
    logGroups: functions.map((name) => here("logs", `log-group:/aws/lambda/${name}*`)),
    tables: [here("dynamodb", `table/${names.statusTable}*`)],
    secrets: [here("secretsmanager", `secret:${names.webhookSecret("*")}`)],
    codeBuckets: [names.codeBucketArn("*")],
  };
}

/** The classes of log bucket there are: both of encryption, and a naming class where a source's service demands one. */
export function bucketClasses(config: Configuration): readonly { readonly store: StoreClass; readonly naming: NamingClass }[] {
  const demanded = sources
    .flatMap((source) => source.kinds(viaOf(config, source)))
    .map(({ store, naming = "" as const }) => ({ store, naming }));
  const all = [{ store: "kms" as const, naming: "" as const }, { store: "sse-s3" as const, naming: "" as const }, ...demanded];
  return all.filter((one, index) => all.findIndex(({ store, naming }) => store === one.store && naming === one.naming) === index);
}

/** The accounts that keep logs, and nothing else. */
export const keepingAccounts = ({ accounts: { logArchive, backup } }: Configuration): readonly string[] => (backup === undefined ? [logArchive] : [logArchive, backup]);

/** What the archive and its backup hold. Their accounts are dedicated to it, so every key there is taken for the logs' own. */
export function archiveArns(config: Configuration) {
  const names = namesFor(config);
  const account = config.accounts.logArchive;
  const keepers = keepingAccounts(config);
  return {
    /** Stores, copies and backups of every class and Region: all are named alike, and nobody else's bucket is. It takes in the objects too. */
    logBuckets: [...new Set(bucketClasses(config).map(({ naming }) => naming))].map((naming) => `arn:aws:s3:::${naming === "" ? "aws-" : naming}${names.prefix}-log-*`),
    /** Where workloads write, named apart; their copies are log buckets like others. */
    placeBuckets: [`arn:aws:s3:::aws-${names.prefix}-places-*`],
    keys: keepers.map((keeper) => `arn:aws:kms:*:${keeper}:key/*`),
    aliases: [names.keyAlias, names.piiKeyAlias, names.trailKeyAlias].flatMap((alias) => keepers.map((keeper) => `arn:aws:kms:*:${keeper}:${alias}`)),
    destinations: [names.deliveryDestinationArn("*", "*")],
    /** The readers' and the replication's roles are deployed with the archive; their names' ends are the configuration's. */
    roles: [
      names.roleName.analysts, names.roleName.auditor("*"), names.roleName.temporary("*"), names.roleName.siem("*"), names.roleName.replication,
      ...(config.services.config.use === "create" && config.services.config.aggregator === "log-archive" ? [names.roleName.configAggregator] : []),
    ].map((role) => names.roleArn(role, account)),
    queues: [`arn:aws:sqs:*:${account}:${names.siemQueue("*")}`],
    rules: [`arn:aws:events:*:${account}:rule/${names.siemRule("*")}`],
  };
}
