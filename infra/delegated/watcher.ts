/** The watcher: tells of enforcers that have gone silent, as often as they sweep. */
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { sources } from "../../functions/sources";
import { watcherEnvironment } from "../../functions/watcher/settings";
import type { Deployment } from "../deployment";
import { watcherRolePermissions } from "../documents/working-roles";
import type { Stack } from "../stack";
import type { CodeBucket } from "./code";
import type { Queues } from "./notifications";
import { serviceFunction } from "./service-function";

export function watcher(stack: Stack, made: Deployment, buckets: readonly CodeBucket[], { deadLetters }: Queues, after: readonly pulumi.Resource[]): void {
  const { config, names, account, options } = stack;
  const region = config.homeRegion;
  const watch = serviceFunction(
    stack,
    {
      name: names.roleName.watcher,
      functionName: names.watcherFunction,
      description: "Tells of enforcers that have gone silent and of stack instances that are not CURRENT",
      packaged: made.watcher,
      permissions: watcherRolePermissions(config),
      environment: watcherEnvironment({
        names,
        sources,
        regions: config.regions,
        sweepMinutes: config.sweepMinutes,
        stackSets: [names.globalStackSet, names.regionalStackSet],
      }),
      timeout: 300,
    },
    buckets,
    after,
  );
  new aws.lambda.FunctionEventInvokeConfig(
    "watcher",
    { region, functionName: watch.name, maximumRetryAttempts: 2, destinationConfig: { onFailure: { destination: deadLetters.arn } } },
    { ...options, parent: watch },
  );
  const rule = new aws.cloudwatch.EventRule(
    "watcher",
    { region, name: names.watcherFunction, description: "Wakes the watcher", scheduleExpression: `rate(${config.sweepMinutes} minutes)` },
    options,
  );
  const permission = new aws.lambda.Permission(
    "watcher",
    {
      region,
      function: watch.name,
      action: "lambda:InvokeFunction",
      principal: "events.amazonaws.com",
      sourceArn: rule.arn,
      sourceAccount: account,
    },
    { ...options, parent: watch },
  );
  new aws.cloudwatch.EventTarget(
    "watcher",
    { region, rule: rule.name, targetId: "watcher", arn: watch.arn, deadLetterConfig: { arn: deadLetters.arn } },
    { ...options, parent: rule, dependsOn: [permission] },
  );
}
