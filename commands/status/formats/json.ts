/** One JSON object: the rows first, since the numbers are known when the last row has come. */
import { percent, resourcesIn, share, totalOf } from "../summary";
import type { Format } from "./format";

export function json(): Format {
  let first = true;
  return {
    begin: '{"resources":[',
    row: (row) => {
      const comma = first ? "" : ",";
      first = false;
      return `${comma}\n${JSON.stringify(row)}`;
    },
    end: ({ asked, at, governedAt, knowsAccounts, tallies, heartbeats, last }) => {
      const { all, ...by } = tallies;
      const then = last && totalOf(last, asked.source);
      const rest = {
        asked,
        at,
        governedAt: governedAt ?? null,
        knowsAccounts,
        summary: { resources: resourcesIn(all), logged: all.logged, percent: percent(share(all)) },
        totals: { all, ...by },
        heartbeats,
        lastTime: last === undefined ? null : { day: last.day, percent: percent(share(then!)), all: then, bySource: last.totals },
      };
      return `],${JSON.stringify(rest).slice(1)}\n`;
    },
  };
}
