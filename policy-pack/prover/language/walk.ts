/** Breadth-first walks: the first accepted tuple of states gives the shortest string. */
import type { Meter } from "../budget";
import { Machine, type Side } from "./machine";
import { shapeAccepts, type Shape } from "./shape";

/**
 * Whether everything that one side takes is plainly excluded by another, or no other takes any of it.
 *
 * A walk would find out as well, but for a `*` before twelve `?`, as ARNs of any Region and account have, it takes a state
 * for each set of places where the account may begin: sixteen thousand.
 */
function contradictory(sides: readonly Side[]): boolean {
  const taken = sides.filter(({ positive }) => positive);
  const excluded = sides.filter(({ positive }) => !positive);
  return taken.some(({ matcher }, index) => excluded.some((outer) => matcher.isPlainlyWithin(outer.matcher)) || taken.slice(index + 1).some((other) => matcher.isPlainlyApart(other.matcher)));
}

/** A member of the first side's shortest pattern than which none is shorter, if it fits all else; undefined if not so plain. */
function evident([first, ...others]: readonly Side[], shape: Shape): string | undefined {
  if (!first?.positive) return undefined;
  const { least } = first.matcher;
  return least !== undefined && shapeAccepts(shape, least) && others.every(({ matcher, positive }) => matcher.holds(least) === positive) ? least : undefined;
}

/**
 * The shortest string that every side and the shape accept; undefined if there is none.
 *
 * @throws OutOfBudget
 */
export function shortest(sides: readonly Side[], shape: Shape, meter: Meter): string | undefined {
  meter.spend();
  if (contradictory(sides)) return undefined;
  const plain = evident(sides, shape);
  if (plain !== undefined) return plain;
  const machine = new Machine(sides, shape, meter);
  if (machine.start < 0) return undefined;
  // States are numbered as they are met, so that their numbers are the queue.
  const before: number[] = [-1];
  const chars: string[] = [""];
  const spell = (state: number): string => {
    const spelt: string[] = [];
    for (let at = state; at > 0; at = before[at]!) spelt.push(chars[at]!);
    return spelt.reverse().join("");
  };
  let accepted = machine.accepts(machine.start) ? machine.start : -1;
  for (let state = 0; accepted < 0 && state < machine.size; state++) {
    machine.each(state, (char, next) => {
      if (next < before.length) return;
      before.push(state);
      chars.push(char);
      if (accepted < 0 && machine.accepts(next)) accepted = next;
    });
  }
  return accepted < 0 ? undefined : spell(accepted);
}

/** What was spelt so far, last character first. */
interface Trace {
  readonly char: string;
  readonly before: Trace | undefined;
}

function read(trace: Trace | undefined): string {
  const chars: string[] = [];
  for (let at = trace; at; at = at.before) chars.push(at.char);
  return chars.reverse().join("");
}

/** A string with an account in it: an ARN, or the account alone. */
export interface Holder {
  readonly sides: readonly Side[];
  readonly shape: Shape;
}

interface Pair {
  /** Which string is being spelt: both prefixes, the accounts together, both rests. */
  readonly phase: 0 | 1 | 2 | 3 | 4;
  readonly left: number;
  readonly right: number;
  /** Digits of the accounts read; whether they differ. */
  readonly digits: number;
  readonly differ: boolean;
  readonly lefts: Trace | undefined;
  readonly rights: Trace | undefined;
}

const digits = "0123456789".split("");

/**
 * The shortest two strings whose accounts are the same, or are not; undefined if there are none.
 *
 * @throws OutOfBudget
 */
export function shortestTwo(first: Holder, second: Holder, accounts: "same" | "different", meter: Meter): readonly [string, string] | undefined {
  if (contradictory(first.sides) || contradictory(second.sides)) return undefined;
  const left = new Machine(first.sides, first.shape, meter);
  const right = new Machine(second.sides, second.shape, meter);
  if (left.start < 0 || right.start < 0) return undefined;
  const queue: Pair[] = [];
  const seen = new Set<string>();
  const push = (pair: Pair) => {
    const key = `${pair.phase},${pair.left},${pair.right},${pair.digits},${pair.differ}`;
    if (seen.has(key)) return;
    seen.add(key);
    meter.spend();
    queue.push(pair);
  };
  push({ phase: 0, left: left.start, right: right.start, digits: 0, differ: false, lefts: undefined, rights: undefined });
  for (let head = 0; head < queue.length; head++) {
    const pair = queue[head]!;
    const stepLeft = () => left.each(pair.left, (char, next) => push({ ...pair, left: next, lefts: { char, before: pair.lefts } }));
    const stepRight = () => right.each(pair.right, (char, next) => push({ ...pair, right: next, rights: { char, before: pair.rights } }));
    if (pair.phase === 0) {
      if (left.atAccount(pair.left)) push({ ...pair, phase: 1 });
      else stepLeft();
    } else if (pair.phase === 1) {
      if (right.atAccount(pair.right)) push({ ...pair, phase: 2 });
      else stepRight();
    } else if (pair.phase === 2) {
      if (pair.digits === 12) {
        if (pair.differ === (accounts === "different")) push({ ...pair, phase: 3 });
      } else {
        for (const one of digits) {
          const nextLeft = left.after(pair.left, one);
          if (nextLeft < 0) continue;
          for (const other of accounts === "same" ? [one] : digits) {
            const nextRight = right.after(pair.right, other);
            if (nextRight < 0) continue;
            push({ phase: 2, left: nextLeft, right: nextRight, digits: pair.digits + 1, differ: pair.differ || one !== other, lefts: { char: one, before: pair.lefts }, rights: { char: other, before: pair.rights } });
          }
        }
      }
    } else if (pair.phase === 3) {
      if (left.accepts(pair.left)) push({ ...pair, phase: 4 });
      stepLeft();
    } else {
      if (right.accepts(pair.right)) return [read(pair.lefts), read(pair.rights)];
      stepRight();
    }
  }
  return undefined;
}
