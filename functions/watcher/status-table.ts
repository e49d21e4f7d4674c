/**
 * The watcher's part of the status table: it reads `heartbeat` rows, which the notifier writes, and keeps
 *
 * | pk | sk | attributes |
 * |---|---|---|
 * | `first-seen` | an enforcer's key, or an operation's | `at`: when it first expected the one, or saw the other |
 * | `expected` | `now` | `at`, `governed`: JSON of accounts, Regions, sources and the time between sweeps |
 * | `totals` | a day | `at`, `totals`: JSON by source, `expires` |
 */
import { QueryCommand, type AttributeValue, type DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { batches, putRows, type Row } from "../batch-write";
import { coverageStates, type Counts } from "../coverage";
import { EXPECTED, FIRST_SEEN, HEARTBEAT, NOW, TOTALS } from "../status-keys";
import type { Governed, Totals } from "./totals";

/** Days that the totals of a day are kept. */
const TOTALS_KEPT_DAYS = 400;

type Client = Pick<DynamoDBClient, "send">;

/** Every row under a partition key, in the order of their sort keys, page by page. */
export async function* rowsUnder(client: Client, tableName: string, pk: string): AsyncGenerator<readonly Row[]> {
  let start: Record<string, AttributeValue> | undefined;
  do {
    const page = await client.send(
      new QueryCommand({
        TableName: tableName,
        KeyConditionExpression: "pk = :pk",
        ExpressionAttributeValues: { ":pk": { S: pk } },
        ...(start === undefined ? {} : { ExclusiveStartKey: start }),
      }),
    );
    yield page.Items ?? [];
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
}

/** A heartbeat, with how many resources the sweep saw stand how; undefined for an enforcer that does not say. */
export interface Heartbeat {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly counts: Counts | undefined;
}

/** The last heartbeat of each enforcer, by its key. */
export async function heartbeats(client: Client, tableName: string): Promise<Record<string, Heartbeat>> {
  const found: Record<string, Heartbeat> = {};
  for await (const rows of rowsUnder(client, tableName, HEARTBEAT))
    for (const row of rows) {
      if (row.sk?.S === undefined || row.at?.S === undefined) continue;
      const counts = Object.fromEntries(coverageStates.map((state) => [state, Number(row[state]?.N)])) as Counts;
      found[row.sk.S] = { at: row.at.S, counts: coverageStates.every((state) => Number.isFinite(counts[state])) ? counts : undefined };
    }
  return found;
}

/** When each enforcer was first expected, and each operation first seen: ISO 8601, by key. */
export async function firstSeen(client: Client, tableName: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for await (const rows of rowsUnder(client, tableName, FIRST_SEEN)) for (const { sk, at } of rows) if (sk?.S !== undefined && at?.S !== undefined) found[sk.S] = at.S;
  return found;
}

async function write(client: Client, tableName: string, items: readonly Row[]): Promise<void> {
  for (const batch of batches(items)) await putRows(client, tableName, batch);
}

const expiring = (expires: number | undefined): Row => (expires === undefined ? {} : { expires: { N: String(expires) } });

/**
 * Remembers that these were seen for the first time at `at`.
 *
 * @param expires seconds since 1970 at which DynamoDB forgets them; undefined: never, as an enforcer whose row were
 * forgotten would be given its time to begin once more
 */
export async function remember(client: Client, tableName: string, keys: readonly string[], at: string, expires?: number): Promise<void> {
  await write(client, tableName, keys.map((sk) => ({ pk: { S: FIRST_SEEN }, sk: { S: sk }, at: { S: at }, ...expiring(expires) })));
}

/** Keeps what is governed now, and the totals of this day: the last ones of a day stay. @param now milliseconds since 1970 */
export async function record(client: Client, tableName: string, governed: Governed, totals: Readonly<Record<string, Totals>>, now: number): Promise<void> {
  const at = new Date(now).toISOString();
  await write(client, tableName, [
    { pk: { S: EXPECTED }, sk: { S: NOW }, at: { S: at }, governed: { S: JSON.stringify(governed) } },
    { pk: { S: TOTALS }, sk: { S: at.slice(0, 10) }, at: { S: at }, totals: { S: JSON.stringify(totals) }, ...expiring(Math.floor(now / 1_000) + TOTALS_KEPT_DAYS * 86_400) },
  ]);
}
