/** The notifier: from the queue to the webhooks. */
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { notifierPermissions } from "../../functions/notifier/permissions";
import { notifierEnvironment } from "../../functions/notifier/settings";
import type { Deployment } from "../deployment";
import type { Stack } from "../stack";
import type { CodeBucket } from "./code";
import { NOTIFIER_TIMEOUT, type Queues } from "./notifications";
import { serviceFunction } from "./service-function";

export function notifier(stack: Stack, made: Deployment, buckets: readonly CodeBucket[], { queue }: Queues, after: readonly pulumi.Resource[]): void {
  const { config, names, options } = stack;
  const notify = serviceFunction(
    stack,
    {
      name: names.roleName.notifier,
      functionName: names.notifierFunction,
      description: "Tells the webhooks what the enforcers did, and what was refused",
      packaged: made.notifier,
      permissions: notifierPermissions(names, config.webhooks),
      environment: notifierEnvironment(names, config.webhooks),
      timeout: NOTIFIER_TIMEOUT,
    },
    buckets,
    after,
  );
  new aws.lambda.EventSourceMapping(
    "notifier",
    {
      region: config.homeRegion,
      functionName: notify.arn,
      eventSourceArn: queue.arn,
      // A storm is told in a few cards: what is alike in one batch is folded into one.
      batchSize: 500,
      maximumBatchingWindowInSeconds: 10,
      functionResponseTypes: ["ReportBatchItemFailures"],
      // The fewest there are: webhooks take few messages a second, and two are enough to be awake.
      scalingConfig: { maximumConcurrency: 2 },
    },
    { ...options, parent: notify },
  );
}
