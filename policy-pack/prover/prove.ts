/** Answers goals: each is cut into spaces (kind of principal, action, owner of the resource) and every one is searched. */
import type { Layers } from "../evaluator/types";
import { Meter, NotProvable, OutOfBudget } from "./budget";
import { breaks } from "./demand";
import { Matchers } from "./language/matcher";
import { ownersLastResort, type Surroundings } from "./layers";
import { Search, Solver } from "./search";
import { Space, type Mode, type Owner } from "./space";
import { compileLayers, forAction, statementsOf, type CompiledLayers, type CompiledStatement } from "./statement";
import { trailOf } from "./trail";
import type { Answer, Demand, Goal, Hole, MakeProver, PrincipalSet } from "./types";
import { witness, type Found } from "./witness";

/** Some seconds on a slow machine; the goals of this project need a hundredth of it. */
const defaultBudget = 100_000;

/** For the sake of memory: states that matchers may keep between goals, and values that may be remembered between provers. */
const keptStates = 60_000;
const keptValues = 100_000;

/** What was learnt of patterns and values, which are the same whatever policies they stand in. */
let learnt = { matchers: new Matchers(), solver: new Solver() };

/** What a space was found to hold. */
interface Outcome {
  readonly hole?: Found & { readonly cost: number };
  /** There is no request in it. */
  readonly empty?: true;
  readonly reason?: string;
}

/** What of the documents bears on an action. */
interface Bearing {
  readonly surroundings: Surroundings;
  readonly statements: readonly CompiledStatement[];
  /** The condition keys that the statements name. */
  readonly keys: readonly string[];
  /** What of the action's name decides beside its statements. */
  readonly treatment: string;
  /** The same for actions on which the same bears. */
  readonly key: string;
}

interface Case extends Bearing {
  /** In the order in which the goal names what it ranges over. */
  readonly index: number;
  readonly principals: PrincipalSet;
  readonly action: string;
  readonly owner: Owner;
}

class Prover {
  private readonly matchers: Matchers;
  private readonly solver: Solver;
  private readonly compiled: CompiledLayers;
  private readonly on: Partial<Record<Goal["layer"], { readonly statements: readonly CompiledStatement[]; readonly byAction: Map<string, Bearing>; readonly byKey: Map<string, Bearing> }>> = {};

  constructor(private readonly layers: Layers, private readonly budget: number) {
    if (learnt.solver.size > keptValues) learnt = { matchers: new Matchers(), solver: new Solver() };
    ({ matchers: this.matchers, solver: this.solver } = learnt);
    this.compiled = compileLayers(layers, this.matchers);
  }

  answer(goal: Goal): Answer {
    const meter = new Meter(this.budget);
    const reasons: string[] = [];
    let best: { outcome: Outcome & { hole: Found & { cost: number } }; of: Case } | undefined;
    let inhabited = false;
    try {
      for (const cases of this.casesOf(goal)) {
        const proved: Case[] = [];
        for (const of of hardestFirst(cases, goal.demand)) {
          if (proved.some((other) => implies(other, of, goal.demand))) continue;
          const outcome = this.outcome(goal, of, meter);
          const { hole, empty, reason } = outcome;
          inhabited ||= !empty;
          if (reason !== undefined) reasons.push(reason);
          if (hole && (!best || hole.cost < best.outcome.hole.cost || (hole.cost === best.outcome.hole.cost && of.index < best.of.index))) best = { outcome: { ...outcome, hole }, of };
          if (!empty && !hole && reason === undefined) proved.push(of);
        }
      }
    } catch (error) {
      if (!(error instanceof OutOfBudget)) throw error;
      reasons.push(`out of budget: more than ${this.budget} states visited`);
    }
    // Before the trail is read: it meets states of its own.
    const hole = best && this.hole(goal, best.of, best.outcome.hole);
    this.matchers.trim(keptStates);
    const common = { goal, states: meter.spent };
    if (hole) return { ...common, verdict: "hole", hole };
    if (reasons.length > 0) return { ...common, verdict: "not-provable", reason: [...new Set(reasons)].slice(0, 3).join("; ") };
    return { ...common, verdict: "proved", ...(!inhabited && { vacuous: true }) };
  }

  /** By kind of principal; one for all actions that the same statements cover. */
  private *casesOf({ universe, layer }: Goal): Iterable<readonly Case[]> {
    const byKey = new Map<string, { readonly action: string; readonly bearing: Bearing }>();
    for (const action of universe.actions) {
      const bearing = this.bearingOn(action, layer);
      if (!byKey.has(bearing.key)) byKey.set(bearing.key, { action, bearing });
    }
    let index = 0;
    for (const principals of universe.principals) {
      yield [...byKey.values()].flatMap(({ action, bearing }) =>
        this.ownersOf(universe, layer, principals, action, bearing.keys).map((owner) => ({ index: index++, principals, action, owner, ...bearing })));
    }
  }

