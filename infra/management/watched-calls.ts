/** Tells people of the calls in this account that nothing can lock. */
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { READS_TOO } from "../documents/event-patterns";
import { watchedPattern } from "../documents/watched-calls";
import type { Stack } from "../stack";

/** @param after the own enforcers' stacks, which hold the forwarder's role and the dead-letter queue */
export function watchedCalls({ config, names, account, options }: Stack, after: readonly pulumi.Resource[]): void {
  const region = config.homeRegion;
  const rule = new aws.cloudwatch.EventRule(
    "watched-calls",
    {
      region,
      name: names.watchedRule,
      description: "Calls in the management account that no control policy binds",
      eventPattern: JSON.stringify(watchedPattern()),
      // AWS STS's AssumeRole is recorded as read-only; that AssumeRoot is too is not confirmed, and then nobody would hear.
      state: READS_TOO,
    },
    { ...options, dependsOn: [...after] },
  );
  new aws.cloudwatch.EventTarget(
    "watched-calls",
    {
      region,
      rule: rule.name,
      targetId: "central-bus",
      arn: names.busArn,
      roleArn: names.roleArn(names.roleName.forwarder, account),
      deadLetterConfig: { arn: `arn:aws:sqs:${region}:${account}:${names.deadLetterQueue}` },
    },
    { ...options, parent: rule },
  );
}
