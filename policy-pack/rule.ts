/** What a rule of the pack is: one requirement, judged on one subject at a time, with a verdict of three values. */
import type { PolicyConfigSchema } from "@pulumi/policy";
import type { Given } from "./configuration";
import type { Subject } from "./subjects/subject";

/**
 * - `not-applicable`: the requirement says nothing about this subject
 * - `compliant`: it was judged and holds
 * - violations: it was judged and does not; each is one sentence naming what was found and what is allowed
 */
export type Verdict = "not-applicable" | "compliant" | Violated;

export interface Violated {
  readonly violations: readonly string[];
  /** Said, and not stopped at: the rule was not sent what it needs to be sure. */
  readonly advisory?: true;
}

export interface Rule {
  /** The requirement, one sentence; the description that Pulumi shows and the documentation's table prints. */
  readonly requirement: string;
  /**
   * Whether the subject alone is enough. A rule that needs the others of its stack or template is run when all are
   * known (at the end of a preview), the rest on each resource before it is touched.
   */
  readonly needs: "subject" | "siblings";
  /** What a user's policy configuration may say beside the enforcement level, as JSON Schema's properties. */
  readonly configSchema?: PolicyConfigSchema;
  /** Pure; `siblings` are all subjects of the same stack or template, the judged one among them. */
  readonly judge: (subject: Subject, siblings: readonly Subject[], given: Given) => Verdict | Promise<Verdict>;
}

/** The verdict of a list of violations: none means compliant. */
export const verdict = (violations: readonly string[]): Verdict =>
  violations.length === 0 ? "compliant" : { violations: [...new Set(violations)] };

/** The verdict of one question: the sentence if it holds a violation. */
export const demand = (holds: boolean, otherwise: string): Verdict => verdict(holds ? [] : [otherwise]);
