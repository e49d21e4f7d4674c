/** A policy document as IAM writes it, and the one form in which it is deployed. */
import type { Condition } from "../../functions/sources/log-source";

export type { Condition } from "../../functions/sources/log-source";

export type Principal =
  | "*"
  | { readonly AWS: string | readonly string[] }
  | { readonly Service: string | readonly string[] }
  | { readonly Federated: string | readonly string[] };

type Strings = string | readonly string[];

/** Deliberately narrower than IAM's grammar: every statement of ours has a Sid, and none has a NotPrincipal. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: Principal;
  readonly Action?: Strings;
  readonly NotAction?: Strings;
  readonly Resource?: Strings;
  readonly NotResource?: Strings;
  readonly Condition?: Condition;
}

export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Statement[];
}

export const document = (statements: readonly Statement[]): PolicyDocument => ({ Version: "2012-10-17", Statement: statements });

/** The document as it is deployed: no white space, which AWS Organizations counts when it comes by API. */
export const minified = (policy: PolicyDocument): string => JSON.stringify(policy);

/** Refuses every call on a resource that does not come over TLS; a part of each resource policy of ours. */
export const overTlsOnly = (action: string, resources: Strings): Statement => ({
  Sid: "OverTlsOnly",
  Effect: "Deny",
  Principal: "*",
  Action: action,
  Resource: resources,
  Condition: { Bool: { "aws:SecureTransport": "false" } },
});
