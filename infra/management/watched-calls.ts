/** Tells people of the calls in this account that nothing can lock. */
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { READS_TOO } from "../documents/event-patterns";
import { watchedPattern } from "../documents/watched-calls";
import type { Stack } from "../stack";

/** @param after the own enforcers' stacks, which hold the forwarder's role and the dead-letter queues */
export function watchedCalls({ config, names, account, options }: Stack, after: readonly pulumi.Resource[]): void {
  for (const region of config.regions) {
    const home = region === config.homeRegion;
    const resource = home ? "watched-calls" : `watched-calls-${region}`;
    const rule = new aws.cloudwatch.EventRule(
      resource,
      {
        region,
        name: names.watchedRule,
        description: "Calls in the management account that no control policy binds",
        eventPattern: JSON.stringify(watchedPattern(home)),
        // AWS STS's AssumeRole is recorded as read-only; that AssumeRoot is too is not confirmed, and then nobody would hear.
        state: READS_TOO,
      },
      { ...options, dependsOn: [...after] },
    );
    new aws.cloudwatch.EventTarget(
      resource,
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
}
