/**
 * Event source mappings of queues, as AWS Lambda polls them: batches, partial failures, redrive.
 *
 * Time is the lab's: what failed becomes visible again at once, and the clock goes on by the queue's visibility timeout.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
import type { EventSourceMappingConfiguration } from "@aws-sdk/client-lambda";
import {
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { randomUUID } from "node:crypto";
import type { CallerIn } from "../organization/caller";
import type { Proxy } from "../proxy";
import { queueUrlOf } from "./async-invocation";
import type { Clock } from "./clock";
import type { Execution } from "./execution";
import type { Reply } from "./instance";
import { type MotoState, partsOf } from "./moto-state";
import type { Outstanding } from "./outstanding";
import type { InvocationRecord, Timing } from "./types";

export interface Mappings {
  /** Something was sent to a queue of this account and Region: whoever is mapped to it looks. */
  kick(account: string, region: string): void;
  readonly records: readonly InvocationRecord[];
}

export interface MappingSettings {
  readonly state: MotoState;
  readonly execution: Execution;
  readonly outstanding: Outstanding;
  readonly timing: Timing;
  readonly clock: Clock;
  readonly proxy: Proxy;
  readonly callers: CallerIn;
}

/** One record of the event that a function gets. https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
export function sqsRecord({ MessageId, ReceiptHandle, Body, Attributes, MD5OfBody }: Message, arn: string) {
  return {
    messageId: MessageId,
    receiptHandle: ReceiptHandle,
    body: Body,
    attributes: Attributes ?? {},
    messageAttributes: {},
    md5OfBody: MD5OfBody,
    eventSource: "aws:sqs",
    eventSourceARN: arn,
    awsRegion: partsOf(arn).region,
  };
}

/**
 * The messages that have to come again: all of them after an error or an answer that names an unknown message, those
 * that the function names if it reports batch item failures, none otherwise.
 */
export function failedMessages(ids: readonly string[], reply: Reply, reportsFailures: boolean): readonly string[] {
  if (!reply.ok) return ids;
  if (!reportsFailures) return [];
  const failures = (reply.payload as { batchItemFailures?: readonly { itemIdentifier?: unknown }[] } | null)?.batchItemFailures ?? [];
  const named = failures.map(({ itemIdentifier }) => itemIdentifier);
  return named.every((id): id is string => typeof id === "string" && ids.includes(id)) ? named : ids;
}

/** SQS takes and gives ten at a time. */
const inTens = (messages: readonly Message[]): readonly (readonly Message[])[] =>
  Array.from({ length: Math.ceil(messages.length / 10) }, (_, index) => messages.slice(10 * index, 10 * index + 10));

const sleep = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

export function makeMappings({ state, execution, outstanding, timing, clock, proxy, callers }: MappingSettings): Mappings {
  const records: InvocationRecord[] = [];
  const polling = new Map<string, "polling" | "kicked">();

  /** A batch: as many messages as there are up to its size, those of the batching window included. */
  async function gather(sqs: SQSClient, QueueUrl: string, size: number, window: number): Promise<readonly Message[]> {
    const messages: Message[] = [];
    for (let waited = false; messages.length < size; ) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: Math.min(size - messages.length, 10), WaitTimeSeconds: 0, MessageSystemAttributeNames: ["All"] }),
      );
      messages.push(...Messages);
      if (Messages.length > 0) continue;
      if (waited || messages.length === 0) break;
      waited = true;
      await sleep(window * timing.second);
    }
    return messages;
  }

  async function batch(mapping: EventSourceMappingConfiguration): Promise<"some" | "none"> {
    const { EventSourceArn: queue = "", FunctionArn: functionArn = "", BatchSize = 10, MaximumBatchingWindowInSeconds = 0, FunctionResponseTypes = [] } = mapping;
    const config = (await state.function(functionArn))?.configuration;
    if (!config) return "none";
    const { account, region, name } = partsOf(functionArn);
    const credentials = await proxy.assumeAsService({ service: "lambda.amazonaws.com", roleArn: config.Role!, sessionName: name, region, sourceAccount: account, sourceArn: functionArn });
    const sqs = callers({ account, credentials }, region).client(SQSClient);
    const QueueUrl = queueUrlOf(queue);
    const messages = await gather(sqs, QueueUrl, BatchSize, MaximumBatchingWindowInSeconds);
    if (messages.length === 0) return "none";
    const requestId = randomUUID();
    const sent = Math.min(...messages.map(({ Attributes }) => Number(Attributes?.SentTimestamp ?? Date.now())));
    const record: InvocationRecord = { function: name, account, region, eventId: requestId, cause: partsOf(queue).name, trigger: "queue", triggered: sent, start: Date.now(), end: 0, outcome: "pending", attempts: 1 };
    records.push(record);
    const reply = await execution.run(config, { Records: messages.map((message) => sqsRecord(message, queue)) }, requestId);
    const failed = failedMessages(messages.map(({ MessageId }) => MessageId!), reply, FunctionResponseTypes.includes("ReportBatchItemFailures"));
    Object.assign(record, { end: Date.now(), outcome: failed.length === 0 ? "success" : "failed" });
    if (!reply.ok) record.error = `${reply.error.errorType}: ${reply.error.errorMessage}`;
    const entry = ({ MessageId, ReceiptHandle }: Message) => ({ Id: MessageId!, ReceiptHandle: ReceiptHandle! });
    const [again, done] = [messages.filter(({ MessageId }) => failed.includes(MessageId!)), messages.filter(({ MessageId }) => !failed.includes(MessageId!))];
    for (const some of inTens(done)) await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries: some.map(entry) }));
    if (again.length > 0) {
      // Whatever the run held is long given back when SQS shows the message again, as in AWS.
      clock.pass(await state.visibilityTimeout(account, region, QueueUrl));
      await Promise.all(again.map(({ ReceiptHandle }) => state.elapse(account, region, QueueUrl, ReceiptHandle!)));
    }
    return "some";
  }

  async function poll(account: string, region: string): Promise<void> {
    const place = `${account} ${region}`;
    do {
      polling.set(place, "polling");
      for (const mapping of await state.mappings(account, region)) {
        while ((await batch(mapping)) === "some");
      }
    } while (polling.get(place) === "kicked");
    polling.delete(place);
  }

  return {
    records,
    kick(account, region) {
      const place = `${account} ${region}`;
      if (polling.has(place)) polling.set(place, "kicked");
      else {
        polling.set(place, "polling");
        outstanding.run(`queues of ${place}`, () => poll(account, region).finally(() => polling.delete(place)));
      }
    },
  };
}
