/** How the doctor's findings read: one line each, what matters first. */
import type { Unread } from "./access";
import type { Finding } from "./check";
import { checks } from "./checks";
import type { Cause } from "./diagnosis";
import type { Diagnosis } from "./examine";

const kinds = Object.assign({}, ...Object.values(checks).map(({ causes }) => causes)) as (typeof checks)[string]["causes"];

const place = ({ where: { source, account, region } }: Finding) => [source, account, region].filter(Boolean).join(" ");

/** At most so many symptoms are named. */
const NAMED = 3;

function affected({ affects }: Cause): string {
  if (affects.length === 0) return "";
  const more = affects.length > NAMED ? `, and ${affects.length - NAMED} more` : "";
  return `; explains ${affects.slice(0, NAMED).join(", ")}${more}`;
}

const causeLine = (one: Cause) => `${one.certainty === "certain" ? "CAUSE   " : "POSSIBLE"} ${one.cause}: ${kinds[one.cause]!.cause} - ${one.what}${place(one) && ` (${place(one)})`}: ${one.found}; symptom: ${kinds[one.cause]!.symptom}${affected(one)}; mend: ${one.mend}`;
/** At most so many objects' times are told without `--json`. */
const CLOCKS = 12;

const noteLine = (one: Finding) => `note     ${one.cause}: ${one.what}${place(one) && ` (${place(one)})`}: ${one.found}`;
const unreadLine = ({ account, region, action, why }: Unread) => `UNREAD   ${[account, region].filter(Boolean).join(" ")} ${action}: ${why}`;

/** The same things of many places, told once. */
export function summarised(unread: readonly Unread[]): readonly Unread[] {
  const same = new Map<string, Unread[]>();
  for (const one of unread) same.set(`${one.action} ${one.why}`, [...(same.get(`${one.action} ${one.why}`) ?? []), one]);
  return [...same.values()].flatMap((all) => (all.length <= NAMED ? all : [{ ...all[0]!, account: `${new Set(all.map(({ account }) => account)).size} accounts`, region: "" }]));
}

/** The same, of many things: how many, and the first few. */
function summarisedNotes(notes: readonly Finding[]): readonly string[] {
  return [...new Set(notes.map(({ cause }) => cause))].flatMap((id) => {
    const same = notes.filter((one) => one.cause === id);
    return same.length <= NAMED ? same.map(noteLine) : [...same.slice(0, NAMED).map(noteLine), `note     ${id}: and ${same.length - NAMED} more; --json has all`];
  });
}

/** When something last arrived, where that are not too many. */
function clockLines(clock: Diagnosis["clock"]): readonly string[] {
  return clock.length > CLOCKS ? [] : clock.map(({ log, account, region, newest }) => `newest   ${log} ${account} ${region}: ${newest ?? "none so far"}`);
}

/** 1 where a cause was found, 3 where something could not be read and none was found, 0 healthy and all read. */
export const exitCodeOf = ({ causes, unread }: Pick<Diagnosis, "causes" | "unread">): 0 | 1 | 3 => (causes.length > 0 ? 1 : unread.length > 0 ? 3 : 0);

export function linesOf(diagnosis: Diagnosis): readonly string[] {
  const { causes, notes, unread, read, accounts, clock } = diagnosis;
  const total = Object.values(read).reduce((sum, count) => sum + count, 0);
  const summary = `${causes.length} cause${causes.length === 1 ? "" : "s"}, ${unread.length} unread, ${notes.length} notes; ${total} readings in ${accounts.length} account${accounts.length === 1 ? "" : "s"}`;
  const verdict = { 0: "healthy, as far as configuration tells", 1: "", 3: "no cause found, but not everything could be read" }[exitCodeOf(diagnosis)];
  return [...causes.map(causeLine), ...summarised(unread).map(unreadLine), ...summarisedNotes(notes), ...clockLines(clock), verdict ? `${verdict}: ${summary}` : summary];
}
