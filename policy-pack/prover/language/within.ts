/** What is plain to see of globs, without a walk of their states: that one is inside another, and its shortest member. */
import type { Pattern, Token } from "./pattern";

/** Whether `outer` takes whatever `inner` may be; for `*`, each character of it. */
function takes(outer: Token, inner: Token): boolean {
  if (outer.kind === "char") return inner.kind === "char" && (outer.char === inner.char || (outer.fold === true && outer.char.toLowerCase() === inner.char.toLowerCase())) && (outer.fold === true || !inner.fold);
  const colon = inner.kind === "char" ? inner.char === ":" : inner.colon;
  return outer.colon || !colon;
}

/**
 * Whether every text of `inner` is one of `outer`, as far as it can be told from the two patterns side by side: true is
 * certain, false is not.
 */
export function plainlyWithin(inner: Pattern, outer: Pattern): boolean {
  // Positions of `outer` that the tokens of `inner` so far can have reached; a `*` may stand for nothing.
  const reach = (positions: number[], position: number) => {
    for (let at = position; !positions.includes(at); at++) {
      positions.push(at);
      if (outer[at]?.kind !== "any") return;
    }
  };
  // What both begin with is passed at once.
  let same = 0;
  while (outer[same]?.kind === "char" && inner[same] !== undefined && takes(outer[same]!, inner[same]!)) same++;
  let reached: number[] = [];
  reach(reached, same);
  for (const token of inner.slice(same)) {
    const next: number[] = [];
    for (const at of reached) {
      const wanted = outer[at];
      if (!wanted || !takes(wanted, token)) continue;
      if (wanted.kind === "any") reach(next, at);
      else if (token.kind !== "any") reach(next, at + 1);
    }
    if (next.length === 0) return false;
    reached = next;
  }
  return reached.includes(outer.length);
}

/** Whether no text is of both, as far as their beginnings tell: true is certain, false is not. */
export function plainlyApart(one: Pattern, other: Pattern): boolean {
  for (const [at, token] of one.entries()) {
    const beside = other[at];
    if (token.kind !== "char" || beside?.kind !== "char") return false;
    if (!takes(token, beside) && !takes(beside, token)) return true;
  }
  return false;
}

/** A text of the pattern as short as any can be: without its `*`, and with an x for each `?`, or a digit in an ARN's account. */
export function shortestOf(pattern: Pattern): string {
  let colons = 0;
  const spelt = pattern.map((token) => {
    if (token.kind !== "char") return token.kind === "any" ? "" : colons === 4 ? "0" : "x";
    if (token.char === ":") colons++;
    return token.char;
  });
  return spelt.join("");
}
