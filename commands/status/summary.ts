/** The numbers: how many stand how, by source, account and Region; and how many did the last time. Pure. */
import { coverageStates } from "../../functions/coverage";
import { added, noTotals, type Totals } from "../../functions/watcher/totals";
import type { Heard } from "./places";
import type { Row } from "./rows";

/** One source's, account's or Region's; `broken` counts places whose sweep broke off. */
export type Tally = { -readonly [Name in keyof Totals]: number } & { broken: number };

const none = (): Tally => ({ ...noTotals, broken: 0 });

export interface Tallies {
  readonly all: Tally;
  readonly bySource: Readonly<Record<string, Tally>>;
  readonly byAccount: Readonly<Record<string, Tally>>;
  readonly byRegion: Readonly<Record<string, Tally>>;
}

/** Of a source: when its places were last heard from, ISO 8601; undefined where none ever was. */
export interface Heartbeats {
  readonly oldest: string | undefined;
  readonly newest: string | undefined;
}

/** How many resources there are. */
export const resourcesIn = (totals: Totals): number => coverageStates.reduce((sum, state) => sum + totals[state], 0);

/** Of a hundred resources, how many are logged as they should be; undefined where there are none. */
export function share(totals: Totals): number | undefined {
  const resources = resourcesIn(totals);
  return resources === 0 ? undefined : (100 * totals.logged) / resources;
}

/** Rounded down to a tenth: 100.0 % says that not one is missing. */
export function percent(of: number | undefined): string {
  return of === undefined ? "-" : `${(Math.floor(of * 10) / 10).toFixed(1)} %`;
}

/** Counts rows as they come. */
export function tallying(): { readonly tallies: Tallies; readonly heartbeats: Readonly<Record<string, Heartbeats>>; place(place: Heard): void; row(row: Row): void } {
  const heartbeats: Record<string, Heartbeats> = {};
  const tallies = { all: none(), bySource: {} as Record<string, Tally>, byAccount: {} as Record<string, Tally>, byRegion: {} as Record<string, Tally> };
  const of = ({ account, region, source }: Pick<Row, "account" | "region" | "source">) =>
    [tallies.all, (tallies.bySource[source] ??= none()), (tallies.byAccount[account] ??= none()), (tallies.byRegion[region] ??= none())] as const;
  return {
    tallies,
    heartbeats,
    place: (place) => {
      const { oldest, newest } = heartbeats[place.source] ?? { oldest: undefined, newest: undefined };
      const { last } = place;
      heartbeats[place.source] = {
        oldest: last !== undefined && (oldest === undefined || last < oldest) ? last : oldest,
        newest: last !== undefined && (newest === undefined || last > newest) ? last : newest,
      };
      for (const tally of of(place)) {
        tally.places += 1;
        if (place.state === "silent") tally.silent += 1;
        if (place.state === "never-seen") tally.neverSeen += 1;
      }
    },
    row: (row) => {
      const { state } = row;
      if (state === "silent" || state === "never-seen") return;
      for (const tally of of(row)) tally[row.resource === "" ? "broken" : state] += 1;
    },
  };
}

/** The totals of one day, by source. */
export interface Day {
  /** `2026-11-21` */
  readonly day: string;
  readonly totals: Readonly<Record<string, Totals>>;
}

/** What a day's sources come to, of one source or of all. */
export const totalOf = ({ totals }: Day, source: string | undefined): Totals =>
  Object.entries(totals).reduce((sum, [name, one]) => (source === undefined || source === name ? added(sum, one) : sum), noTotals);

/** The day to compare with: the last before today, or the last that is not after `since`. @param days in their order */
export function lastTime(days: readonly Day[], today: string, since: string | undefined): Day | undefined {
  return days.filter(({ day }) => day < today && (since === undefined || day <= since)).at(-1);
}
