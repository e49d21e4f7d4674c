/**
 * What an AWS service knows of its own: functions, rules and mappings as moto holds them.
 *
 * The lab plays Lambda and EventBridge, and a service reads its own state without an API call that anyone could be
 * refused. This internal channel reads, and lets the clock run out; whatever a service does to another goes through the proxy.
 */
import { EventBridgeClient, ListRulesCommand, ListTargetsByRuleCommand, type Rule, type Target } from "@aws-sdk/client-eventbridge";
import type { EventSourceMappingConfiguration, FunctionConfiguration, FunctionEventInvokeConfig } from "@aws-sdk/client-lambda";
import { GetBucketLocationCommand, S3Client } from "@aws-sdk/client-s3";
import { ChangeMessageVisibilityCommand, GetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { Agent } from "node:http";
import type { Forwarder } from "../proxy";
import { defaultAsyncSettings, type AsyncSettings } from "./retry";

export interface RuleState {
  readonly rule: Rule;
  readonly targets: readonly Target[];
}

export interface FunctionState {
  readonly configuration: FunctionConfiguration;
  readonly asynchronous: AsyncSettings;
}

export interface MotoState {
  /** undefined where there is no such function. */
  function(arn: string): Promise<FunctionState | undefined>;
  mappings(account: string, region: string): Promise<readonly EventSourceMappingConfiguration[]>;
  /** Every enabled rule with a schedule, of the default bus. */
  schedules(account: string, region: string): Promise<readonly RuleState[]>;
  /** How long a message that was received stays hidden, in milliseconds. */
  visibilityTimeout(account: string, region: string, queueUrl: string): Promise<number>;
  /** A message's visibility timeout has run out: what SQS does by the clock, and no one's call. */
  elapse(account: string, region: string, queueUrl: string, receiptHandle: string): Promise<void>;
  /** The Region that a bucket lies in. */
  bucketRegion(bucket: string): Promise<string>;
}

type Middleware = (next: (args: { request: { headers: Record<string, string> } }) => unknown) => (args: { request: { headers: Record<string, string> } }) => unknown;
interface Stacked {
  middlewareStack: { add(middleware: Middleware, options: { step: "build" }): void };
}

/** `[service, region, account, name]` of an ARN whose last part is the resource's name. */
export function partsOf(arn: string): { service: string; region: string; account: string; name: string } {
  const [, , service = "", region = "", account = "", ...rest] = arn.split(":");
  const resource = rest[0] === "function" ? rest[1] : rest.join(":");
  return { service, region, account, name: (resource ?? "").split("/").at(-1) ?? "" };
}

/** @param moto reads its views (`lab/moto/state.py`) */
export function motoState(motoUrl: string, moto: Pick<Forwarder, "get">): MotoState {
  const httpAgent = new Agent({ keepAlive: true, maxSockets: 64 });
  const clients = new Map<string, unknown>();
  function client<T>(Client: new (configuration: object) => T, account: string, region: string): T {
    const key = `${Client.name} ${account} ${region}`;
    if (!clients.has(key)) {
      const made = new Client({ endpoint: motoUrl, region, forcePathStyle: true, maxAttempts: 3, requestHandler: { httpAgent }, credentials: { accessKeyId: "lab", secretAccessKey: "lab" } });
      (made as Stacked).middlewareStack.add((next) => (args) => {
        args.request.headers["x-moto-account-id"] = account;
        return next(args);
      }, { step: "build" });
      clients.set(key, made);
    }
    return clients.get(key) as T;
  }

  return {
    async elapse(account, region, QueueUrl, ReceiptHandle) {
      await client(SQSClient, account, region).send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }));
    },
    async visibilityTimeout(account, region, QueueUrl) {
      const { Attributes } = await client(SQSClient, account, region).send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["VisibilityTimeout"] }));
      return 1000 * Number(Attributes?.VisibilityTimeout);
    },
    async function(arn) {
      const found = (await moto.get(`/lab/function?arn=${arn}`)) as { configuration: FunctionConfiguration; asynchronous: FunctionEventInvokeConfig } | null;
      if (!found) return undefined;
      const { MaximumRetryAttempts, MaximumEventAgeInSeconds, DestinationConfig } = found.asynchronous;
      return {
        configuration: found.configuration,
        asynchronous: {
          maximumRetryAttempts: MaximumRetryAttempts ?? defaultAsyncSettings.maximumRetryAttempts,
          maximumEventAgeSeconds: MaximumEventAgeInSeconds ?? defaultAsyncSettings.maximumEventAgeSeconds,
          onFailure: DestinationConfig?.OnFailure?.Destination,
          onSuccess: DestinationConfig?.OnSuccess?.Destination,
        },
      };
    },
    async mappings(account, region) {
      const found = (await moto.get(`/lab/mappings?account=${account}&region=${region}`)) as readonly EventSourceMappingConfiguration[];
      return found.filter(({ State }) => State !== "Disabled");
    },
    async bucketRegion(bucket) {
      const { LocationConstraint } = await client(S3Client, "", "us-east-1").send(new GetBucketLocationCommand({ Bucket: bucket }));
      return LocationConstraint ?? "us-east-1";
    },
    async schedules(account, region) {
      const events = client(EventBridgeClient, account, region);
      const rules: Rule[] = [];
      let NextToken: string | undefined;
      do {
        const page = await events.send(new ListRulesCommand({ NextToken }));
        rules.push(...(page.Rules ?? []));
        NextToken = page.NextToken;
      } while (NextToken);
      const scheduled = rules.filter(({ ScheduleExpression, State }) => ScheduleExpression && State !== "DISABLED");
      return Promise.all(
        scheduled.map(async (rule) => ({ rule, targets: (await events.send(new ListTargetsByRuleCommand({ Rule: rule.Name }))).Targets ?? [] })),
      );
    },
  };
}
