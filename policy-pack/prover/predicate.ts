/** Sets of strings that conditions speak of: globs, and comparisons of numbers, dates, addresses and bytes. */
import { Matcher } from "./language/matcher";

/**
 * Values that a kind of operator orders. Between the constants of a policy all of them behave alike, so one value of
 * each part of this finite partition stands for all.
 */
export interface Family {
  readonly name: string;
  /** One value of each part that the constants make, and of what is no value of the family (`malformed`). */
  readonly representatives: (constants: readonly string[]) => readonly string[];
  readonly malformed: readonly string[];
}

export interface Comparison {
  readonly id: string;
  readonly family: Family;
  readonly constants: readonly string[];
  readonly holds: (value: string) => boolean;
}

export type Predicate = Matcher | Comparison;

export const isMatcher = (predicate: Predicate): predicate is Matcher => predicate instanceof Matcher;

/** A predicate or its complement; all strings or none. */
export type Range = boolean | { readonly predicate: Predicate; readonly positive: boolean };

export function complement(range: Range): Range {
  return typeof range === "boolean" ? !range : { predicate: range.predicate, positive: !range.positive };
}

export function rangeHolds(range: Range, value: string): boolean {
  return typeof range === "boolean" ? range : range.predicate.holds(value) === range.positive;
}

export function keyOfPredicate(predicate: Predicate): string {
  return isMatcher(predicate) ? `g${predicate.id}` : predicate.id;
}
