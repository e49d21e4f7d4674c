/** Tells each SIEM that wants it of new logs, by a queue of its own in each Region. */
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { minified } from "../documents/policy";
import { siemQueuePolicy } from "../documents/queue-policies";
import { siemPattern, tellingClasses } from "../documents/siem-notices";
import type { Stack } from "../stack";

const FOUR_DAYS = 345_600;
const FOURTEEN_DAYS = 1_209_600;

/** @param after the buckets' policies: a bucket's settings change one after the other */
export function siemNotices({ config, names, account, options, kept }: Stack, region: string, after: readonly pulumi.Resource[]): void {
  const listening = config.people.siem.filter(({ queue }) => queue);
  if (listening.length === 0) return;
  const queue = (resource: string, name: string, messageRetentionSeconds: number) => {
    const made = new aws.sqs.Queue(resource, { region, name, messageRetentionSeconds, sqsManagedSseEnabled: true }, options);
    const policy = new aws.sqs.QueuePolicy(resource, { region, queueUrl: made.url, policy: minified(siemQueuePolicy(config, region, name)) }, { ...options, parent: made });
    return { made, policy };
  };
  const lost = queue(`siem-dead-letters-${region}`, names.siemDeadLetterQueue, FOURTEEN_DAYS);
  for (const one of listening) {
    const resource = `siem-${one.name}-${region}`;
    const { made, policy } = queue(resource, names.siemQueue(one.name), FOUR_DAYS);
    const rule = new aws.cloudwatch.EventRule(
      resource,
      { region, name: names.siemRule(one.name), description: `Tells ${one.name} of the logs that it may read`, eventPattern: JSON.stringify(siemPattern(config, region, one)) },
      options,
    );
    new aws.cloudwatch.EventTarget(
      resource,
      { region, rule: rule.name, targetId: "queue", arn: made.arn, deadLetterConfig: { arn: `arn:aws:sqs:${region}:${account}:${names.siemDeadLetterQueue}` } },
      { ...options, parent: rule, dependsOn: [policy, lost.policy] },
    );
  }
  for (const { store, naming } of tellingClasses(config))
    new aws.s3.BucketNotification(`telling-${naming}${store}-${region}`, { region, bucket: names.logBucket(store, region, naming), eventbridge: true }, { ...kept, dependsOn: [...after] });
}
