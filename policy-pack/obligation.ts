/**
 * An obligation: a rule of the pack that is proven. From the stack's configuration and the facts it makes goals, has them
 * proven over the documents of the stack (or of a template), and turns every hole into a violation of the document that
 * is nearest to closing it.
 *
 * A stack of ours whose configuration can't be read fails every obligation that would judge one of its documents. A
 * foreign stack - another project, no `fall:` key - is not judged: nobody has said what its documents are meant to do,
 * and `npm run prove` is there to ask.
 */
import type { Configuration } from "../infra/config/configuration";
import type { Layers, Policy } from "./evaluator/types";
import { proverOf } from "./kept-provers";
import { sentence } from "./prover";
import type { Answer, Goal } from "./prover/types";
import { verdict, type Rule, type Verdict } from "./rule";
import type { PolicySubject, Subject } from "./subjects/subject";
import { smallestChange } from "./smallest-change";

/** Documents that are judged together, and what is to be proven of them. */
export interface Question {
  readonly layers: Layers;
  readonly goals: readonly Goal[];
  /** The subjects that the documents come from, named in `layers` by `nameOf`; violations are theirs. */
  readonly subjects: readonly PolicySubject[];
}

export interface ObligationFacts {
  /** One sentence: what is proven. */
  readonly requirement: string;
  /** For the documentation: which principals, actions, resources and conditions the goals range over. One paragraph. */
  readonly universe: string;
  /** For the documentation: what this does not say. One paragraph; "" if there is nothing to say. */
  readonly notCovered: string;
  /** The kinds of subject that it is about: without one of them in the stack (or template) it is not applicable. */
  readonly about: (subject: Subject) => boolean;
  /** @param subjects of one stack or one template */
  readonly questions: (config: Configuration, subjects: readonly Subject[]) => readonly Question[] | Promise<readonly Question[]>;
  /** What goals can't say, as sentences: a document that is missing, a target that is left out. Reported beside the holes. */
  readonly also?: (config: Configuration, subjects: readonly Subject[]) => readonly string[] | Promise<readonly string[]>;
}

export interface Obligation extends Rule, Pick<ObligationFacts, "universe" | "notCovered" | "questions"> {}

export const isObligation = <R extends Rule>(rule: R): rule is R & Obligation => "universe" in rule;

/** Unique among the documents of a stack: the resource's name, with the template's where it is in one. */
export const nameOf = ({ resource }: Subject): string =>
  resource.template === undefined ? resource.name : `${resource.name} in ${resource.template}`;

/** The subject's document for a layer. @throws Error if it is not known; `documents-known` refuses it apart */
export function policyOf(subject: PolicySubject): Policy {
  if (!subject.document.known) throw new Error(`the document of ${nameOf(subject)} is not known`);
  return { name: nameOf(subject), document: subject.document.json as unknown as Policy["document"] };
}

export function obligation(facts: ObligationFacts): Obligation {
  const { requirement, universe, notCovered, about, questions } = facts;
  // Every subject asks, and the answer is the same for all of them.
  const found = new WeakMap<readonly Subject[], Promise<ReadonlyMap<Subject, readonly string[]>>>();
  const judgeAll = (siblings: readonly Subject[], config: Configuration) => {
    const known = found.get(siblings) ?? violations(facts, siblings, config);
    found.set(siblings, known);
    return known;
  };
  return {
    requirement,
    universe,
    notCovered,
    questions,
    needs: "siblings",
    judge: async (subject, siblings, { configuration }) => {
      if (!about(subject)) return "not-applicable";
      if (configuration === undefined) return isForeign(subject) ? "not-applicable" : unreadable("the stack has no fall: configuration");
      if (typeof configuration === "string") return unreadable(configuration);
      return verdict((await judgeAll(siblings, configuration)).get(subject) ?? []);
    },
  };
}

const unreadable = (reason: string): Verdict => verdict([`Nothing can be proven of it: ${reason}`]);

/** Resources of other projects: `urn:pulumi:<stack>::<project>::...`. */
const isForeign = ({ resource }: Subject): boolean => resource.urn.split("::")[1] !== "fall";

/** Every violation, by the subject that it is said of. */
async function violations(facts: ObligationFacts, subjects: readonly Subject[], config: Configuration): Promise<ReadonlyMap<Subject, readonly string[]>> {
  const all = new Map<Subject, string[]>();
  const say = (subject: Subject | undefined, line: string) => {
    if (subject) all.set(subject, [...(all.get(subject) ?? []), line]);
  };
  const first = subjects.find(facts.about);
  for (const line of (await facts.also?.(config, subjects)) ?? []) say(first, line);
  for (const { layers, goals, subjects: documents } of await facts.questions(config, subjects)) {
    const prove = proverOf(layers);
    for (const goal of goals) {
      const answer = prove(goal);
      if (answer.verdict === "proved") continue;
      const { policy, change } = answer.verdict === "hole" ? smallestChange(goal, answer.hole, layers) : { policy: undefined, change: "" };
      const where = documents.find((subject) => nameOf(subject) === policy) ?? documents[0] ?? first;
      say(where, violation(answer, change));
    }
  }
  return all;
}

/** `<goal>: <hole or reason>. Smallest change: <change>.` */
const violation = (answer: Answer, change: string): string =>
  `${answer.goal.id}: ${sentence(answer)}${change === "" ? "" : ` Smallest change: ${change}`}`;
