/**
 * The status table: what was delivered to whom, when each webhook may be called next, the latest heartbeat of every
 * enforcer and the last outcome of every resource.
 *
 * | pk | sk | attributes |
 * |---|---|---|
 * | `message#<id>` | `webhook#<name>` | `state` (`leased`, `sent`), `until` (ms), `expires` |
 * | `pace` | `webhook#<name>` | `next` (ms): the next free moment to post |
 * | `heartbeat` | `<account>#<region>#<source>` | `at`, `expires` |
 * | `resource#<arn>` | `last` | `outcome`, `account`, `region`, `source`, `reason`, `at`, `expires` |
 *
 * Sending is in two steps, because a post to a webhook can't be taken back nor asked about: the message is *leased*
 * before the post and marked *sent* after it. A crash in between leaves a lease that runs out, and the message is
 * posted again: a second copy is a smaller harm than an alert that never came. Marking first and sending second would
 * have it the other way round.
 */
import { UpdateItemCommand, type AttributeValue, type DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { Outcome } from "../outcome";
import type { Message } from "./message";

/** Days that a row is kept: a delivery outlives the 14 days of the dead-letter queue, so a late redrive sends nothing twice. */
const KEPT_DAYS = { delivery: 30, heartbeat: 90, resource: 400 };

export type Claim = "claimed" | "sent" | "held";

export interface StatusTable {
  /** Leases a message for one webhook until `until` (ms): `sent` if it has been delivered, `held` if another run has it. */
  claim(messageId: string, webhook: string, now: number, until: number): Promise<Claim>;
  /** Marks a message delivered. */
  sent(messageId: string, webhook: string, now: number): Promise<void>;
  /** Gives a lease back after a post that failed, so that the next run need not wait for it. */
  release(messageId: string, webhook: string, now: number): Promise<void>;
  /**
   * Reserves the next moment (ms) at which a webhook may be called, `interval` after the one before it;
   * undefined, and nothing reserved, where that is later than `latest`.
   */
  reserve(webhook: string, now: number, interval: number, latest: number): Promise<number | undefined>;
  /** Keeps everyone from calling a webhook before `next` (ms): it answered 429. */
  postpone(webhook: string, next: number): Promise<void>;
  heartbeat(outcome: Outcome, now: number): Promise<void>;
  /** Records the last outcome of a resource, unless a later one is there. */
  last(message: Pick<Message, "kind" | "account" | "region" | "source" | "resource" | "reason" | "at">, now: number): Promise<void>;
}

const expiry = (now: number, days: number) => ({ N: String(Math.floor(now / 1_000) + days * 86_400) });

/** The status table in DynamoDB. Other errors than a condition that does not hold are thrown as they come. */
export function statusTable(client: Pick<DynamoDBClient, "send">, tableName: string): StatusTable {
  /** Updates one item if the condition holds; else the item as it is ({} where there is none). */
  async function update(
    pk: string,
    sk: string,
    set: Readonly<Record<string, AttributeValue>>,
    condition?: { readonly expression: string; readonly values: Readonly<Record<string, AttributeValue>> },
  ): Promise<Record<string, AttributeValue> | undefined> {
    const names = Object.keys(set);
    try {
      await client.send(
        new UpdateItemCommand({
          TableName: tableName,
          Key: { pk: { S: pk }, sk: { S: sk } },
          UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(", ")}`,
          ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
          ExpressionAttributeValues: { ...Object.fromEntries(names.map((name) => [`:${name}`, set[name]!])), ...condition?.values },
          ...(condition === undefined
            ? {}
            : { ConditionExpression: condition.expression, ReturnValuesOnConditionCheckFailure: "ALL_OLD" as const }),
        }),
      );
      return undefined;
    } catch (error) {
      const failed = error as { name?: unknown; Item?: Record<string, AttributeValue> };
      if (failed.name === "ConditionalCheckFailedException") return failed.Item ?? {};
      throw error;
    }
  }

  return {
    async claim(messageId, webhook, now, until) {
      const there = await update(
        `message#${messageId}`,
        `webhook#${webhook}`,
        { state: { S: "leased" }, until: { N: String(until) }, expires: expiry(now, KEPT_DAYS.delivery) },
        {
          // `:state` is the state being set: a lease that has run out may be taken over, what was sent may not.
          expression: "attribute_not_exists(pk) OR (#state = :state AND #until <= :now)",
          values: { ":now": { N: String(now) } },
        },
      );
      if (there === undefined) return "claimed";
      return there["state"]?.S === "sent" ? "sent" : "held";
    },
    async sent(messageId, webhook, now) {
      await update(`message#${messageId}`, `webhook#${webhook}`, { state: { S: "sent" }, until: { N: String(now) }, expires: expiry(now, KEPT_DAYS.delivery) });
    },
    async release(messageId, webhook, now) {
      await update(`message#${messageId}`, `webhook#${webhook}`, { state: { S: "leased" }, until: { N: String(now) }, expires: expiry(now, KEPT_DAYS.delivery) });
    },
    async reserve(webhook, now, interval, latest) {
      let moment = now;
      while (moment <= latest) {
        // Free: nobody has reserved this moment or a later one. Two who race for one moment are told apart here.
        const there = await update("pace", `webhook#${webhook}`, { next: { N: String(moment + interval) } }, {
          expression: "attribute_not_exists(pk) OR #next <= :moment",
          values: { ":moment": { N: String(moment) } },
        });
        if (there === undefined) return moment;
        const next = Number(there["next"]?.N);
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
      await update("heartbeat", `${outcome.account}#${outcome.region}#${outcome.source}`, { at: { S: outcome.at }, expires: expiry(now, KEPT_DAYS.heartbeat) }, {
        expression: "attribute_not_exists(pk) OR #at < :at",
        values: {},
      });
    },
    async last({ kind, account, region, source, resource, reason, at }, now) {
      const said = Object.entries({ outcome: kind, account, region, source, reason, at });
      const set = Object.fromEntries(said.map(([name, value]) => [name, { S: value }]));
      await update(`resource#${resource}`, "last", { ...set, expires: expiry(now, KEPT_DAYS.resource) }, {
        expression: "attribute_not_exists(pk) OR #at <= :at",
        values: {},
      });
    },
  };
}
