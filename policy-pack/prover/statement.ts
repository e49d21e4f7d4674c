/** Statements, compiled once: what each asks of every dimension. */
import type { Layers, LayerName, Policy, PrincipalElement, Statement } from "../evaluator/types";
import { compileConditions, type Condition } from "./condition";
import { parseValues } from "./condition/variables";
import { glob } from "./language/pattern";
import type { Matcher, Matchers } from "./language/matcher";

export interface CompiledStatement {
  readonly id: number;
  readonly policy: string;
  readonly sid: string;
  readonly effect: "Allow" | "Deny";
  /** Whether Action or NotAction covers the action, which is given in lower case: AWS compares without regard to it. */
  readonly covers: (action: string) => boolean;
  /** It lists the actions that it does not cover. */
  readonly spares: boolean;
  readonly principal?: PrincipalElement;
  readonly notPrincipal?: PrincipalElement;
  readonly resource?: {
    readonly negated: boolean;
    readonly values: readonly string[];
    readonly matcher: Matcher;
    readonly variable: string | undefined;
  };
  readonly conditions: readonly Condition[];
  /** Why the statement as a whole is taken both ways, as applying and as not applying. */
  readonly doubt?: string;
  /** Why no goal that it may bear on can be proven. */
  readonly invalid?: string;
}

/** By layer, its levels: one but for control policies. A layer that is not there has no policies at all. */
export type CompiledLayers = Readonly<Partial<Record<LayerName, readonly (readonly CompiledStatement[])[]>>>;

const listOf = <T>(value: T | readonly T[]): readonly T[] => (Array.isArray(value) ? (value as readonly T[]) : [value as T]);

/** Names without wildcards are looked up, since lists of actions are long. */
function coverage({ Action, NotAction }: Statement, matchers: Matchers): (action: string) => boolean {
  const listed = Action ?? NotAction;
  if (listed === undefined) return () => false;
  const lower = listOf(listed).map((pattern) => pattern.toLowerCase());
  const names = new Set(lower.filter((pattern) => !/[*?]/.test(pattern)));
  const globs = matchers.of(lower.filter((pattern) => !names.has(pattern)).map(glob));
  return (action) => (names.has(action) || globs.reads(action)) === (Action !== undefined);
}

function resourceOf({ Resource, NotResource }: Statement, version: string | undefined, matchers: Matchers): CompiledStatement["resource"] {
  const listed = Resource ?? NotResource;
  if (listed === undefined) return undefined;
  const values = listOf(listed);
  const { patterns, variable } = parseValues(values, { plain: false, variables: version === "2012-10-17" });
  return { negated: Resource === undefined, values, matcher: matchers.of(patterns), variable };
}

/** Resource and trust policies name principals; a resource control policy speaks of everybody, and the others name nobody. AWS takes none that do not. */
function misplaced(layer: LayerName, { Principal, NotPrincipal }: Statement): string | undefined {
  const named = Principal !== undefined || NotPrincipal !== undefined;
  if (layer === "resource" || layer === "trust") return named ? undefined : "a policy of this kind names principals";
  return !named || (layer === "rcp" && Principal === "*") ? undefined : "a policy of this kind names no principals";
}

/** What a statement says, wherever it stands. */
type Said = Omit<CompiledStatement, "id" | "policy" | "sid">;

/** Statements that were compiled, by their texts: the same ones stand in many documents, and documents are asked about again. */
const made = new WeakMap<Matchers, Map<string, Said>>();

function said(layer: LayerName, version: string | undefined, statement: Statement, matchers: Matchers): Said {
  const known = made.get(matchers) ?? new Map<string, Said>();
  made.set(matchers, known);
  const text = JSON.stringify([layer, version, { ...statement, Sid: "" }]);
  const found = known.get(text) ?? compile(layer, version, statement, matchers);
  known.set(text, found);
  return found;
}

function compile(layer: LayerName, version: string | undefined, statement: Statement, matchers: Matchers): Said {
  const { conditions, unknown } = compileConditions(statement.Condition, version, matchers);
  const resource = resourceOf(statement, version, matchers);
  const doubt = misplaced(layer, statement);
  return {
    effect: statement.Effect,
    covers: coverage(statement, matchers),
    spares: statement.NotAction !== undefined,
    ...(statement.Principal !== undefined && { principal: statement.Principal }),
    ...(statement.NotPrincipal !== undefined && { notPrincipal: statement.NotPrincipal }),
    ...(resource && { resource }),
    conditions,
    ...(doubt !== undefined && { doubt }),
    ...(unknown.length > 0 && { invalid: `condition operator ${JSON.stringify(unknown[0])} is not one of IAM's` }),
  };
}

/** Compiles all layers; statements are numbered in the order of the layers. */
export function compileLayers(layers: Layers, matchers: Matchers): CompiledLayers {
  let count = 0;
  const numbered = (layer: LayerName, { name, document }: Policy): readonly CompiledStatement[] =>
    listOf(document.Statement).map((statement, index) => {
      const sid = statement.Sid ?? `#${index + 1}`;
      const { doubt, invalid, ...rest } = said(layer, document.Version, statement, matchers);
      const where = (reason: string) => `${name}/${sid}: ${reason}`;
      return { ...rest, id: count++, policy: name, sid, ...(doubt !== undefined && { doubt: where(doubt) }), ...(invalid !== undefined && { invalid: where(invalid) }) };
    });
  const level = (layer: LayerName, policies: readonly Policy[]) => policies.flatMap((policy) => numbered(layer, policy));
  return {
    ...(layers.scp && { scp: layers.scp.map((policies) => level("scp", policies)) }),
    ...(layers.rcp && { rcp: layers.rcp.map((policies) => level("rcp", policies)) }),
    // Who has no identity policies is allowed nothing by them.
    identity: [level("identity", layers.identity ?? [])],
    ...(layers.boundary && { boundary: [level("boundary", layers.boundary)] }),
    ...(layers.session && { session: [level("session", layers.session)] }),
    ...(layers.resource && { resource: [level("resource", layers.resource)] }),
    ...(layers.trust && { trust: [level("trust", layers.trust)] }),
  };
}

/** What is left of the layers for one action. */
export function forAction(layers: CompiledLayers, action: string): CompiledLayers {
  const lower = action.toLowerCase();
  return Object.fromEntries(Object.entries(layers).map(([name, levels]) => [name, levels.map((level) => level.filter(({ covers }) => covers(lower)))]));
}

export function statementsOf(layers: CompiledLayers, of: LayerName | "decision"): readonly CompiledStatement[] {
  return Object.entries(layers).flatMap(([name, levels]) => (of === "decision" || of === name ? levels.flat() : []));
}
