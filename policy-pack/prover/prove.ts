/** Answers goals: each is cut into spaces (kind of principal, action, owner of the resource) and every one is searched. */
import type { Layers } from "../evaluator/types";
import { Memo, Meter, NotProvable, OutOfBudget } from "./budget";
import { breaks } from "./demand";
import { Matchers } from "./language/matcher";
import { ownersLastResort, type Surroundings } from "./layers";
import { Search, Solver } from "./search";
import { Space, type Mode, type Owner } from "./space";
import { compileLayers, forAction, statementsOf, type CompiledLayers, type CompiledStatement } from "./statement";
import { trailOf } from "./trail";
import type { Answer, Goal, Hole, MakeProver, PrincipalSet } from "./types";
import { witness, type Found } from "./witness";

/** Some seconds on a slow machine; the goals of this project need a hundredth of it. */
const defaultBudget = 100_000;

/** States that matchers may keep between goals, for the sake of memory. */
const keptStates = 20_000;

/** What a space was found to hold. */
interface Outcome {
  readonly hole?: Found & { readonly cost: number };
  /** There are requests in it. */
  readonly inhabited: boolean;
  readonly reason?: string;
}

/** What of the documents bears on an action. */
interface Bearing {
  readonly surroundings: Surroundings;
  readonly statements: readonly CompiledStatement[];
  /** The condition keys that the statements name. */
  readonly keys: readonly string[];
  /** The same for actions on which the same bears. */
  readonly key: string;
}

interface Case extends Bearing {
  readonly principals: PrincipalSet;
  readonly action: string;
  readonly owner: Owner;
}

class Prover {
  private readonly matchers = new Matchers();
  private readonly solver = new Solver();
  private readonly outcomes = new Memo<Outcome>();
  private readonly compiled: CompiledLayers;
  private readonly byAction = new Map<string, CompiledLayers>();
  private readonly bearing = new Map<string, Bearing>();

  constructor(private readonly layers: Layers, private readonly budget: number) {
    this.compiled = compileLayers(layers, this.matchers);
  }

