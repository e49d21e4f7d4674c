/** What is asked of a request as a whole: atoms over its dimensions, joined by and and or. */
import { atomHolds, opposite, type Atom, type Values } from "./dimension";

export type Formula =
  | boolean
  | { readonly kind: "atom"; readonly dimension: string; readonly atom: Atom }
  /** Whether the accounts of the principal and of the resource are the same. */
  | { readonly kind: "accounts"; readonly same: boolean }
  | { readonly kind: "and" | "or"; readonly parts: readonly Formula[] };

/** Parts of the same kind become parts of this one; what is decided already is left out, or decides. */
function join(kind: "and" | "or", formulas: readonly Formula[]): Formula {
  const neutral = kind === "and";
  const parts: Formula[] = [];
  for (const formula of formulas) {
    if (typeof formula === "boolean") {
      if (formula !== neutral) return formula;
    } else if (formula.kind === kind) parts.push(...formula.parts);
    else parts.push(formula);
  }
  return parts.length === 0 ? neutral : parts.length === 1 ? parts[0]! : { kind, parts };
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

/** A claim of which a goal asks but one side, and so makes but that. */
class Joined implements Claim {
  private readonly made: { yes?: Formula; no?: Formula } = {};

  constructor(private readonly parts: readonly Claim[], private readonly every: boolean) {}

  get yes(): Formula {
    return (this.made.yes ??= join(this.every ? "and" : "or", this.parts.map(({ yes }) => yes)));
  }

  get no(): Formula {
    return (this.made.no ??= join(this.every ? "or" : "and", this.parts.map(({ no }) => no)));
  }
}

/** The contrary, whose sides are made as late. */
class Contrary implements Claim {
  constructor(private readonly of: Claim) {}

  get yes(): Formula {
    return this.of.no;
  }

  get no(): Formula {
    return this.of.yes;
  }
}

export const not = (of: Claim): Claim => (of === always ? never : of === never ? always : new Contrary(of));

export function all(...claims: readonly Claim[]): Claim {
  if (claims.includes(never)) return never;
  return claims.length === 1 ? claims[0]! : new Joined(claims, true);
}

export function any(...claims: readonly Claim[]): Claim {
  if (claims.includes(always)) return always;
  return claims.length === 1 ? claims[0]! : new Joined(claims, false);
}

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