  /** What bears on an action of the goals of a layer; actions on which the same bears share it. */
  private bearingOn(action: string, layer: Goal["layer"]): Bearing {
    const { statements: all, byAction, byKey } = this.on[layer] ??= { statements: statementsOf(this.compiled, layer), byAction: new Map(), byKey: new Map() };
    const found = byAction.get(action);
    if (found) return found;
    const lower = action.toLowerCase();
    const statements = all.filter(({ covers }) => covers(lower));
    const treated = treatment(action);
    const key = `${statements.map(({ id }) => id).join()} ${treated}`;
    const made = byKey.get(key) ?? {
      statements,
      keys: keysOf(statements),
      surroundings: { layers: forAction(this.compiled, action), managementAccount: this.layers.managementAccount },
      treatment: treated,
      key,
    };
    byKey.set(key, made);
    byAction.set(action, made);
    return made;
  }

  private ownersOf({ resources, domain }: Goal["universe"], layer: Goal["layer"], { kind }: PrincipalSet, action: string, keys: Bearing["keys"]): readonly Owner[] {
    if (resources === "none") return ["principal"];
    const asked = layer === "decision" || layer === "rcp" || (layer === "resource" && ownersLastResort(kind, action)) || keys.some((key) => domain(key, kind).kind === "resource-account");
    return asked ? ["in ARN", "apart"] : ["unasked"];
  }

  private space(goal: Goal, { principals, action, owner, keys }: Case, mode: Mode): Space {
    return new Space({ matchers: this.matchers, universe: goal.universe, principals, action, owner, keys, mode });
  }

  private outcome(goal: Goal, of: Case, meter: Meter): Outcome {
    const invalid = of.statements.find((statement) => statement.invalid !== undefined);
    if (invalid?.invalid !== undefined) return { reason: invalid.invalid };
    const find = (mode: Mode) => {
      const space = this.space(goal, of, mode);
      const { yes } = breaks(goal.demand, goal.layer, of.surroundings, space);
      const search = new Search(space, this.solver, meter);
      const root = search.root();
      return { space, root, node: root && search.find(root, yes) };
    };
    try {
      const may = find("may");
      if (!may.root) return { empty: true };
      if (!may.node) return {};
      const found = (node: typeof may.node) => ({ cost: node.cost, owner: of.owner, values: new Map([...node.states].map(([name, { values }]) => [name, values] as const)) });
      if (may.space.doubts.size === 0) return { hole: found(may.node) };
      const must = find("must");
      if (must.node) return { hole: found(must.node) };
      return { reason: [...may.space.doubts].slice(0, 3).join("; ") };
    } catch (error) {
      if (error instanceof NotProvable) return { reason: error.message };
      throw error;
    }
  }

  private hole(goal: Goal, of: Case, found: Found): Hole {
    const { principals, action, statements } = of;
    const surroundings = { ...of.surroundings, layers: this.compiled };
    const all = statementsOf(this.compiled, goal.layer);
    const space = this.space(goal, { ...of, keys: keysOf(all) }, "may");
    const values = new Map(found.values);
    for (const [name, dimension] of space.declared) {
      const shortest = values.has(name) || this.solver.values(dimension, [], new Meter(this.budget));
      if (typeof shortest === "object") values.set(name, shortest);
    }
    const { request, absent } = witness({ ...found, values }, goal.universe, { kind: principals.kind, action }, statements, all);
    const point = { valuesOf: (name: string) => values.get(name), sameAccount: () => request.principal.account === request.resourceAccount };
    return { request, absent, trail: trailOf(goal.layer, surroundings, space, point) };
  }
}

const keysOf = (statements: readonly CompiledStatement[]) => [...new Set(statements.flatMap(({ conditions }) => conditions.map(({ key }) => key)))];

/** What of an action's name decides beside its statements. */
function treatment(action: string): string {
  const lower = action.toLowerCase();
  if (lower === "sts:getcalleridentity" || lower === "kms:retiregrant") return lower;
  if (ownersLastResort("root", action)) return "bucket policy";
  return lower.startsWith("kms:") ? "kms" : "";
}

/** Whether a statement of this effect, added to the others, can only help to meet the demand; undefined if it is not looked at. */
function helps(effect: CompiledStatement["effect"], demand: Demand): boolean | undefined {
  if (effect === "Allow" && (demand === "denied" || demand === "not-denied")) return undefined;
  return (effect === "Deny") === (demand === "denied" || demand === "refused");
}

/** First the cases that imply most of the others: where little helps, and much hinders. */
function hardestFirst(cases: readonly Case[], demand: Demand): readonly Case[] {
  const count = ({ statements }: Case, helping: boolean) => statements.filter(({ effect }) => helps(effect, demand) === helping).length;
  const weight = (of: Case) => count(of, true) - count(of, false);
  return [...cases].sort((left, right) => weight(left) - weight(right));
}

/**
 * Whether what is proved of one case holds of the other, which is of the same principals: nothing is missing that helped,
 * and nothing new hinders. An Allow more only lets more through, a Deny more only less.
 */
function implies(proved: Case, other: Case, demand: Demand): boolean {
  if (proved.treatment !== other.treatment || (proved.owner !== other.owner && proved.owner !== "unasked")) return false;
  if (other.statements.some(({ invalid }) => invalid !== undefined)) return false;
  const within = (less: readonly CompiledStatement[], more: readonly CompiledStatement[], helping: boolean) =>
    less.every((statement) => helps(statement.effect, demand) !== helping || more.includes(statement));
  return within(proved.statements, other.statements, true) && within(other.statements, proved.statements, false);
}

export const makeProver: MakeProver = (layers, { budget = defaultBudget } = {}) => {
  const prover = new Prover(layers, budget);
  return (goal) => prover.answer(goal);
};
