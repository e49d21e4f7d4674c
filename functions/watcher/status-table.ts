/**
 * The watcher's part of the status table: it reads `heartbeat` rows, which the notifier writes, and keeps when it first
 * expected each enforcer and saw each operation (`pk` = `first-seen`, `sk` = its key, `at`).
 */
import { BatchWriteItemCommand, QueryCommand, type AttributeValue, type DynamoDBClient, type WriteRequest } from "@aws-sdk/client-dynamodb";

/** Requests in one BatchWriteItem. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html */
const BATCH = 25;

/** Times that what DynamoDB left unprocessed is given again before it is an error. */
const ATTEMPTS = 5;

/** `at` by sort key, of every row under a partition key. */
export async function moments(client: Pick<DynamoDBClient, "send">, tableName: string, pk: "heartbeat" | "first-seen"): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
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
    for (const { sk, at } of page.Items ?? []) if (sk?.S !== undefined && at?.S !== undefined) found[sk.S] = at.S;
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return found;
}

/**
 * Remembers that these were seen for the first time at `at`.
 *
 * @param expires seconds since 1970 at which DynamoDB forgets them; undefined: never, as an enforcer whose row were
 * forgotten would be given its time to begin once more
 * @throws Error if DynamoDB leaves some unprocessed time after time
 */
export async function remember(client: Pick<DynamoDBClient, "send">, tableName: string, keys: readonly string[], at: string, expires?: number): Promise<void> {
  for (let first = 0; first < keys.length; first += BATCH) {
    let pending: WriteRequest[] = keys.slice(first, first + BATCH).map((sk) => ({
      PutRequest: { Item: { pk: { S: "first-seen" }, sk: { S: sk }, at: { S: at }, ...(expires === undefined ? {} : { expires: { N: String(expires) } }) } },
    }));
    for (let attempt = 1; pending.length > 0; attempt += 1) {
      if (attempt > ATTEMPTS) throw new Error(`DynamoDB left ${pending.length} rows of ${tableName} unwritten ${ATTEMPTS} times`);
      if (attempt > 1) await new Promise((resolve) => setTimeout(resolve, 100 * 2 ** attempt));
      const answer = await client.send(new BatchWriteItemCommand({ RequestItems: { [tableName]: pending } }));
      pending = answer.UnprocessedItems?.[tableName] ?? [];
    }
  }
}