  answer(goal: Goal): Answer {
    const meter = new Meter(this.budget);
    const reasons: string[] = [];
    let best: { outcome: Outcome & { hole: Found & { cost: number } }; of: Case } | undefined;
    let inhabited = false;
    try {
      for (const of of this.casesOf(goal)) {
        const outcome = this.outcome(goal, of, meter);
        inhabited ||= outcome.inhabited;
        if (outcome.reason !== undefined) reasons.push(outcome.reason);
        if (outcome.hole && (!best || outcome.hole.cost < best.outcome.hole.cost)) best = { outcome: { ...outcome, hole: outcome.hole }, of };
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

  /** One for all actions that the same statements cover. */
  private *casesOf({ universe, layer }: Goal): Iterable<Case> {
    for (const principals of universe.principals) {
      const seen = new Set<string>();
      for (const action of universe.actions) {
        const bearing = this.bearingOn(action, layer);
        if (seen.has(bearing.key)) continue;
        seen.add(bearing.key);
        for (const owner of this.ownersOf(universe, layer, principals, action, bearing.keys)) yield { principals, action, owner, ...bearing };
      }
    }
  }

  private bearingOn(action: string, layer: Goal["layer"]): Bearing {
    const name = `${layer} ${action}`;
    const found = this.bearing.get(name);
    if (found) return found;
    const layers = this.layersFor(action);
    const statements = statementsOf(layers, layer);
    const made: Bearing = {
      statements,
      keys: [...new Set(statements.flatMap(({ conditions }) => conditions.map(({ key }) => key)))],
      surroundings: { layers, managementAccount: this.layers.managementAccount },
      key: `${statements.map(({ id }) => id).join()} ${treatment(action)}`,
    };
    this.bearing.set(name, made);
    return made;
  }

  private layersFor(action: string): CompiledLayers {
    const found = this.byAction.get(action);
    if (found) return found;
    const made = forAction(this.compiled, action);
    this.byAction.set(action, made);
    return made;
  }

  private ownersOf({ resources, domain }: Goal["universe"], layer: Goal["layer"], { kind }: PrincipalSet, action: string, keys: Bearing["keys"]): readonly Owner[] {
    if (resources === "none") return ["principal"];
    const asked = layer === "decision" || layer === "rcp" || (layer === "resource" && ownersLastResort(kind, action)) || keys.some((key) => domain(key, kind).kind === "resource-account");
    return asked ? ["in ARN", "apart"] : ["unasked"];
  }

  private outcome(goal: Goal, of: Case, meter: Meter): Outcome {
    const { principals, owner, statements, keys } = of;
    const invalid = statements.find((statement) => statement.invalid !== undefined);
    if (invalid?.invalid !== undefined) return { inhabited: true, reason: invalid.invalid };
    const domains = keys.map((key) => [key, goal.universe.domain(key, principals.kind)]);
    const key = JSON.stringify([goal.layer, goal.demand, principals, goal.universe.resources, owner, of.key, domains]);
    return this.outcomes.get(key, meter, (own) => this.searched(goal, of, own));
  }

  private space(goal: Goal, { principals, action, owner, keys }: Case, mode: Mode): Space {
    return new Space({ matchers: this.matchers, universe: goal.universe, principals, action, owner, keys, mode });
  }

  private searched(goal: Goal, of: Case, meter: Meter): Outcome {
    const find = (mode: Mode) => {
      const space = this.space(goal, of, mode);
      const { yes } = breaks(goal.demand, goal.layer, of.surroundings, space);
      const search = new Search(space, this.solver, meter);
      const root = search.root();
      const node = root && search.find(root, yes);
      return { space, yes, inhabited: root !== undefined, node, point: node && search.pointOf(node) };
    };
    try {
      const may = find("may");
      const { inhabited } = may;
      if (!may.node || !may.point) return { inhabited };
      const found = (node: typeof may.node) => ({ cost: node.cost, owner: of.owner, values: new Map([...node.states].map(([name, { values }]) => [name, values] as const)) });
      if (may.space.doubts.size === 0) return { inhabited, hole: found(may.node) };
      const must = find("must");
      if (must.node) return { inhabited, hole: found(must.node) };
      return { inhabited, reason: [...may.space.doubts].slice(0, 3).join("; ") };
    } catch (error) {
      if (error instanceof NotProvable) return { inhabited: true, reason: error.message };
      throw error;
    }
  }

  private hole(goal: Goal, of: Case, found: Found): Hole {
    const { principals, action, statements } = of;
    const surroundings = { ...of.surroundings, layers: this.compiled };
    const others = statementsOf(this.compiled, goal.layer).filter(({ covers }) => !covers(action.toLowerCase()));
    const space = this.space(goal, of, "may");
    const values = new Map(found.values);
    for (const { conditions } of others) for (const condition of conditions) space.condition(condition, "");
    for (const [name, dimension] of space.declared) {
      const shortest = values.has(name) || this.solver.values(dimension, [], new Meter(this.budget));
      if (typeof shortest === "object") values.set(name, shortest);
    }
    const { request, absent } = witness({ ...found, values }, goal.universe, { kind: principals.kind, action }, statements, others);
    const point = { valuesOf: (name: string) => values.get(name), sameAccount: () => request.principal.account === request.resourceAccount };
    return { request, absent, trail: trailOf(goal.layer, surroundings, space, point) };
  }
}

/** What of an action's name decides beside its statements. */
function treatment(action: string): string {
  const lower = action.toLowerCase();
  if (lower === "sts:getcalleridentity" || lower === "kms:retiregrant") return lower;
  if (ownersLastResort("root", action)) return "bucket policy";
  return lower.startsWith("kms:") ? "kms" : "";
}

export const makeProver: MakeProver = (layers, { budget = defaultBudget } = {}) => {
  const prover = new Prover(layers, budget);
  return (goal) => prover.answer(goal);
};
