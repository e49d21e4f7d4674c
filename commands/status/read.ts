/** Reads the coverage of an organization, account by account, some ahead of the one that is being looked at. */
import type { AttributeValue, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { coverageOf, readCoverageKey } from "../../functions/status-keys";
import { rowsUnder } from "../../functions/watcher/status-table";
import type { LastRow, SweepRow } from "./merge";
import { merged } from "./merge";
import type { Heard } from "./places";
import { rowOf, type Row } from "./rows";

/** Accounts that are read at the same time: what is in memory is theirs and no more, however large the organization is. */
export const AHEAD = 24;

interface Rows {
  readonly sweeps: SweepRow[];
  readonly lasts: LastRow[];
}

type Client = Pick<DynamoDBClient, "send">;

const text = (value: AttributeValue | undefined) => value?.S ?? "";
const placeKey = ({ region, source }: { readonly region: string; readonly source: string }) => `${region}#${source}`;

/** An account's rows by place. @throws Error for a row that is none */
async function rowsOf(client: Client, table: string, account: string): Promise<ReadonlyMap<string, Rows>> {
  const byPlace = new Map<string, Rows>();
  for await (const items of rowsUnder(client, table, coverageOf(account)))
    for (const { sk, since, parts, packed, outcome, reason, at } of items) {
      const key = readCoverageKey(text(sk));
      const rows = byPlace.get(placeKey(key)) ?? { sweeps: [], lasts: [] };
      byPlace.set(placeKey(key), rows);
      if (key.what === "last") rows.lasts.push({ resource: key.resource, outcome: text(outcome), reason: text(reason), at: text(at) });
      else rows.sweeps.push({ since: text(since), part: key.part, parts: Number(parts?.N), packed: packed?.B ?? new Uint8Array() });
    }
  return byPlace;
}

/** What stack instances of the account are reported not to be current, by Region. */
function broken(byPlace: ReadonlyMap<string, Rows>): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const [key, { lasts }] of byPlace) for (const { outcome, reason, at } of lasts) if (outcome === "stack-instance") found[key.split("#")[0]!] = `stack instance ${reason} (${at})`;
  return found;
}

/** How one place stands: its resources, and itself where nothing is heard from it. */
function placeRows(place: Heard, rows: Rows | undefined, why: string | undefined): readonly Row[] {
  const resources = rows === undefined ? [] : merged(rows.sweeps, rows.lasts).map((one) => rowOf(place, one, one.seen));
  if (place.state === "heard") return resources;
  const said = [place.unreached ? "StackSets have not reached the account" : place.last === undefined ? "no heartbeat yet" : `last heartbeat ${place.last}`, ...(why === undefined ? [] : [why])].join("; ");
  return [rowOf(place, { resource: "", state: place.state, why: said }, place.last ?? ""), ...resources];
}

/**
 * The rows of each account's places, account after account.
 *
 * @throws what DynamoDB throws; Error for a row that is no row of coverage
 */
export async function* coverageRows(client: Client, table: string, byAccount: ReadonlyMap<string, readonly Heard[]>, ahead = AHEAD): AsyncGenerator<readonly Row[]> {
  const accounts = [...byAccount];
  const reading: Promise<ReadonlyMap<string, Rows>>[] = [];
  let next = 0;
  const readOn = () => {
    const account = accounts[next++]?.[0];
    if (account === undefined) return;
    const rows = rowsOf(client, table, account);
    // Where an earlier account's reading fails nobody waits for this one any more: the first failure is what is told.
    rows.catch(() => undefined);
    reading.push(rows);
  };
  for (let index = 0; index < ahead; index += 1) readOn();
  for (const [, places] of accounts) {
    const byPlace = await reading.shift()!;
    readOn();
    const notCurrent = broken(byPlace);
    for (const place of places) yield placeRows(place, byPlace.get(placeKey(place)), notCurrent[place.region]);
  }
}
