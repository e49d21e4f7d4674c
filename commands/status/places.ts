/** Which places there should be, and when each was last heard from: read from the watcher's rows and the heartbeats. */
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EXPECTED, keyOf, placeOf, type Place } from "../../functions/status-keys";
import { expectedEnforcers, silences } from "../../functions/watcher/silences";
import { heartbeats, rowsUnder } from "../../functions/watcher/status-table";
import type { Governed } from "../../functions/watcher/totals";

/** A governed place; `last` is its last heartbeat, ISO 8601. */
export interface Heard extends Place {
  readonly state: "heard" | "silent" | "never-seen";
  readonly last: string | undefined;
  /** The watcher knows of no stack instance of the account. */
  readonly unreached?: true;
}

/** What of the organization is asked for; all of it where nothing is said. */
export interface Part {
  readonly account?: string | undefined;
  readonly region?: string | undefined;
  readonly source?: string | undefined;
}

export interface Places {
  readonly governed: Governed;
  /** When the watcher last said what is governed, ISO 8601; undefined where it never did: then it is who has been heard. */
  readonly at: string | undefined;
  /** By account, in the order of their ids; a place of an account in the order of source and Region. */
  readonly byAccount: ReadonlyMap<string, readonly Heard[]>;
}

export const isIn = (part: Part, place: Place): boolean => (["account", "region", "source"] as const).every((name) => part[name] === undefined || part[name] === place[name]);

async function governedIn(client: Pick<DynamoDBClient, "send">, table: string): Promise<{ governed: Governed; at: string } | undefined> {
  for await (const rows of rowsUnder(client, table, EXPECTED))
    for (const { at, governed } of rows) if (at?.S !== undefined && governed?.S !== undefined) return { at: at.S, governed: JSON.parse(governed.S) as Governed };
  return undefined;
}

/**
 * The places asked for.
 *
 * @param now milliseconds since 1970
 * @param known the accounts that there should be, whoever has heard of them; those that StackSets never reached are none of the watcher's
 * @param configured what the configuration governs, whose Regions and sources count where the watcher has not spoken
 * @throws what DynamoDB throws
 */
export async function readPlaces(client: Pick<DynamoDBClient, "send">, table: string, part: Part, now: number, configured: Omit<Governed, "accounts">, known: readonly string[] = []): Promise<Places> {
  const [said, heard] = await Promise.all([governedIn(client, table), heartbeats(client, table)]);
  const reached = said?.governed.accounts ?? [...new Set(Object.keys(heard).map((key) => placeOf(key).account))];
  const accounts = [...new Set([...reached, ...known])].sort();
  const governed = { ...(said?.governed ?? configured), accounts };
  const expected = expectedEnforcers(accounts, governed.regions, governed.sources).filter((place) => isIn(part, place));
  const last = Object.fromEntries(Object.entries(heard).map(([key, { at }]) => [key, at]));
  const silent = new Set(silences(expected, last, now, governed.sweepMinutes).map(keyOf));
  const byAccount = new Map<string, Heard[]>();
  for (const place of expected) {
    const key = keyOf(place);
    const state = last[key] === undefined ? "never-seen" : silent.has(key) ? "silent" : "heard";
    const places = byAccount.get(place.account) ?? [];
    places.push({ ...place, state, last: last[key], ...(!reached.includes(place.account) && { unreached: true }) });
    byAccount.set(place.account, places);
  }
  return { governed, at: said?.at, byAccount };
}
