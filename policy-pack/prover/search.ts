/**
 * Looks for a point of the space where a formula holds: cheapest first, so that the first one found is the shortest.
 *
 * A node is what has been asked so far of each dimension, with the shortest values that satisfy it. Where these already
 * satisfy the whole formula, the search is over; else one `or` that they violate is branched upon, the one with the
 * fewest alternatives left. More atoms never make a shortest value shorter, so costs only grow.
 */
import { Memo, type Meter } from "./budget";
import { atomHolds, costOf, type Atom, type Dimension, type Values } from "./dimension";
import { formulaHolds, type Formula, type Point } from "./formula";
import { shortestTwo, type Holder } from "./language/walk";
import type { Range } from "./predicate";
import { sidesOf, solve } from "./solve";
import { dimensions, type Space } from "./space";

interface State {
  /** In the order of their ids. */
  readonly atoms: readonly Atom[];
  readonly values: Values;
}

export interface Node {
  readonly states: ReadonlyMap<string, State>;
  readonly accounts: "same" | "different" | undefined;
  /** Each an `or` that must hold. */
  readonly pending: readonly Extract<Formula, { readonly parts: unknown }>[];
  readonly cost: number;
}

/** In states: a node takes as much memory. */
const nodeCost = 10;

/** What dimensions were found to hold, remembered across goals and across provers. */
export class Solver {
  private readonly singles = new Memo<Values | false>();
  private readonly pairs = new Memo<readonly [string, string] | undefined>();

  /** How much is remembered. */
  get size(): number {
    return this.singles.size + this.pairs.size;
  }

  values(dimension: Dimension, atoms: readonly Atom[], meter: Meter): Values | false {
    return this.singles.get(`${dimension.id}\n${atoms.map(({ id }) => id).join("\n")}`, meter, (own) => solve(dimension, atoms, own));
  }

  pair(left: Dimension, lefts: readonly Atom[], right: Dimension, rights: readonly Atom[], accounts: "same" | "different", meter: Meter): readonly [string, string] | undefined {
    const ids = (atoms: readonly Atom[]) => atoms.map(({ id }) => id).join("\n");
    const key = `${accounts}\n${left.id}\n${ids(lefts)}\n\n${right.id}\n${ids(rights)}`;
    return this.pairs.get(key, meter, (own) => shortestTwo(holder(left, lefts), holder(right, rights), accounts, own));
  }
}

/** None of the atoms is false of everything, or the dimension alone would have no values. */
function holder({ domain }: Dimension, atoms: readonly Atom[]): Holder {
  const ranges = atoms.map(({ range }) => range).filter((range): range is Exclude<Range, boolean> => typeof range !== "boolean");
  return { sides: sidesOf(domain, ranges), shape: domain.shape };
}

export const accountOf = (arn: string): string => arn.split(":")[4] ?? "";

/** Smallest first; among equals, first come first served. */
class Queue {
  private readonly byCost = new Map<number, Node[]>();
  private size = 0;

  push(node: Node): void {
    const same = this.byCost.get(node.cost);
    if (same) same.push(node);
    else this.byCost.set(node.cost, [node]);
    this.size++;
  }

  pop(): Node | undefined {
    if (this.size === 0) return undefined;
    const cost = Math.min(...this.byCost.keys());
    const nodes = this.byCost.get(cost)!;
    const node = nodes.shift()!;
    if (nodes.length === 0) this.byCost.delete(cost);
    this.size--;
    return node;
  }
}

export class Search {
  private readonly numbers = new Map<Formula, number>();
  private readonly owner: string;

  constructor(private readonly space: Space, private readonly solver: Solver, private readonly meter: Meter) {
    this.owner = space.owner === "apart" ? dimensions.owner : dimensions.resource;
  }

  /** The root, with no more asked than the space itself; undefined if it has no point. */
  root(): Node | undefined {
    const states = new Map<string, State>();
    for (const [name, dimension] of this.space.declared) {
      const values = this.solver.values(dimension, [], this.meter);
      if (values === false) return undefined;
      states.set(name, { atoms: [], values });
    }
    return this.with({ states, accounts: undefined, pending: [], cost: costOfAll(states) }, this.space.itself.yes);
  }

  /** The node whose values are the shortest point where the formula holds; undefined if there is none. */
  find(from: Node, formula: Formula): Node | undefined {
    const first = this.with(from, formula);
    if (!first) return undefined;
    const queue = new Queue();
    const seen = new Set<string>();
    const push = (node: Node) => {
      const key = this.keyOf(node);
      if (seen.has(key)) return;
      this.meter.spend(nodeCost);
      queue.push(node);
      seen.add(key);
    };
    push(first);
    for (let node = queue.pop(); node; node = queue.pop()) {
      const alternatives = this.branches(node);
      if (!alternatives) return node;
      alternatives.forEach(push);
    }
    return undefined;
  }

