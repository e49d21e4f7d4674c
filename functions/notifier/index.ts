/**
 * The notifier: takes events of the central bus from its queue and tells every webhook, each message once.
 *
 * A record that could not be delivered to all webhooks is reported back as a batch item failure: SQS brings it again,
 * the webhooks that have it are skipped, and after the queue's limit it lies in the dead-letter queue, which is
 * alarmed. Nothing is dropped but what is no message (heartbeats are recorded, other refusals are logged).
 */
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { formats } from "./formats";
import { runLane } from "./lane";
import type { Message } from "./message";
import { post, webhookUrl } from "./post";
import { readEvent, type BusEvent } from "./read-event";
import { notifierSettings } from "./settings";
import { statusTable } from "./status-table";

export interface SqsEvent {
  readonly Records: readonly { readonly messageId: string; readonly body: string }[];
}

export interface LambdaContext {
  readonly getRemainingTimeInMillis?: () => number;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting */
export interface BatchResponse {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

/** Milliseconds that a webhook's URL is kept: a changed secret is used after that without a deployment. */
const URL_KEPT = 300_000;

/** Milliseconds of the function's time that are left alone, for the marks after the last post. */
const RESERVE = 15_000;

function log(entry: Readonly<Record<string, unknown>>): void {
  console.log(JSON.stringify({ level: "info", ...entry }));
}

/** Reads webhook URLs from Secrets Manager, each kept for a few minutes. */
function urlReader(client: Pick<SecretsManagerClient, "send">, secretId: (webhook: string) => string, now: () => number) {
  const kept: Record<string, { readonly url: string; readonly until: number }> = {};
  return async (webhook: string): Promise<string> => {
    const known = kept[webhook];
    if (known !== undefined && known.until > now()) return known.url;
    const secret = await client.send(new GetSecretValueCommand({ SecretId: secretId(webhook) }));
    const url = webhookUrl(secret.SecretString ?? "");
    kept[webhook] = { url, until: now() + URL_KEPT };
    return url;
  };
}

/** Builds the handler with its clients; called once an execution environment. @throws Error naming a variable that is missing */
export function notifier(): (event: SqsEvent, context?: LambdaContext) => Promise<BatchResponse> {
  const { names, webhooks } = notifierSettings(process.env);
  const now = () => Date.now();
  const table = statusTable(new DynamoDBClient({ region: names.homeRegion }), names.statusTable);
  const urlOf = urlReader(new SecretsManagerClient({ region: names.homeRegion }), names.webhookSecret, now);

  /** Records a record's event in the status table; the message to deliver, if it is one. */
  async function take(body: string): Promise<Message | undefined> {
    const reading = readEvent(JSON.parse(body) as BusEvent);
    if (reading.what === "heartbeat") await table.heartbeat(reading.outcome, now());
    if (reading.what === "nothing") log({ message: "nothing to tell", why: reading.why });
    if (reading.what !== "message") return undefined;
    const { message } = reading;
    // A call that was denied or only watched changed nothing of how the resource stands.
    const changed = message.kind !== "tamper-attempt" && message.kind !== "watched-call";
    if (changed && message.resource !== "") await table.last(message, now());
    return message;
  }

  return async (event, context) => {
    const deadline = now() + Math.max(0, (context?.getRemainingTimeInMillis?.() ?? 60_000) - RESERVE);
    const recordsOf: Record<string, string[]> = {};
    const messages: Message[] = [];
    const failed: string[] = [];
    for (const { messageId, body } of event.Records) {
      try {
        const message = await take(body);
        if (message === undefined) continue;
        // The same message twice in one batch is one message, and its records share its fate.
        if (recordsOf[message.id] === undefined) messages.push(message);
        (recordsOf[message.id] ??= []).push(messageId);
      } catch (error) {
        log({ level: "error", message: "not read", record: messageId, why: String(error) });
        failed.push(messageId);
      }
    }
    const undelivered = await Promise.all(
      webhooks.map(({ name, kind }) =>
        runLane(
          {
            webhook: name,
            format: formats[kind],
            table,
            send: async (card) => post(await urlOf(name), card, now),
            now,
            sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
            deadline,
            log,
          },
          messages,
        ).catch((error: unknown) => {
          log({ level: "error", message: "lane broken off", webhook: name, why: String(error) });
          return messages.map(({ id }) => id);
        }),
      ),
    );
    for (const id of undelivered.flat()) failed.push(...(recordsOf[id] ?? []));
    const failures = [...new Set(failed)];
    log({ message: "batch done", records: event.Records.length, messages: messages.length, failed: failures.length });
    return { batchItemFailures: failures.map((itemIdentifier) => ({ itemIdentifier })) };
  };
}
