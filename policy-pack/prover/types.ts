/**
 * What the prover is asked and what it answers.
 *
 * A request is a point in a product space: principal x action x resource x one dimension a condition key. A goal is a
 * box of that space (its universe) and what one layer of policies is meant to say to every request in it. The prover
 * and the evaluator share `../evaluator/types` and nothing else.
 */
import type { LayerName, Layers, Principal, Request } from "../evaluator/types";

/**
 * A set of strings: what matches a glob of `like` (`*` any run, `?` any one character) and no glob of `unlike`.
 *
 * `arn` reads globs as ArnLike does, the six components apart, so that a `*` crosses no colon of the first five;
 * `text` as StringLike does. The text of a member is never longer than AWS allows, but that is not modelled.
 */
export interface Language {
  readonly reading: "text" | "arn";
  readonly like: readonly string[];
  readonly unlike?: readonly string[];
}

/** Who asks: one kind of principal, and the ARNs (aws:PrincipalArn; a service's name for a service) it may have. */
export interface PrincipalSet {
  readonly kind: Principal["kind"];
  readonly arns: Language;
}

/**
 * What a condition key can be in the requests of a universe.
 *
 * `free` keys vary independently of everything else; the other kinds are computed from the principal or the resource.
 * A set of values (`many`) is any finite set of members of `values`; an empty one counts as absent, as AWS says.
 */
export type KeyDomain =
  | { readonly kind: "absent" }
  | {
      readonly kind: "free";
      readonly presence: "always" | "either";
      readonly many: boolean;
      readonly values: Language;
      /** What AWS's data says the key holds; left out: any text, so that a comparison of numbers also meets what is none. */
      readonly type?: KeyType;
    }
  /** aws:PrincipalArn; aws:PrincipalAccount (the account in the ARN); aws:ResourceAccount likewise, where the ARN has one. */
  | { readonly kind: "principal-arn" | "principal-account" | "resource-account" };

/** A key's type in AWS's service authorization data; `Account` is twelve digits, which globs cannot say. */
export type KeyType = "String" | "Bool" | "ARN" | "Numeric" | "Date" | "IPAddress" | "Binary" | "Account";

/** Every request that a goal speaks of. */
export interface Universe {
  readonly principals: readonly PrincipalSet[];
  /** Exact names of IAM actions, as AWS writes them. */
  readonly actions: readonly string[];
  /** ARNs of the resources; `{reading: "text", like: ["*"]}` with the one member "*" is written as `"none"`. */
  readonly resources: Language | "none";
  /**
   * The domain of a condition key, asked only for keys that the policies name.
   *
   * @param key in lower case, `aws:resourcetag/fall-log` with its tag's key
   * @param kind of the principal
   */
  readonly domain: (key: string, kind: Principal["kind"]) => KeyDomain;
}

/**
 * What is to hold of every request in the universe, as the layer alone judges it.
 *
 * - `refused`: the layer lets none through (a Deny matches, or an Allow is missing on some level)
 * - `denied`: a Deny statement matches each
 * - `not-denied`: no Deny statement matches any
 * - `allowed`: each is let through (an Allow on every level, no Deny)
 */
export type Demand = "refused" | "denied" | "not-denied" | "allowed";

export interface Goal {
  /** Unique among the goals asked together; names the goal in findings and in the documentation. */
  readonly id: string;
  /** One layer judged alone, or `decision`: all that are given, as AWS combines them (cross-account: both sides). */
  readonly layer: LayerName | "decision";
  readonly demand: Demand;
  readonly universe: Universe;
}

/** A statement that the request walked past (or was caught by), and why. */
export interface Step {
  readonly policy: string;
  readonly sid: string;
  readonly effect: "Allow" | "Deny";
  readonly matched: boolean;
  /** One clause: `aws:CalledVia is absent, so ForAllValues holds`; the first element that decided. */
  readonly because: string;
}

/** A concrete request that breaks the goal: shortest strings first. */
export interface Hole {
  readonly request: Request;
  /** Condition keys that matter and are absent from the request; those in `request.context` are present. */
  readonly absent: readonly string[];
  readonly trail: readonly Step[];
}

export type Answer = { readonly goal: Goal; /** Visited states. */ readonly states: number } & (
  /** `vacuous`: there is no request at all in the universe, which is hardly what was meant. */
  | { readonly verdict: "proved"; readonly vacuous?: true }
  | { readonly verdict: "hole"; readonly hole: Hole }
  /** Outside the fragment, or out of budget: fails closed. */
  | { readonly verdict: "not-provable"; readonly reason: string }
);

export interface ProverOptions {
  /** States that one goal may visit before it is not provable. */
  readonly budget?: number;
}

/** Compiles the layers once; the function it returns answers one goal. Pure: same goal, same answer. */
export type MakeProver = (layers: Layers, options?: ProverOptions) => (goal: Goal) => Answer;
