/** Alarms on what nobody else would tell of: the notifier is the one that tells. */
import * as aws from "@pulumi/aws";
import type { Stack } from "../stack";
import type { Queues } from "./notifications";

export function alarms({ config, names, options }: Stack, { queue, deadLetters }: Queues): void {
  const shared = {
    region: config.homeRegion,
    namespace: "AWS/SQS",
    statistic: "Maximum",
    period: 300,
    evaluationPeriods: 1,
    comparisonOperator: "GreaterThanThreshold",
    treatMissingData: "notBreaching",
  };
  new aws.cloudwatch.MetricAlarm(
    "notifications-dead-letters",
    {
      ...shared,
      name: names.notificationDeadLetterQueue,
      alarmDescription: "A notification reached no webhook in eight attempts",
      metricName: "ApproximateNumberOfMessagesVisible",
      dimensions: { QueueName: deadLetters.name },
      threshold: 0,
    },
    options,
  );
  new aws.cloudwatch.MetricAlarm(
    "notifications-late",
    {
      ...shared,
      name: `${names.notificationQueue}-late`,
      alarmDescription: "A notification has waited for an hour",
      metricName: "ApproximateAgeOfOldestMessage",
      dimensions: { QueueName: queue.name },
      threshold: 3_600,
    },
    options,
  );
}
