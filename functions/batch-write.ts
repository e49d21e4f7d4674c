/** Rows into a table of DynamoDB, for the functions that share the status table. */
import { BatchWriteItemCommand, type AttributeValue, type DynamoDBClient, type WriteRequest } from "@aws-sdk/client-dynamodb";

/** Requests in one BatchWriteItem. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html */
const BATCH = 25;

/** Times that what DynamoDB left unprocessed is given again before it is an error. */
const ATTEMPTS = 5;

export type Row = Readonly<Record<string, AttributeValue>>;

/** Rows in lists that one `putRows` takes each. */
export function batches(rows: readonly Row[]): readonly (readonly Row[])[] {
  return Array.from({ length: Math.ceil(rows.length / BATCH) }, (_, index) => rows.slice(BATCH * index, BATCH * (index + 1)));
}

/** Puts one batch of rows. @throws Error if DynamoDB leaves some unwritten time after time */
export async function putRows(client: Pick<DynamoDBClient, "send">, tableName: string, rows: readonly Row[]): Promise<void> {
  let pending: WriteRequest[] = rows.map((Item) => ({ PutRequest: { Item } }));
  for (let attempt = 1; pending.length > 0; attempt += 1) {
    if (attempt > ATTEMPTS) throw new Error(`DynamoDB left ${pending.length} rows of ${tableName} unwritten ${ATTEMPTS} times`);
    if (attempt > 1) await new Promise((resolve) => setTimeout(resolve, 100 * 2 ** attempt));
    const answer = await client.send(new BatchWriteItemCommand({ RequestItems: { [tableName]: pending } }));
    pending = answer.UnprocessedItems?.[tableName] ?? [];
  }
}
