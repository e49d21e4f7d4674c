/** From the bus into a queue, where an event waits until every webhook has it, and behind it the dead-letter queue. */
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { READS_TOO } from "../documents/event-patterns";
import { minified } from "../documents/policy";
import { notificationDeadLetterQueuePolicy, notificationQueuePolicy } from "../documents/queue-policies";
import type { Stack } from "../stack";

export interface Queues {
  readonly queue: aws.sqs.Queue;
  readonly deadLetters: aws.sqs.Queue;
}

/** Seconds that the notifier may take for a batch. */
export const NOTIFIER_TIMEOUT = 120;

/** Fourteen days, the longest there is. */
const RETENTION_SECONDS = 1_209_600;

export function notifications({ config, names, kept, options }: Stack, bus: aws.cloudwatch.EventBus): Queues {
  const region = config.homeRegion;
  const queueArn = `arn:aws:sqs:${region}:${config.accounts.delegated}:${names.notificationQueue}`;
  // EventBridge can't write to a queue encrypted with alias/aws/sqs, but to one with Amazon SQS's own encryption.
  const shared = { region, messageRetentionSeconds: RETENTION_SECONDS, sqsManagedSseEnabled: true };
  const deadLetters = new aws.sqs.Queue(
    "notifications-dead-letters",
    {
      ...shared,
      name: names.notificationDeadLetterQueue,
      redriveAllowPolicy: JSON.stringify({ redrivePermission: "byQueue", sourceQueueArns: [queueArn] }),
    },
    kept,
  );
  const queue = new aws.sqs.Queue(
    "notifications",
    {
      ...shared,
      name: names.notificationQueue,
      // Six times the function's timeout, as AWS advises: a batch that is still at work is not handed out again.
      // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
      visibilityTimeoutSeconds: 6 * NOTIFIER_TIMEOUT,
      redrivePolicy: deadLetters.arn.apply((deadLetterTargetArn) => JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 8 })),
    },
    kept,
  );
  const policy = (name: string, of: aws.sqs.Queue, document: string): pulumi.Resource =>
    new aws.sqs.QueuePolicy(name, { region, queueUrl: of.url, policy: document }, { ...kept, parent: of });
  const admitted = [
    policy("notifications-dead-letters", deadLetters, minified(notificationDeadLetterQueuePolicy(config))),
    policy("notifications", queue, minified(notificationQueuePolicy(config))),
  ];
  const rule = new aws.cloudwatch.EventRule(
    "notifications",
    {
      region,
      name: names.notificationQueue,
      description: "Everything on the bus, to the notifier",
      eventBusName: bus.name,
      // Every event has the account it comes from.
      eventPattern: JSON.stringify({ account: [{ exists: true }] }),
      // Whether a bus of our own would hold back forwarded reads is not said; the state is allowed for one.
      state: READS_TOO,
    },
    options,
  );
  new aws.cloudwatch.EventTarget(
    "notifications",
    { region, rule: rule.name, eventBusName: bus.name, targetId: "queue", arn: queue.arn, deadLetterConfig: { arn: deadLetters.arn } },
    { ...options, parent: rule, dependsOn: admitted },
  );
  return { queue, deadLetters };
}
