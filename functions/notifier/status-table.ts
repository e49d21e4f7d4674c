/**
 * The status table: what was delivered to whom, when each webhook may be called next, the latest heartbeat of every
 * enforcer, what its last sweep saw, and the last outcome of every resource since (docs/decisions/0014).
 *
 * | pk | sk | attributes |
 * |---|---|---|
 * | `message#<id>` | `lease` | `until` (ms), `expires` |
 * | `message#<id>` | `webhook#<name>` | `sent` (ms), `expires` |
 * | `pace` | `webhook#<name>` | `next` (ms): the next free moment to post |
 * | `heartbeat` | `<account>#<region>#<source>` | `at`, how many resources stand how, `expires` |
 * | `coverage#<account>` | `<region>#<source>#sweep#<part>` | `since`, `parts`, `packed`, `expires` |
 * | `coverage#<account>` | `<region>#<source>#last#<arn>` | `outcome`, `reason`, `at`, `expires` |
 *
 * The watcher's rows (`first-seen`, `expected`, `totals`) are described in functions/watcher/status-table.ts.
 *
 * Sending is in two steps, because a post to a webhook can't be taken back nor asked about: the message is *leased*
 * before the first post and marked *sent* to each webhook after it. A crash in between leaves a lease that runs out, and the message is
 * posted again: a second copy is a smaller harm than an alert that never came. Marking first and sending second would
 * have it the other way round.
 */
