/** Members of a language for tests: whether a text is one, and texts near the edge of being one. Knows nothing of the prover. */
import { globMatches } from "../../evaluator";
import type { Language } from "../types";

/** A reproducible source of chance. */
export interface Dice {
  /** A whole number from 0 to `sides - 1`. */
  readonly roll: (sides: number) => number;
  readonly pick: <T>(from: readonly T[]) => T;
}

/** @param seed any whole number; mulberry32 */
export function diceOf(seed: number): Dice {
  let state = seed | 0;
  const roll = (sides: number) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (((mixed ^ (mixed >>> 14)) >>> 0) * sides) / 4294967296 | 0;
  };
  return { roll, pick: (from) => from[roll(from.length)]! };
}

function components(arn: string): readonly string[] | undefined {
  const parts = arn.split(":");
  return parts.length < 6 ? undefined : [...parts.slice(0, 5), parts.slice(5).join(":")];
}

/** As ArnLike reads it: the six components apart. */
function arnMatches(glob: string, arn: string): boolean {
  const patterns = components(glob);
  const values = components(arn);
  return patterns !== undefined && values !== undefined && patterns.every((pattern, at) => globMatches(pattern, values[at]!));
}

export function isMember({ reading, like, unlike = [] }: Language, text: string): boolean {
  const fits = (glob: string) => (reading === "arn" ? arnMatches(glob, text) : globMatches(glob, text));
  return like.some(fits) && !unlike.some(fits);
}

const runs = ["", "", "x", "a", "ab", "/x", ":", "a:b", "X"];
const ones = ["a", "1", ":", "x"];

/** One text that the glob stands for; a `?` in the account of an ARN is a digit. */
export function oneOf(glob: string, dice: Dice): string {
  const arn = glob.startsWith("arn:");
  let colons = 0;
  return [...glob].map((character) => {
    if (character === ":") colons++;
    const account = arn && colons === 4;
    if (character === "*") return account ? dice.pick(["111111111111", "222222222222"]) : arn && colons < 5 ? dice.pick(["", "aws", "us-east-1"]) : dice.pick(runs);
    return character === "?" ? (account ? dice.pick(["1", "2"]) : dice.pick(ones)) : character;
  }).join("");
}

/** The text with one small thing changed: a character more or less, its case, a colon. */
function nearly(text: string, dice: Dice): string {
  const at = dice.roll(text.length + 1);
  const swapped = (character: string) => (character === character.toLowerCase() ? character.toUpperCase() : character.toLowerCase());
  switch (dice.roll(7)) {
    case 0: return text.slice(0, at) + text.slice(at + 1);
    case 1: return text.slice(0, at) + dice.pick(["a", "1", "*", "?", "/"]) + text.slice(at);
    case 2: return text.slice(0, at) + swapped(text.charAt(at)) + text.slice(at + 1);
    case 3: return text.slice(0, at) + ":" + text.slice(at);
    case 4: return text.slice(0, at);
    case 5: return text + dice.pick(["a", ":", "/", "x"]);
    default: return text;
  }
}

/**
 * A member of the language, drawn near its own globs and the texts of `pool`.
 *
 * @param pool globs and texts of the policies: their edges are where a mistake would be
 * @returns undefined where chance finds none
 */
export function draw(language: Language, pool: readonly string[], dice: Dice): string | undefined {
  for (let attempt = 0; attempt < 12; attempt++) {
    const base = pool.length > 0 && dice.roll(3) > 0 ? dice.pick(pool) : dice.pick(language.like);
    const text = oneOf(base, dice);
    const candidate = dice.roll(2) === 0 ? text : nearly(text, dice);
    if (isMember(language, candidate)) return candidate;
  }
  for (const glob of language.like) {
    const text = glob.replaceAll("*", "").replaceAll("?", "1");
    if (isMember(language, text)) return text;
  }
  return undefined;
}
