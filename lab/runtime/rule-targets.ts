/**
 * What EventBridge does for a rule that has matched: Lambda functions are invoked, queues written, other buses told,
 * each judged by the policies that AWS would ask; what can't be handed over goes to the target's dead-letter queue.
 */
import { EventBridgeClient, PutEventsCommand, type Target } from "@aws-sdk/client-eventbridge";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { CallerIn } from "../organization/caller";
import type { Proxy } from "../proxy";
import { type AsyncInvoker, queueUrlOf } from "./async-invocation";
import { partsOf } from "./moto-state";
import type { Outstanding } from "./outstanding";
import type { Timing, Trigger } from "./types";
import { errorText } from "../error-text";

/** One target of one rule that has matched one event. */
export interface Delivery {
  /** ARN of the rule. */
  readonly rule: string;
  /** Of the event. */
  readonly id: string;
  readonly target: Target;
  /** What the target gets: the event, unless the target transforms it. */
  readonly input: Readonly<Record<string, unknown>>;
}

/** A delivery that was given up, and what became of it. */
export interface Undelivered {
  readonly delivery: Delivery;
  readonly why: string;
  readonly deadLettered: boolean;
}

export interface RuleTargets {
  deliver(delivery: Delivery, trigger: Trigger): void;
  readonly undelivered: readonly Undelivered[];
}

export interface RuleTargetSettings {
  readonly proxy: Proxy;
  readonly callers: CallerIn;
  readonly invoker: AsyncInvoker;
  readonly outstanding: Outstanding;
  readonly timing: Timing;
  /** Told of every message that was sent to a queue. */
  readonly onMessage: (account: string, region: string) => void;
}

const EVENTS = "events.amazonaws.com";

/** EventBridge tries for a day with growing pauses; a refusal lasts, so the lab tries three times. */
const ATTEMPTS = 3;

const sleep = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

interface Seen {
  readonly time?: string;
  readonly source?: string;
  readonly account?: string;
  readonly region?: string;
  readonly resources?: readonly string[];
  readonly "detail-type"?: string;
  readonly detail?: { readonly eventName?: string; readonly eventTime?: string };
}

export function makeRuleTargets({ proxy, callers, invoker, outstanding, timing, onMessage }: RuleTargetSettings): RuleTargets {
  const undelivered: Undelivered[] = [];

  const asEventBridge = (rule: string) => {
    const { account, region } = partsOf(rule);
    const credentials = proxy.registry.service(EVENTS, { account, arn: rule });
    return callers({ account, credentials }, region);
  };

  async function toQueue(rule: string, arn: string, input: unknown, groupId?: string): Promise<void> {
    await asEventBridge(rule).client(SQSClient).send(new SendMessageCommand({ QueueUrl: queueUrlOf(arn), MessageBody: JSON.stringify(input), ...(groupId !== undefined && { MessageGroupId: groupId }) }));
    const { account, region } = partsOf(arn);
    onMessage(account, region);
  }

  /** With the target's role; the event keeps its account and Region, and gets an id of the other bus. */
  async function toBus({ rule, target, input }: Delivery): Promise<void> {
    const { account } = partsOf(rule);
    const seen = input as Seen;
    const region = seen.region ?? partsOf(rule).region;
    const credentials = target.RoleArn
      ? await proxy.assumeAsService({ service: EVENTS, roleArn: target.RoleArn, sessionName: partsOf(rule).name, region, sourceAccount: account, sourceArn: rule })
      : proxy.registry.service(EVENTS, { account, arn: rule });
    const answer = await callers({ account, credentials }, region).client(EventBridgeClient).send(
      new PutEventsCommand({
        Entries: [
          {
            EventBusName: target.Arn,
            Source: seen.source,
            DetailType: seen["detail-type"],
            Detail: JSON.stringify(seen.detail),
            Resources: [...(seen.resources ?? [])],
            Time: new Date(seen.time ?? Date.now()),
          },
        ],
      }),
    );
    const [entry] = answer.Entries ?? [];
    if (entry?.ErrorCode) throw new Error(`${entry.ErrorCode}: ${entry.ErrorMessage}`);
  }

  async function toFunction({ rule, id, target, input }: Delivery, trigger: Trigger): Promise<void> {
    const { account, region } = partsOf(rule);
    const judged = await proxy.authorise({ service: EVENTS, action: "lambda:InvokeFunction", resource: target.Arn!, region, sourceAccount: account, sourceArn: rule });
    if (judged.decision === "denied") throw new Error(`lambda:InvokeFunction on ${target.Arn} is not allowed to ${rule} by the ${judged.deniedBy} layer`);
    const seen = input as Seen;
    const cause = trigger === "schedule" ? "sweep" : (seen.detail?.eventName ?? seen["detail-type"] ?? partsOf(rule).name);
    invoker.invoke({ functionArn: target.Arn!, event: input, eventId: id, cause, trigger, triggered: Date.parse(seen.time ?? "") || Date.now() });
  }

  async function once(delivery: Delivery, trigger: Trigger): Promise<void> {
    const { rule, target, input } = delivery;
    const { service } = partsOf(target.Arn ?? "");
    if (service === "lambda") return toFunction(delivery, trigger);
    if (service === "sqs") return toQueue(rule, target.Arn!, input, target.SqsParameters?.MessageGroupId);
    if (service === "events") return toBus(delivery);
    throw new Error(`the rule ${rule} has the target ${target.Arn}: functions, queues and buses are known here`);
  }

  async function deliver(delivery: Delivery, trigger: Trigger): Promise<void> {
    let why = "";
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      try {
        return await once(delivery, trigger);
      } catch (error) {
        why = errorText(error);
        await sleep(attempt * timing.second);
      }
    }
    const queue = delivery.target.DeadLetterConfig?.Arn;
    const deadLettered = queue !== undefined && (await toQueue(delivery.rule, queue, delivery.input).then(() => true, (error: unknown) => {
      why += `; its dead-letter queue: ${String(error)}`;
      return false;
    }));
    undelivered.push({ delivery, why, deadLettered });
  }

  return {
    undelivered,
    deliver(delivery, trigger) {
      outstanding.run(`${delivery.rule} to ${delivery.target.Arn}`, () => deliver(delivery, trigger));
    },
  };
}