import { QueryCommand, UpdateItemCommand, type AttributeValue, type DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { batches, putRows } from "../batch-write";
import type { Coverage } from "../coverage";
import type { Outcome } from "../outcome";
import { coverageOf, HEARTBEAT, keyOf, lastKey, sweepKey, type Place } from "../status-keys";
import type { Message } from "./message";
import { several } from "./several";

/**
 * Days that a row is kept: a delivery outlives the 14 days of the dead-letter queue, so a late redrive sends nothing twice. A
 * last outcome counts until the next sweep has seen the resource, and a sweep is due once a day at least.
 */
const KEPT_DAYS = { delivery: 30, heartbeat: 90, last: 7 };

export interface Claim {
  /** Another run has the message, or died with it a moment ago. */
  readonly held: boolean;
  /** The webhooks that have it already. */
  readonly sentTo: readonly string[];
}

export interface StatusTable {
  /**
   * Leases a message until `until` (ms), unless another run has it. A lease is not given back: it runs out long before
   * SQS brings the message again.
   */
  claim(messageId: string, now: number, until: number): Promise<Claim>;
  /** Marks messages delivered to a webhook. @throws Error if DynamoDB leaves some unwritten time after time */
  sent(messageIds: readonly string[], webhook: string, now: number): Promise<void>;
  /**
   * Reserves the next moment (ms) at which a webhook may be called, `interval` after the one before it;
   * undefined, and nothing reserved, where that is later than `latest`.
   */
  reserve(webhook: string, now: number, interval: number, latest: number): Promise<number | undefined>;
  /** Keeps everyone from calling a webhook before `next` (ms): it answered 429. */
  postpone(webhook: string, next: number): Promise<void>;
  heartbeat(outcome: Outcome, now: number): Promise<void>;
  /** Records one part of what a sweep saw, unless a later sweep's is there. */
  coverage(place: Place, coverage: Coverage, now: number): Promise<void>;
  /** Records the last outcome of a resource ("": of the place as a whole), unless a later one is there. */
  last(message: Pick<Message, "kind" | "account" | "region" | "source" | "resource" | "reason" | "at">, now: number): Promise<void>;
}

const WEBHOOK = "webhook#";

const expiry = (now: number, days: number) => ({ N: String(Math.floor(now / 1_000) + days * 86_400) });

/** The status table in DynamoDB. Other errors than a condition that does not hold are thrown as they come. */
export function statusTable(client: Pick<DynamoDBClient, "send">, tableName: string): StatusTable {
  /** Updates one item if the condition holds; what there was before ({} where nothing was), and whether it holds. */
  async function update(
    pk: string,
    sk: string,
    set: Readonly<Record<string, AttributeValue>>,
    condition: { readonly expression: string; readonly values: Readonly<Record<string, AttributeValue>> },
  ): Promise<{ readonly done: boolean; readonly before: Record<string, AttributeValue> }> {
    const names = Object.keys(set);
    try {
      const { Attributes = {} } = await client.send(
        new UpdateItemCommand({
          TableName: tableName,
          Key: { pk: { S: pk }, sk: { S: sk } },
          UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(", ")}`,
          ConditionExpression: condition.expression,
          ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
          ExpressionAttributeValues: { ...Object.fromEntries(names.map((name) => [`:${name}`, set[name]!])), ...condition.values },
          ReturnValues: "ALL_OLD",
          ReturnValuesOnConditionCheckFailure: "ALL_OLD",
        }),
      );
      return { done: true, before: Attributes };
    } catch (error) {
      const failed = error as { name?: unknown; Item?: Record<string, AttributeValue> };
      if (failed.name === "ConditionalCheckFailedException") return { done: false, before: failed.Item ?? {} };
      throw error;
    }
  }

  async function sentTo(pk: string): Promise<readonly string[]> {
    const { Items = [] } = await client.send(
      new QueryCommand({ TableName: tableName, ConsistentRead: true, KeyConditionExpression: "pk = :pk", ExpressionAttributeValues: { ":pk": { S: pk } } }),
    );
    return Items.flatMap(({ sk }) => (sk?.S?.startsWith(WEBHOOK) ? [sk.S.slice(WEBHOOK.length)] : []));
  }

  return {
    async claim(messageId, now, until) {
      const pk = `message#${messageId}`;
      const { done, before } = await update(pk, "lease", { until: { N: String(until) }, expires: expiry(now, KEPT_DAYS.delivery) }, {
        expression: "attribute_not_exists(pk) OR #until <= :now",
        values: { ":now": { N: String(now) } },
      });
      // Nobody has had it before, so nobody has sent it: one call for all webhooks, all but always.
      return { held: !done, sentTo: before["until"] === undefined ? [] : await sentTo(pk) };
    },
    async sent(messageIds, webhook, now) {
      const rows = messageIds.map((id) => ({ pk: { S: `message#${id}` }, sk: { S: `${WEBHOOK}${webhook}` }, sent: { N: String(now) }, expires: expiry(now, KEPT_DAYS.delivery) }));
      await several(batches(rows), (batch) => putRows(client, tableName, batch));
    },
    async reserve(webhook, now, interval, latest) {
      let moment = now;
      while (moment <= latest) {
        // Free: nobody has reserved this moment or a later one. Two who race for one moment are told apart here.
        const { done, before } = await update("pace", `webhook#${webhook}`, { next: { N: String(moment + interval) } }, {
          expression: "attribute_not_exists(pk) OR #next <= :moment",
          values: { ":moment": { N: String(moment) } },
        });
        if (done) return moment;
        const next = Number(before["next"]?.N);
        if (!Number.isFinite(next)) throw new Error(`the status table's row pace / webhook#${webhook} has no moment`);
        moment = Math.max(next, moment);
      }
      return undefined;
    },
    async postpone(webhook, next) {
      await update("pace", `webhook#${webhook}`, { next: { N: String(next) } }, {
        expression: "attribute_not_exists(pk) OR #next < :next",
        values: {},
      });
    },
    async heartbeat(outcome, now) {
      const counts = Object.fromEntries(Object.entries(outcome.coverage?.counts ?? {}).map(([state, count]) => [state, { N: String(count) }]));
      await update(HEARTBEAT, keyOf(outcome), { at: { S: outcome.at }, ...counts, expires: expiry(now, KEPT_DAYS.heartbeat) }, {
        expression: "attribute_not_exists(pk) OR #at < :at",
        values: {},
      });
    },
    async coverage(place, { since, part, parts, packed }, now) {
      const set = { since: { S: since }, parts: { N: String(parts) }, packed: { B: Buffer.from(packed, "base64") } };
      await update(coverageOf(place.account), sweepKey(place, part), { ...set, expires: expiry(now, KEPT_DAYS.heartbeat) }, {
        expression: "attribute_not_exists(pk) OR #since <= :since",
        values: {},
      });
    },
    async last(message, now) {
      const { kind, account, resource, reason, at } = message;
      await update(coverageOf(account), lastKey(message, resource), { outcome: { S: kind }, reason: { S: reason }, at: { S: at }, expires: expiry(now, KEPT_DAYS.last) }, {
        expression: "attribute_not_exists(pk) OR #at <= :at",
        values: {},
      });
    },
  };
}
