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
import { takeIn, type SqsRecord } from "./intake";
import { runLane } from "./lane";
import { post, webhookUrl } from "./post";
import { several } from "./several";
import { notifierSettings } from "./settings";
import { statusTable, type Claim } from "./status-table";

export interface SqsEvent {
  readonly Records: readonly SqsRecord[];
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

/** Milliseconds by which a lease outlives the run's deadline, so that no second run begins before the first has surely ended. */
const GRACE = 5_000;

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

  return async (event, context) => {
    const deadline = now() + Math.max(0, (context?.getRemainingTimeInMillis?.() ?? 60_000) - RESERVE);
    const { messages, recordsOf, failed } = await takeIn(event.Records, table, now(), log);
    const claims = await several(messages, ({ id }) =>
      table.claim(id, now(), deadline + GRACE).catch((error: unknown): Claim => {
        log({ level: "error", message: "not claimed", id, why: String(error) });
        return { held: true, sentTo: [] };
      }),
    );
    const claimOf = Object.fromEntries(messages.map(({ id }, index) => [id, claims[index]!]));
    const wanting = (webhook: string) => messages.filter(({ id }) => !claimOf[id]!.sentTo.includes(webhook));
    // Held by a run that is alive, or that died: if this copy were done with now, a crash there would lose the message.
    const held = webhooks.flatMap(({ name }) => wanting(name).filter(({ id }) => claimOf[id]!.held).map(({ id }) => id));
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
          wanting(name).filter(({ id }) => !claimOf[id]!.held),
        ),
      ),
    );
    const failures = [...new Set([...failed, ...[...held, ...undelivered.flat()].flatMap((id) => recordsOf[id] ?? [])])];
    log({ message: "batch done", records: event.Records.length, messages: messages.length, failed: failures.length });
    return { batchItemFailures: failures.map((itemIdentifier) => ({ itemIdentifier })) };
  };
}
