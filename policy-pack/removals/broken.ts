/**
 * The first goal that a document less one thing breaks. Only those are asked that the thing bears on, piece by piece, until
 * one is not proved: that a removal breaks something is all that is wanted, not the shortest request there is.
 */
import { covers } from "../actions";
import type { Layers } from "../evaluator/types";
import { listOf } from "../list-of";
import type { Question } from "../obligation";
import { makeProver } from "../prover";
import type { Answer, Demand, Goal, Universe } from "../prover/types";
import { common } from "../universe/globs";
import type { Removal } from "./removals";

/** A question and the obligation that asks it. */
export interface Asked {
  readonly obligation: string;
  readonly question: Question;
}

export interface Broken {
  readonly obligation: string;
  /** A hole, or why it is not provable any more. */
  readonly answer: Answer;
  /** What was asked about, the document as the removal leaves it among them. */
  readonly layers: Layers;
}

/**
 * @param asked of the document as the removal leaves it
 * @returns undefined where every goal is still proved
 */
export function broken(removal: Removal, asked: readonly Asked[]): Broken | undefined {
  for (const { obligation, question: { layers, goals: all } } of asked) {
    const goals = all.flatMap((goal) => atStake(goal, removal));
    if (goals.length === 0) continue;
    const prove = makeProver(layers);
    for (const goal of goals) {
      const answer = prove(goal);
      if (answer.verdict !== "proved") return { obligation, answer, layers };
    }
  }
  return undefined;
}

/** The demands that a removal can break. */
function demandsOf({ statement: { Effect }, statementThen }: Removal): readonly Demand[] {
  const lessIsRefused = (Effect === "Deny") === (statementThen === "shrinks");
  return lessIsRefused ? ["denied", "refused"] : ["not-denied", "allowed"];
}

/** The goal cut down to what the removal bears on, an action and a kind of principal each. */
function atStake(goal: Goal, removal: Removal): readonly Goal[] {
  const { universe, demand } = goal;
  if (!demandsOf(removal).includes(demand)) return [];
  const resources = touched(universe.resources, removal);
  if (resources === undefined) return [];
  const actions = universe.actions.filter((action) => speaksOf(removal, action));
  return actions.flatMap((action) => universe.principals.map((principals) => ({ ...goal, universe: { ...universe, resources, actions: [action], principals: [principals] } })));
}

function speaksOf({ statement: { Action, NotAction }, element, pattern }: Removal, action: string): boolean {
  if ((element === "Action" || element === "NotAction") && pattern !== undefined) return covers(pattern, action);
  return NotAction === undefined ? listOf(Action).some((one) => covers(one, action)) : !listOf(NotAction).some((one) => covers(one, action));
}

/** Those of a universe's resources that the removed thing can speak of; undefined if there are none. */
function touched(resources: Universe["resources"], { statement, element, pattern }: Removal): Universe["resources"] | undefined {
  const { Resource, NotResource } = statement;
  const named = (element === "Resource" || element === "NotResource" ? listOf(pattern) : NotResource === undefined ? listOf(Resource) : []).map(anywhere);
  if (named.length === 0 || named.includes("*")) return resources;
  if (resources === "none") return undefined;
  const like = resources.like.filter((one) => named.some((other) => meet(one, other)));
  return like.length === 0 ? undefined : { ...resources, like };
}

const met = new Map<string, boolean>();

const isArn = (pattern: string): boolean => pattern.split(":").length >= 6;

function meet(one: string, other: string): boolean {
  const key = `${one} ${other}`;
  const known = met.get(key) ?? (isArn(other) ? common(other, one).length > 0 : !isArn(one) || common(one, other).length > 0);
  met.set(key, known);
  return known;
}

/** What CloudFormation or AWS puts in is any text. */
const anywhere = (pattern: string): string => pattern.replace(/\$\{[^}]*\}/g, "*");
