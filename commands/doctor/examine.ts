/** Runs every check in scope and brings what was found down to its causes. */
import { sources } from "../../functions/sources";
import type { Configuration } from "../../infra/config/configuration";
import { namesFor } from "../../infra/names";
import type { Access, Unread } from "./access";
import type { Arrival, Finding, Ground, Scope } from "./check";
import { checks } from "./checks";
import { notesOf, rootCauses, type Cause } from "./diagnosis";
import { accountsOf } from "./organization";

export interface Diagnosis {
  readonly causes: readonly Cause[];
  /** What may be as wanted, or nothing at all. */
  readonly notes: readonly Finding[];
  readonly unread: readonly Unread[];
  /** By check: how many readings there were. */
  readonly read: Readonly<Record<string, number>>;
  readonly accounts: readonly string[];
  /** When the newest object of each kind of log arrived. */
  readonly clock: readonly Arrival[];
}

/** What was asked for; everything where nothing was. `trail` is asked for like a source. */
export function scopeOf(config: Configuration, asked: { readonly source?: string; readonly account?: string; readonly region?: string; readonly resource?: string } = {}): Scope {
  const { source, account, region, resource } = asked;
  return {
    sources: sources.filter(({ name }) => (source ?? name) === name),
    trail: source === undefined ? resource === undefined : source === "trail",
    ...(account !== undefined && { account }),
    // Where nothing is governed there is nothing to look at: the resource itself says why.
    regions: region === undefined ? config.regions : config.regions.filter((one) => one === region),
    ...(resource !== undefined && { resource }),
  };
}

/** Everybody of the organization; where that can't be read, the accounts that the configuration and the caller know. */
async function accountsIn(access: Access, config: Configuration, { account }: Scope): Promise<readonly string[]> {
  if (account !== undefined) return [account];
  const { management, logArchive, delegated, backup } = config.accounts;
  return (await accountsOf(access, config)) ?? [...new Set([access.own, management, logArchive, delegated, ...(backup === undefined ? [] : [backup]), ...(config.force.canary?.accounts ?? [])])].sort();
}

const wordsOf = ({ log, account, region }: Arrival) => [log, account, region].join(" ");

/** Reads and judges. @param now milliseconds since 1970 */
export async function examine(access: Access, config: Configuration, scope: Scope, now = Date.now()): Promise<Diagnosis> {
  const accounts = await accountsIn(access, config, scope);
  const ground: Ground = { config, names: namesFor(config), scope, access, now, accounts };
  const found: Finding[] = [];
  const read: Record<string, number> = {};
  const clock: Arrival[] = [];
  await Promise.all(
    Object.entries(checks).map(async ([name, check]) => {
      const readings = await check.read(ground);
      read[name] = readings.length;
      for (const reading of readings) {
        found.push(...check.judge(reading, ground));
        clock.push(...[check.arrival?.(reading)].filter((arrival) => arrival !== undefined));
      }
    }),
  );
  return { causes: rootCauses(found), notes: notesOf(found), unread: access.unread, read, accounts, clock: clock.sort((a, b) => wordsOf(a).localeCompare(wordsOf(b))) };
}
