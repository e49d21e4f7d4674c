/** Tells how an organization stands: reads the status table once, in a stream, and shows it in a format. */
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { TOTALS } from "../../functions/status-keys";
import { rowsUnder } from "../../functions/watcher/status-table";
import type { Governed } from "../../functions/watcher/totals";
import type { Format } from "./formats/format";
import type { Output } from "./output";
import { readPlaces, type Part } from "./places";
import { coverageRows } from "./read";
import { isListed, type Choice } from "./rows";
import { lastTime, tallying, type Day } from "./summary";

export interface Asked {
  readonly client: Pick<DynamoDBClient, "send">;
  readonly table: string;
  readonly part: Part;
  readonly choice: Choice;
  /** The day to compare with, or the last before it; the last before today where left out. */
  readonly since?: string | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly configured: Omit<Governed, "accounts">;
  /** The accounts that there should be; undefined where nobody says: then those that StackSets never reached are not told of. */
  readonly known?: readonly string[] | undefined;
}

async function readDays(client: Asked["client"], table: string): Promise<readonly Day[]> {
  const days: Day[] = [];
  for await (const rows of rowsUnder(client, table, TOTALS))
    for (const { sk, totals } of rows) if (sk?.S !== undefined && totals?.S !== undefined) days.push({ day: sk.S, totals: JSON.parse(totals.S) as Day["totals"] });
  return days;
}

/**
 * @param open is called when AWS has answered: a file of before is not lost to a caller who may not read
 * @throws what DynamoDB throws
 */
export async function tell({ client, table, part, choice, since, now, configured, known }: Asked, format: Format, open: () => Output): Promise<void> {
  const [places, days] = await Promise.all([readPlaces(client, table, part, now, configured, known), readDays(client, table)]);
  const output = open();
  const { tallies, heartbeats, place, row } = tallying();
  for (const all of places.byAccount.values()) all.forEach(place);
  await output.write(format.begin);
  for await (const rows of coverageRows(client, table, places.byAccount))
    for (const one of rows) {
      row(one);
      if (isListed(one, choice)) await output.write(format.row(one));
    }
  const at = new Date(now).toISOString();
  const comparable = part.account === undefined && part.region === undefined;
  const last = comparable ? lastTime(days, at.slice(0, 10), since) : undefined;
  await output.write(format.end({ asked: { ...part, ...choice }, at, governedAt: places.at, knowsAccounts: known !== undefined, tallies, heartbeats, days: comparable ? days : [], last }));
  await output.end();
}
