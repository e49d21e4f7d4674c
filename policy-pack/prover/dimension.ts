/**
 * One dimension of the space of requests: the principal's ARN, the resource's, or a condition key; and what is asked of it.
 */
import type { Shape } from "./language/shape";
import type { Matcher } from "./language/matcher";
import { complement, keyOfPredicate, rangeHolds, type Family, type Predicate, type Range } from "./predicate";

/** The strings that one value may be. */
export interface Domain {
  readonly id: string;
  readonly like: Matcher;
  readonly unlike: Matcher;
  readonly shape: Shape;
  /** The values are of this family, and nothing else. */
  readonly family?: Family;
  /** All of them, where they are a few that were listed. */
  readonly listed?: readonly string[];
  /** Any text at all. */
  readonly everything: boolean;
}

export interface Dimension {
  readonly id: string;
  readonly presence: "always" | "either";
  /** A set of values and not one. */
  readonly many: boolean;
  readonly domain: Domain;
}

/** What spaces have in common, whatever they are called there. */
const dimensionsOf = new WeakMap<Domain, Dimension[]>();

export function dimensionOf(domain: Domain, presence: Dimension["presence"] = "always", many = false): Dimension {
  const known = dimensionsOf.get(domain) ?? [];
  dimensionsOf.set(domain, known);
  return (known[(presence === "always" ? 2 : 0) + (many ? 1 : 0)] ??= { id: `${presence} ${many} ${domain.id}`, presence, many, domain });
}

/** The dimension's part of a request: its values, one unless the dimension is `many`; undefined where it is absent. */
export type Values = readonly string[] | undefined;

/** Something asked of a dimension, true or false of each of its `Values`. */
export interface Atom {
  readonly id: string;
  readonly absent: boolean;
  /** Of a present one: every value, or some value, is in the range. For one value the two are the same. */
  readonly every: boolean;
  readonly range: Range;
}

/** By what is asked, they are few, and asked again and again. */
const made = new WeakMap<Predicate, Atom[]>();

/** @param every for a set of values: whether all have to be in the range, or any */
export function atomOf(absent: boolean, range: Range, every = true): Atom {
  const id = (of: string) => `${absent ? "absent|" : ""}${of}`;
  if (typeof range === "boolean") return { id: id(String(range)), absent, every, range };
  const { predicate, positive } = range;
  const known = made.get(predicate) ?? [];
  made.set(predicate, known);
  return (known[(absent ? 4 : 0) + (positive ? 2 : 0) + (every ? 1 : 0)] ??= { id: id(`${positive ? "+" : "-"}${every ? "" : "any "}${keyOfPredicate(predicate)}`), absent, every, range });
}

export function opposite({ absent, range, every }: Atom): Atom {
  return atomOf(!absent, complement(range), !every);
}

export function atomHolds({ absent, every, range }: Atom, values: Values): boolean {
  if (values === undefined) return absent;
  return every ? values.every((value) => rangeHolds(range, value)) : values.some((value) => rangeHolds(range, value));
}

/** What a witness costs: the shortest one is wanted. */
export function costOf(values: Values): number {
  return values === undefined ? 0 : values.reduce((sum, value) => sum + value.length + 1, 0);
}
