/**
 * The smallest change of a layer's documents that turns one request the other way: searched for by trying, not guessed.
 *
 * Every element of every statement gives a few edits; one that changes the evaluator's verdict is kept, and so are pairs
 * of edits of one statement. Fewest elements first, then the statement that is most like the request. The evaluator says
 * whether an edit helps, so a change that is shown does close the hole.
 */
import { covers, matches } from "./actions";
import { evaluate } from "./evaluator";
import type { ConditionBlock, LayerName, Layers, Policy, Request, Statement } from "./evaluator/types";
import { listOf } from "./list-of";
import type { Goal, Hole } from "./prover/types";

export interface Change {
  /** The name of the document to change; undefined where no small change closes the hole. */
  readonly policy: string | undefined;
  /** One sentence, "" where none was found. */
  readonly change: string;
}

interface Edit {
  readonly statement: Statement;
  readonly what: string;
}

/** @param hole of a goal that was asked of these layers */
export function smallestChange(goal: Goal, { request }: Hole, layers: Layers): Change {
  const layer = goal.layer === "decision" ? "identity" : goal.layer;
  const closes = (changed: Layers) => holds(goal, request, changed);
  const wanted = goal.demand === "denied" || goal.demand === "refused" ? "Deny" : "Allow";
  const edits = wanted === "Deny" ? reaching : sparing;
  const all = policiesOf(layers, layer).flatMap((policy) => statementsOf(policy).map((statement, index) => ({ policy, index, statement })));
  const places = all.filter(({ statement }) => statement.Effect === (wanted === "Deny" || goal.demand === "not-denied" ? "Deny" : statement.Effect));
  const closing = (alternatives: (statement: Statement) => readonly Edit[], among = places) =>
    among
      .flatMap((place) => alternatives(place.statement).map((edit) => ({ ...place, edit })))
      .filter(({ policy, index, edit }) => closes(replaced(layers, layer, policy, index, edit.statement)))
      .sort((a, b) => closeness(b, request) - closeness(a, request))[0];
  // What need not be denied is not allowed in the first place; control policies refuse by Denies, and allow everything.
  const shut = goal.demand === "refused" && !levelled(layer) ? closing((statement) => sparing(statement, request), all.filter(({ statement }) => statement.Effect === "Allow")) : undefined;
  const best = shut ?? closing((statement) => edits(statement, request)) ?? closing((statement) => pairs(edits(statement, request), edits, request));
  if (best === undefined) return { policy: undefined, change: wanted === "Deny" ? `a statement that denies ${request.action} on ${request.resource}.` : "" };
  return { policy: best.policy.name, change: `in ${best.policy.name}, statement ${best.statement.Sid ?? `#${best.index + 1}`}, ${best.edit.what}.` };
}

/** Whether the request keeps the goal's demand under these layers, as the evaluator sees it. */
function holds({ layer, demand }: Goal, request: Request, layers: Layers): boolean {
  const decision = evaluate(request, layers);
  if (layer === "decision") return (decision.decision === "denied") === (demand === "denied" || demand === "refused");
  const { verdict } = decision.layers[layer];
  if (demand === "denied") return verdict === "explicit-deny";
  if (demand === "not-denied") return verdict !== "explicit-deny";
  return demand === "refused" ? verdict === "explicit-deny" || verdict === "implicit-deny" : verdict === "allowed";
}

const levelled = (layer: LayerName): layer is "scp" | "rcp" => layer === "scp" || layer === "rcp";

function policiesOf(layers: Layers, layer: LayerName): readonly Policy[] {
  return levelled(layer) ? (layers[layer] ?? []).flat() : (layers[layer] ?? []);
}

const statementsOf = ({ document }: Policy): readonly Statement[] => listOf(document.Statement);

/** The layers with one statement in the place of another. */
function replaced(layers: Layers, layer: LayerName, policy: Policy, index: number, statement: Statement): Layers {
  const change = (one: Policy): Policy =>
    one === policy ? { ...one, document: { ...one.document, Statement: statementsOf(one).map((old, at) => (at === index ? statement : old)) } } : one;
  return { ...layers, [layer]: levelled(layer) ? (layers[layer] ?? []).map((level) => level.map(change)) : (layers[layer] ?? []).map(change) };
}

type Edits = (statement: Statement, request: Request) => readonly Edit[];

/** Each pair of edits. */
const pairs = (first: readonly Edit[], edits: Edits, request: Request): readonly Edit[] =>
  first.flatMap((one) =>
    edits(one.statement, request)
      .filter(({ what }) => what !== one.what)
      .map((two) => ({ statement: two.statement, what: `${one.what} and ${two.what}` })));

/** Edits by which a statement comes to speak of the request. */
function reaching(statement: Statement, request: Request): readonly Edit[] {
  const { Action, NotAction, Resource, NotResource, Condition } = statement;
  const excluding = listOf(NotAction).filter((pattern) => covers(pattern, request.action));
  return [
    ...(Action === undefined ? [] : [{ statement: { ...statement, Action: [...listOf(Action), request.action] }, what: `add ${request.action} to Action` }]),
    ...(excluding.length === 0
      ? []
      : [{ statement: { ...statement, NotAction: listOf(NotAction).filter((pattern) => !excluding.includes(pattern)) }, what: `take ${excluding.join(", ")} out of NotAction` }]),
    ...(Resource === undefined ? [] : [{ statement: { ...statement, Resource: [...listOf(Resource), request.resource] }, what: `add ${request.resource} to Resource` }]),
    ...(NotResource === undefined ? [] : [{ statement: { ...statement, NotResource: listOf(NotResource).filter((pattern) => !matches(pattern, request.resource)) }, what: "take it out of NotResource" }]),
    ...conditionEdits(statement, Condition, (operator, key, values) => {
      const narrower = values.filter((value) => !speaks(value, request, key));
      const tighter = narrower.length < values.length && narrower.length > 0 && /not/i.test(operator);
      return tighter
        ? { values: narrower, what: `take ${values.filter((value) => !narrower.includes(value)).join(", ")} out of ${operator} ${key}` }
        : { values: undefined, what: `take out the condition ${operator} ${key}` };
    }),
  ];
}

/** Edits by which a statement ceases to speak of the request. */
function sparing(statement: Statement, request: Request): readonly Edit[] {
  const { Action, NotAction, Resource, Condition } = statement;
  const named = listOf(Action).filter((pattern) => covers(pattern, request.action));
  const on = listOf(Resource).filter((pattern) => matches(pattern, request.resource));
  const who = request.principal.arn.replace(/^(arn:aws:(?:iam|sts)::)\d{12}:/, "$1????????????:");
  return [
    ...conditionEdits(statement, Condition, (operator, key, values) =>
      key.toLowerCase() === "aws:principalarn" && /not/i.test(operator)
        ? { values: [...values, who], what: `add ${who} to ${operator} ${key}` }
        : undefined),
    ...(NotAction === undefined ? [] : [{ statement: { ...statement, NotAction: [...listOf(NotAction), request.action] }, what: `add ${request.action} to NotAction` }]),
    ...(named.length === 0 ? [] : [{ statement: { ...statement, Action: listOf(Action).filter((pattern) => !named.includes(pattern)) }, what: `take ${named.join(", ")} out of Action` }]),
    ...(Resource === undefined || on.length === 0 ? [] : [{ statement: { ...statement, Resource: listOf(Resource).filter((pattern) => !on.includes(pattern)) }, what: `take ${on.join(", ")} out of Resource` }]),
    ...(Condition?.["ArnNotLike"]?.["aws:PrincipalArn"] === undefined
      ? [{ statement: { ...statement, Condition: { ...Condition, ArnNotLike: { ...Condition?.["ArnNotLike"], "aws:PrincipalArn": [who] } } }, what: `add the condition ArnNotLike aws:PrincipalArn ${who}` }]
      : []),
  ];
}

type Tested = { readonly values: readonly string[] | undefined; readonly what: string } | undefined;

/** One edit a test of the condition; `values: undefined` takes it away. */
function conditionEdits(statement: Statement, block: ConditionBlock | undefined, edit: (operator: string, key: string, values: readonly string[]) => Tested): readonly Edit[] {
  return Object.entries(block ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).flatMap(([key, wanted]) => {
      const tested = edit(operator, key, listOf<unknown>(wanted).map(String));
      if (tested === undefined) return [];
      const others = Object.fromEntries(Object.entries(keys).filter(([name]) => name !== key));
      const Condition = { ...block, [operator]: tested.values === undefined ? others : { ...others, [key]: tested.values } };
      return [{ statement: { ...statement, Condition }, what: tested.what }];
    }),
  );
}

/** Whether a value of a test on a key is what the request says. */
function speaks(pattern: string, request: Request, key: string): boolean {
  const found = Object.entries(request.context).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1];
  return listOf(found).some((value) => matches(pattern, value));
}

/** How near an edit is: what takes something away is nearer than what adds, then whose texts begin as the request's do. */
function closeness({ statement: { Action, Resource }, edit }: { readonly statement: Statement; readonly edit: Edit }, request: Request): number {
  const common = (pattern: string, text: string) => {
    let at = 0;
    while (at < pattern.length && (pattern[at] === text[at] || pattern[at] === "?")) at++;
    return at;
  };
  const best = (patterns: readonly string[], text: string) => Math.max(0, ...patterns.map((pattern) => common(pattern, text)));
  return (edit.what.includes("out of NotAction") ? 1_000 : 0) + best(listOf(Action), request.action) + best(listOf(Resource), request.resource);
}
