/** A function of the delegated account's own: the notifier or the watcher, with its role and its logs. */
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Permission } from "../../functions/sources/log-source";
import type { PackagedFunction } from "../packaged-functions";
import { permissionPolicy } from "../documents/permission-policy";
import { lambdaTrust } from "../documents/trust-policies";
import { role } from "../role";
import type { Stack } from "../stack";
import type { CodeBucket } from "./code";

/** Days. */
const LOG_RETENTION = 90;

export interface ServiceFunction {
  readonly name: string;
  readonly functionName: string;
  readonly description: string;
  readonly packaged: PackagedFunction;
  readonly permissions: readonly Permission[];
  readonly environment: Readonly<Record<string, string>>;
  /** Seconds. */
  readonly timeout: number;
}

export function serviceFunction(
  { config, names, account, kept, options }: Stack,
  { name, functionName, description, packaged, permissions, environment, timeout }: ServiceFunction,
  buckets: readonly CodeBucket[],
  after: readonly pulumi.Resource[],
): aws.lambda.Function {
  const region = config.homeRegion;
  const home = buckets.find((bucket) => bucket.region === region);
  if (!home) throw new Error(`there is no code bucket in ${region}`);
  const made = role(names, name, name, { description, trust: lambdaTrust(account), permissions: permissionPolicy(permissions) }, kept);
  const logs = new aws.cloudwatch.LogGroup(name, { region, name: `/aws/lambda/${functionName}`, retentionInDays: LOG_RETENTION }, kept);
  return new aws.lambda.Function(
    name,
    {
      region,
      name: functionName,
      description,
      runtime: "nodejs22.x",
      architectures: ["arm64"],
      handler: "index.handler",
      s3Bucket: home.bucket.bucket,
      s3Key: packaged.key,
      role: made.role.arn,
      memorySize: 256,
      timeout,
      environment: { variables: environment },
      loggingConfig: { logGroup: logs.name, logFormat: "Text" },
    },
    { ...options, dependsOn: [made.policy, ...home.objects, ...after] },
  );
}
