/** What is asked of a request as a whole: atoms over its dimensions, joined by and and or. */
import { atomHolds, opposite, type Atom, type Values } from "./dimension";

export type Formula =
  | boolean
  | { readonly kind: "atom"; readonly dimension: string; readonly atom: Atom }
  /** Whether the accounts of the principal and of the resource are the same. */
  | { readonly kind: "accounts"; readonly same: boolean }
  | { readonly kind: "and" | "or"; readonly parts: readonly Formula[] };

export function and(...formulas: readonly Formula[]): Formula {
  const parts = formulas.flatMap((part) => (typeof part === "object" && part.kind === "and" ? part.parts : [part])).filter((part) => part !== true);
  if (parts.includes(false)) return false;
  return parts.length === 0 ? true : parts.length === 1 ? parts[0]! : { kind: "and", parts };
}

export function or(...formulas: readonly Formula[]): Formula {
  const parts = formulas.flatMap((part) => (typeof part === "object" && part.kind === "or" ? part.parts : [part])).filter((part) => part !== false);
  if (parts.includes(true)) return true;
  return parts.length === 0 ? false : parts.length === 1 ? parts[0]! : { kind: "or", parts };
}

/**
 * A statement about requests, with its contrary. They are opposites where the prover is exact; where it is not, both
 * are what may be (or both what must be) the case.
 */
export interface Claim {
  readonly yes: Formula;
  readonly no: Formula;
}

export const always: Claim = { yes: true, no: false };
export const never: Claim = { yes: false, no: true };
export const not = ({ yes, no }: Claim): Claim => ({ yes: no, no: yes });
export const all = (...claims: readonly Claim[]): Claim => ({ yes: and(...claims.map(({ yes }) => yes)), no: or(...claims.map(({ no }) => no)) });
export const any = (...claims: readonly Claim[]): Claim => not(all(...claims.map(not)));

/** The atom and its opposite. */
export function claim(dimension: string, atom: Atom): Claim {
  return { yes: { kind: "atom", dimension, atom }, no: { kind: "atom", dimension, atom: opposite(atom) } };
}

/** A point in the space of requests. */
export interface Point {
  readonly valuesOf: (dimension: string) => Values;
  readonly sameAccount: () => boolean;
}

export function formulaHolds(formula: Formula, point: Point): boolean {
  if (typeof formula === "boolean") return formula;
  if (formula.kind === "atom") return atomHolds(formula.atom, point.valuesOf(formula.dimension));
  if (formula.kind === "accounts") return point.sameAccount() === formula.same;
  return formula.kind === "and" ? formula.parts.every((part) => formulaHolds(part, point)) : formula.parts.some((part) => formulaHolds(part, point));
}