  /** The ways to satisfy the violated `or` that has the fewest; undefined if none is violated. */
  private branches(node: Node): readonly Node[] | undefined {
    const point = this.pointOf(node);
    let fewest: readonly Node[] | undefined;
    for (const formula of node.pending) {
      if (formulaHolds(formula, point)) continue;
      const rest = { ...node, pending: node.pending.filter((other) => other !== formula) };
      const found = formula.parts.map((part) => this.with(rest, part)).filter((child) => child !== undefined);
      if (!fewest || found.length < fewest.length) fewest = found;
      if (found.length <= 1) break;
    }
    return fewest;
  }

  private with(node: Node, formula: Formula): Node | undefined {
    if (typeof formula === "boolean") return formula ? node : undefined;
    switch (formula.kind) {
      case "atom":
        return this.withAtoms(node, formula.dimension, [formula.atom]);
      case "accounts":
        return this.withAccounts(node, formula.same ? "same" : "different");
      case "or":
        return node.pending.includes(formula) ? node : { ...node, pending: [...node.pending, formula] };
      case "and":
        return this.withEach(node, formula.parts);
    }
  }

  /** All that is asked of a dimension is asked at once: values are sought for the whole, and not after each part. */
  private withEach(node: Node, parts: readonly Formula[]): Node | undefined {
    const asked = new Map<string, Atom[]>();
    const others: Formula[] = [];
    for (const part of parts) {
      if (typeof part === "boolean" || part.kind !== "atom") others.push(part);
      else if (asked.has(part.dimension)) asked.get(part.dimension)!.push(part.atom);
      else asked.set(part.dimension, [part.atom]);
    }
    let so: Node | undefined = node;
    for (const [name, atoms] of asked) so &&= this.withAtoms(so, name, atoms);
    for (const part of others) so &&= this.with(so, part);
    return so;
  }

  private withAtoms(node: Node, name: string, asked: readonly Atom[]): Node | undefined {
    const state = node.states.get(name)!;
    const byId = new Map(state.atoms.map((atom) => [atom.id, atom]));
    for (const atom of asked) byId.set(atom.id, atom);
    if (byId.size === state.atoms.length) return node;
    const atoms = [...byId.values()].sort((left, right) => (left.id < right.id ? -1 : 1));
    // The shortest values of which more is true than was asked are still the shortest.
    if (asked.every((atom) => atomHolds(atom, state.values))) return { ...node, states: new Map(node.states).set(name, { atoms, values: state.values }) };
    const values = this.solver.values(this.dimension(name), atoms, this.meter);
    if (values === false) return undefined;
    const states = new Map(node.states).set(name, { atoms, values });
    const coupled = node.accounts && (name === dimensions.principal || name === this.owner);
    return coupled ? this.paired({ ...node, states }, node.accounts) : { ...node, states, cost: costOfAll(states) };
  }

  private withAccounts(node: Node, accounts: "same" | "different"): Node | undefined {
    if (node.accounts !== undefined) return node.accounts === accounts ? node : undefined;
    return this.sameAccount(node.states) === (accounts === "same") ? { ...node, accounts } : this.paired(node, accounts);
  }

  /** The shortest principal and owner whose accounts are as they have to be to each other. */
  private paired(node: Node, accounts: "same" | "different"): Node | undefined {
    const [left, right] = [node.states.get(dimensions.principal)!, node.states.get(this.owner)!];
    const found = this.solver.pair(this.dimension(dimensions.principal), left.atoms, this.dimension(this.owner), right.atoms, accounts, this.meter);
    if (!found) return undefined;
    const states = new Map(node.states);
    states.set(dimensions.principal, { ...left, values: [found[0]] }).set(this.owner, { ...right, values: [found[1]] });
    return { ...node, accounts, states, cost: costOfAll(states) };
  }

  private dimension(name: string): Dimension {
    return this.space.declared.get(name)!;
  }

  private sameAccount(states: ReadonlyMap<string, State>): boolean {
    const [principal, owner] = [states.get(dimensions.principal)!.values![0]!, states.get(this.owner)!.values![0]!];
    return accountOf(principal) === (this.space.owner === "apart" ? owner : accountOf(owner));
  }

  pointOf(node: Node): Point {
    return { valuesOf: (name) => node.states.get(name)?.values, sameAccount: () => this.sameAccount(node.states) };
  }

  private keyOf(node: Node): string {
    const number = (formula: Formula) => {
      if (!this.numbers.has(formula)) this.numbers.set(formula, this.numbers.size);
      return this.numbers.get(formula);
    };
    const asked = [...node.states].map(([name, { atoms }]) => `${name}: ${atoms.map(({ id }) => id).join()}`);
    return `${asked.join("\n")}\n${node.accounts}\n${node.pending.map(number).join()}`;
  }
}

function costOfAll(states: ReadonlyMap<string, State>): number {
  let sum = 0;
  for (const { values } of states.values()) sum += costOf(values);
  return sum;
}
