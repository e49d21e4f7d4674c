/** ARN patterns of everything the project owns, by who deploys it; none of them holds a generated id. */
import { sources } from "../../functions/sources";
import type { NamingClass, StoreClass } from "../names";
import type { Configuration } from "../config/configuration";
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
    roles: [roleArn(roleName.notifier, account), roleArn(roleName.watcher, account)],
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
    .flatMap((source) => source.kinds(config.sources[source.name]?.via ?? source.via[0]!))
    .map(({ store, naming = "" as const }) => ({ store, naming }));
  const all = [{ store: "kms" as const, naming: "" as const }, { store: "sse-s3" as const, naming: "" as const }, ...demanded];
  return all.filter((one, index) => all.findIndex(({ store, naming }) => store === one.store && naming === one.naming) === index);
}

/** What the archive holds. Its account is dedicated to it, so every key there is taken for the logs' own. */
export function archiveArns(config: Configuration) {
  const names = namesFor(config);
  const account = config.accounts.logArchive;
  return {
    /** The trailing `*` is the Region's; it takes in the objects too. */
    logBuckets: bucketClasses(config).map(({ store, naming }) => names.logBucketArn(store, "*", naming)),
    keys: [`arn:aws:kms:*:${account}:key/*`],
    aliases: [names.keyAlias, names.trailKeyAlias].map((alias) => `arn:aws:kms:*:${account}:${alias}`),
    destinations: [names.deliveryDestinationArn("*", "*")],
    /** Readers' roles are deployed with the archive; their names' ends are the configuration's. */
    roles: [
      names.roleName.analysts, names.roleName.auditor("*"), names.roleName.temporary("*"), names.roleName.siem("*"),
      ...(config.services.config.aggregator === "log-archive" ? [names.roleName.configAggregator] : []),
    ].map((role) => names.roleArn(role, account)),
    queues: [`arn:aws:sqs:*:${account}:${names.siemQueue("*")}`],
    rules: [`arn:aws:events:*:${account}:rule/${names.siemRule("*")}`],
  };
}
