/** What two globs have in common, as globs. */
import { onceForText } from "../../infra/config/once-for";

/** One step of a glob: a character, or a wildcard that may or may not take a colon. */
interface Piece {
  readonly is: "any" | "one" | "text";
  readonly text: string;
  readonly colon: boolean;
}

/** Alternatives beyond which the first glob is answered whole: more than is true, so that nothing is left out. */
const ENOUGH = 64;

/**
 * The globs whose union matches what both match.
 *
 * @param arn read as ArnLike does: a wildcard takes no colon before the fifth
 * @param pattern read likewise if it has the six parts of an ARN, or else (`*`, `arn:aws:s3*`) as plain text
 * @returns to be read as `arn` is; empty if nothing matches both
 * @example common("arn:aws:s3:::?*", "arn:aws:s3:::logs-*") // ["arn:aws:s3:::logs-*"]
 */
export function common(arn: string, pattern: string): readonly string[] {
  const known = new Map<string, ReadonlySet<string>>();
  const [one, other] = [pieces(arn, true), pieces(pattern, pattern.split(":").length >= 6)];
  const meet = (i: number, j: number): ReadonlySet<string> => {
    const place = `${i},${j}`;
    const before = known.get(place);
    if (before) return before;
    const found = new Set<string>();
    known.set(place, found);
    const [a, b] = [one[i], other[j]];
    const add = (start: string, rest: ReadonlySet<string>) => rest.forEach((end) => found.add(joined(start, end)));
    if (!a && !b) found.add("");
    // Of two runs one ends first, or both at once: what they share is a run, and then the other goes on.
    const run = a?.is === "any" && b?.is === "any" ? "*" : "";
    if (a?.is === "any") add(run, meet(i + 1, j));
    if (b?.is === "any") add(run, meet(i, j + 1));
    const step = a && b && run === "" ? both(a, b) : undefined;
    if (step !== undefined) add(step, meet(a?.is === "any" ? i : i + 1, b?.is === "any" ? j : j + 1));
    return found;
  };
  // What both begin with, all of it has.
  let same = 0;
  while (one[same]?.is === "text" && other[same]?.is === "text" && one[same]!.text === other[same]!.text) same++;
  const start = one.slice(0, same).map(({ text }) => text).join("");
  const all = [...meet(same, same)].map((end) => start + end);
  return all.length > ENOUGH ? [arn] : all.filter((glob) => !all.some((wider) => wider !== glob && covers(wider, glob)));
}

/** The third part of an ARN, or of a pattern of ARNs. */
const serviceOf = onceForText((arn) => arn.split(":", 3)[2] ?? "*");

const isOpen = (service: string): boolean => service === "" || service.includes("*") || service.includes("?") || service.includes("$");

/** Whether an ARN, or AWS's format of one, and a pattern can be of one service: else they have nothing in common. */
export function sameService(arn: string, pattern: string): boolean {
  const [service, wanted] = [serviceOf(arn), serviceOf(pattern)];
  return service === wanted || isOpen(service) || isOpen(wanted);
}

const met = new Map<string, boolean>();

/** Whether two patterns, which are read as `common` reads them, have something in common; the same two are asked about over and over. */
export function overlap(arn: string, pattern: string): boolean {
  if (!sameService(arn, pattern)) return false;
  const key = `${arn} ${pattern}`;
  const known = met.get(key) ?? common(arn, pattern).length > 0;
  met.set(key, known);
  return known;
}

/** `**` says no more than `*`. */
const joined = (start: string, end: string): string => (start === "*" && end.startsWith("*") ? end : start + end);

/** The one character that both take; at most one of them is `*`. */
function both(a: Piece, b: Piece): string | undefined {
  if (a.is === "text" && b.is === "text") return a.text === b.text ? a.text : undefined;
  const [fixed, wild] = a.is === "text" ? [a, b] : [b, a];
  if (fixed.is !== "text") return "?";
  return fixed.text === ":" && !wild.colon ? undefined : fixed.text;
}

function pieces(glob: string, arn: boolean): readonly Piece[] {
  let colons = 0;
  return [...glob].map((text) => {
    if (text === ":") colons += 1;
    return { is: text === "*" ? "any" : text === "?" ? "one" : "text", text, colon: !arn || colons >= 5 };
  });
}

/** Whether the first glob matches what the second does; a no may be wrong, a yes is not. */
function covers(wider: string, glob: string): boolean {
  const parts = pieces(wider, true).map(({ is, text, colon }) =>
    is === "any" ? (colon ? ".*" : "[^:]*") : is === "one" ? (colon ? "[^*]" : "[^*:]") : text.replace(/\W/, "\\$&"));
  return new RegExp(`^${parts.join("")}$`, "s").test(glob);
}
