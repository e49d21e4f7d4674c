/** The policies of the project's queues: EventBridge sends, for our own rules; everybody else needs a role of ours. */
import type { Configuration } from "../config/configuration";
import { namesFor } from "../names";
import { document, overTlsOnly } from "./policy";
import type { PolicyDocument } from "./policy";

/**
 * A queue that EventBridge may send to, for the rules given.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
 */
const fromRules = (queueArn: string, account: string, rules: string | readonly string[]): PolicyDocument =>
  document([
    {
      Sid: "OurEventRules",
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: "sqs:SendMessage",
      Resource: queueArn,
      Condition: { StringEquals: { "aws:SourceAccount": account }, ArnLike: { "aws:SourceArn": rules } },
    },
    overTlsOnly("sqs:*", queueArn),
  ]);

/**
 * The dead-letter queue of an account and Region. A function's failure destination is written under its own role and
 * needs no word here; an event that EventBridge could not hand over does.
 *
 * @param account its id, or the text that a template substitutes (`${AWS::AccountId}`); likewise `region`
 */
export function deadLetterQueuePolicy(config: Configuration, account: string, region: string): PolicyDocument {
  const { deadLetterQueue, prefix } = namesFor(config);
  return fromRules(
    `arn:aws:sqs:${region}:${account}:${deadLetterQueue}`,
    account,
    `arn:aws:events:${region}:${account}:rule/${prefix}-*`,
  );
}

/** The delegated account's queue between the central bus and the notifier; the bus's rules have the bus in their ARN. */
export function notificationQueuePolicy(config: Configuration): PolicyDocument {
  const { notificationQueue, bus, accounts, homeRegion } = namesFor(config);
  return fromRules(
    `arn:aws:sqs:${homeRegion}:${accounts.delegated}:${notificationQueue}`,
    accounts.delegated,
    `arn:aws:events:${homeRegion}:${accounts.delegated}:rule/${bus}/*`,
  );
}

/**
 * The queue behind it. Amazon SQS moves messages there by its redrive policy and needs no word here; what EventBridge could
 * hand to neither the queue nor the watcher does.
 */
export function notificationDeadLetterQueuePolicy(config: Configuration): PolicyDocument {
  const { notificationDeadLetterQueue, bus, watcherFunction, accounts, homeRegion } = namesFor(config);
  const rule = `arn:aws:events:${homeRegion}:${accounts.delegated}:rule`;
  return fromRules(
    `arn:aws:sqs:${homeRegion}:${accounts.delegated}:${notificationDeadLetterQueue}`,
    accounts.delegated,
    [`${rule}/${bus}/*`, `${rule}/${watcherFunction}`],
  );
}

/** A queue that tells a SIEM of new logs. @param queue its name, or that of the one for what it did not take */
export function siemQueuePolicy(config: Configuration, region: string, queue: string): PolicyDocument {
  const { siemQueue, siemRule } = namesFor(config);
  const account = config.accounts.logArchive;
  const one = config.people.siem.filter(({ name }) => siemQueue(name) === queue);
  const rules = (one.length > 0 ? one : config.people.siem).map(({ name }) => `arn:aws:events:${region}:${account}:rule/${siemRule(name)}`);
  return fromRules(`arn:aws:sqs:${region}:${account}:${queue}`, account, rules);
}
