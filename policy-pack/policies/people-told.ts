/** What no policy denies is told instead: a rule that is off, sees less or leads elsewhere is a silence that nobody hears. */
import type { Configuration } from "../../infra/config/configuration";
import { hasReached } from "../../infra/config/configuration";
import { archivePattern } from "../../infra/documents/archive-pattern";
import { alarmPattern, deniedPattern, READS_TOO, type EventPattern } from "../../infra/documents/event-patterns";
import { watchedPattern } from "../../infra/documents/watched-calls";
import { namesFor } from "../../infra/names";
import { canonicalType } from "../subjects/read";
import { list, pick } from "../subjects/plain";
import type { Subject } from "../subjects/subject";
import { alike, orAbsent, refersToOne, wantedThere, type Wanted } from "../wanted";

/** In each governed Region of the management account: what no control policy binds there. */
function inManagement(config: Configuration): readonly Wanted[] {
  const { watchedRule, busArn, roleArn, roleName, deadLetterQueue } = namesFor(config);
  const account = config.accounts.management;
  return config.regions.flatMap((region): readonly Wanted[] => [
    {
      type: "events:rule", by: { name: watchedRule, region }, what: `The rule ${watchedRule} in ${region}`,
      settings: { state: READS_TOO, eventPattern: alike(watchedPattern(region === config.homeRegion)), eventBusName: orAbsent("default") },
    },
    {
      type: "events:target", by: { rule: watchedRule, region }, what: `The target of the rule ${watchedRule} in ${region}`,
      settings: { arn: busArn, roleArn: roleArn(roleName.forwarder, account), "deadLetterConfig.arn": `arn:aws:sqs:${region}:${account}:${deadLetterQueue}`, input: orAbsent(""), inputPath: orAbsent("") },
    },
  ]);
}

/** From the bus by a queue to the notifier. */
function inDelegated(config: Configuration): readonly Wanted[] {
  const { bus, notificationQueue, notificationDeadLetterQueue, notifierFunction, watcherFunction } = namesFor(config);
  const region = config.homeRegion;
  const arn = (service: string, name: string) => `arn:aws:${service}:${region}:${config.accounts.delegated}:${name}`;
  const called = (name: string) => refersToOne(name, new RegExp(`^(${arn("lambda", "function:")})?${name}$`), ({ type, props }) => canonicalType(type) === "lambda:function" && props.name === name);
  const queued = (name: string) => refersToOne(arn("sqs", name), new RegExp(`^${arn("sqs", name)}$`), ({ type, props }) => canonicalType(type) === "sqs:queue" && props.name === name);
  const [queue, lost] = [queued(notificationQueue), queued(notificationDeadLetterQueue)];
  return [
    { type: "events:rule", by: { name: notificationQueue, region }, what: `The rule ${notificationQueue}`, settings: { eventBusName: bus, eventPattern: alike({ account: [{ exists: true }] }), state: READS_TOO } },
    { type: "events:target", by: { rule: notificationQueue, region }, what: `The target of the rule ${notificationQueue}`, settings: { eventBusName: bus, arn: queue, "deadLetterConfig.arn": lost } },
    ...(hasReached(config, "force")
      ? [
          { type: "events:rule", by: { name: watcherFunction, region }, what: `The rule ${watcherFunction}`, settings: { scheduleExpression: `rate(${config.sweepMinutes} minutes)`, state: orAbsent("ENABLED") } },
          { type: "events:target", by: { rule: watcherFunction, region }, what: `The target of the rule ${watcherFunction}`, settings: { arn: called(watcherFunction), "deadLetterConfig.arn": lost } },
        ]
      : []),
    {
      type: "lambda:eventsourcemapping", by: { region }, what: "What feeds the notifier",
      settings: { eventSourceArn: queue, functionName: called(notifierFunction), enabled: orAbsent(true) },
    },
  ];
}

/** In the template that has functions: refused calls, alarms, and in the archive's account whatever is done there. */
function inTemplate(config: Configuration, siblings: readonly Subject[]): readonly Wanted[] {
  if (!siblings.some(({ kind }) => kind === "function")) return [];
  const names = namesFor(config);
  const told: readonly (readonly [string, EventPattern, string])[] = [
    [names.deniedRule, deniedPattern(), READS_TOO],
    [names.alarmRule, alarmPattern(names), "ENABLED"],
    [names.archiveRule, archivePattern(config), READS_TOO],
  ];
  return told.map(([name, pattern, state]) => ({
    type: "events:rule", by: { name }, what: `The rule ${name}`,
    settings: {
      state,
      eventPattern: alike(pattern),
      eventBusName: orAbsent("default"),
      targets: {
        is: `${names.busArn} by the role ${names.roleName.forwarder}`,
        holds: (found) => list(found).some((target) => pick(target, "arn") === names.busArn && pick(target, "roleArn") === names.roleArn(names.roleName.forwarder, "${AWS::AccountId}")),
      },
    },
  }));
}

export const rule = wantedThere({
  requirement: "People are told of what no policy denies: calls in the management account and in the archive's, refusals and alarms go to the central bus, and from it to the notifier.",
  wanted: (config) => {
    if (hasReached(config, "force") && config.tier === "management") return inManagement(config);
    return config.tier === "delegated" ? inDelegated(config) : [];
  },
  inTemplate,
});
