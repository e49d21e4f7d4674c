/** The notifier's status table, read from the emulator itself: under the lock nobody but the notifier and the watcher may. */
import { DynamoDBClient, paginateScan } from "@aws-sdk/client-dynamodb";
import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import type { Lab } from "./start";

/** A client of the emulator, around the proxy, with the delegated account's rights. */
export const directly = ({ motoUrl, world, organization }: Lab) => ({
  endpoint: motoUrl,
  region: world.names.homeRegion,
  credentials: organization.delegated.admin.credentials,
});

/** Every row of the table. */
export async function statusRows(lab: Lab): Promise<Record<string, AttributeValue>[]> {
  const client = new DynamoDBClient(directly(lab));
  const rows: Record<string, AttributeValue>[] = [];
  for await (const { Items = [] } of paginateScan({ client }, { TableName: lab.world.names.statusTable })) rows.push(...Items);
  client.destroy();
  return rows;
}
