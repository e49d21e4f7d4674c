/** The vocabulary of policies and requests, in AWS's words. The evaluator and the prover share this file only. */

/** Operator -> condition key -> values, as a policy writes it. */
export type ConditionBlock = Readonly<Record<string, Readonly<Record<string, string | boolean | number | readonly (string | boolean | number)[]>>>>;

/** "*" or kind (`AWS`, `Service`, `Federated`, `CanonicalUser`) -> identifiers. */
export type PrincipalElement = "*" | Readonly<Record<string, string | readonly string[]>>;

export interface Statement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: PrincipalElement;
  readonly NotPrincipal?: PrincipalElement;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: ConditionBlock;
}

export interface PolicyDocument {
  readonly Version?: string;
  readonly Id?: string;
  readonly Statement: Statement | readonly Statement[];
}

/** A document and what people call it: an SCP's name, an inline policy's name, a bucket's ARN. */
export interface Policy {
  readonly name: string;
  readonly document: PolicyDocument;
}

/**
 * Who asks. `arn` is what aws:PrincipalArn says: for a session of a role, the role's ARN.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn
 */
export type Principal =
  | { readonly kind: "role"; readonly account: string; readonly arn: string; readonly sessionArn: string }
  | { readonly kind: "user" | "root" | "federated-user"; readonly account: string; readonly arn: string }
  /** A person or workload of a SAML or OIDC provider that is not (yet) a principal of an account. */
  | { readonly kind: "federated"; readonly account: string; readonly arn: string }
  /** An AWS service that calls as itself, for example `delivery.logs.amazonaws.com`. */
  | { readonly kind: "service"; readonly account: ""; readonly arn: string }
  | { readonly kind: "anonymous"; readonly account: ""; readonly arn: "" };

/** One action on one resource. A call that touches several resources is several requests, all of which must be allowed. */
export interface Request {
  readonly principal: Principal;
  /** `ec2:DeleteFlowLogs` */
  readonly action: string;
  /** ARN, or "*" for an action that takes no resource. */
  readonly resource: string;
  /** The account that owns the resource; the principal's own where there is no resource. */
  readonly resourceAccount: string;
  /** Condition key -> value or values; a key that is not here is absent. Names are compared without regard to case. */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

/** The policies of each layer that could bear on a request. A layer that is left out has none and refuses nothing. */
export interface Layers {
  /** The account that service and resource control policies never bind; undefined outside an organization. */
  readonly managementAccount?: string;
  /** Service control policies over the principal's account: one list a level, root first, the account last. */
  readonly scp?: readonly (readonly Policy[])[];
  /** Resource control policies over the resource's account, likewise; left out for services that they do not cover. */
  readonly rcp?: readonly (readonly Policy[])[];
  /** Inline and managed policies of the role or user. */
  readonly identity?: readonly Policy[];
  readonly boundary?: readonly Policy[];
  readonly session?: readonly Policy[];
  /** The policy of the bucket, key, queue, secret, bus or delivery destination; undefined where it has none. */
  readonly resource?: readonly Policy[];
  /** The role's trust policy, for sts:AssumeRole* on it. */
  readonly trust?: readonly Policy[];
}

export type Verdict = "allowed" | "explicit-deny" | "implicit-deny" | "not-applicable";

/** A layer judged alone: what it says, and the statements that say so. */
export interface LayerVerdict {
  readonly verdict: Verdict;
  readonly by: readonly { readonly policy: string; readonly sid: string }[];
}

export const layerNames = ["scp", "rcp", "identity", "boundary", "session", "resource", "trust"] as const;
export type LayerName = (typeof layerNames)[number];

export interface Decision {
  readonly decision: "allowed" | "denied";
  /** The layer that decided against; undefined if allowed. */
  readonly deniedBy?: LayerName;
  readonly layers: Readonly<Record<LayerName, LayerVerdict>>;
}
