/** A way of showing: text as the rows come, and text when all have come. What it keeps meanwhile is bounded. */
import type { Part } from "../places";
import type { Choice, Row } from "../rows";
import type { Day, Heartbeats, Tallies } from "../summary";

/** All that is known when the last row has come. */
export interface Report {
  readonly asked: Part & Choice;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** When the watcher last said what is governed; undefined where it never did. */
  readonly governedAt: string | undefined;
  /** Whether an account that StackSets never reached would be among them. */
  readonly knowsAccounts: boolean;
  readonly tallies: Tallies;
  readonly heartbeats: Readonly<Record<string, Heartbeats>>;
  /** The totals of former days, in their order. */
  readonly days: readonly Day[];
  /** The day that is compared with; undefined where there is none, or where a part is asked for that no totals are kept of. */
  readonly last: Day | undefined;
}

export interface Format {
  readonly begin: string;
  row(row: Row): string;
  end(report: Report): string;
}

/** 60123 as 60,123. */
export const number = (count: number): string => count.toLocaleString("en-US");

/** The words for a state, in a table's head and in a sentence. */
export const wordsFor = {
  logged: "logged",
  excluded: "excluded",
  observed: "observed only",
  failing: "failing",
  silent: "silent",
  "never-seen": "never seen",
} as const;
