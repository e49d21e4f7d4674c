/**
 * The section `people:` - who gets into the archive's account, and what of the logs they may read there.
 *
 * Everybody comes in by assuming a role of ours; nobody is a user of the account.
 */
import { z } from "zod";
import { account, isoDate, list, object, text } from "./rules";

/**
 * Somebody who may assume a role of ours: exactly one of `user`, `role`, `sso` and `saml`.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthpresent
 */
export const trustedSchema = object({
  /** An IAM user, who assumes with MFA. */
  user: text(/^arn:aws:iam::\d{12}:user\/[\w+=,.@/-]+$/, "the ARN of one user, without a wildcard,").optional(),
  /** A role that was assumed with MFA, with a source identity, or both. */
  role: text(/^arn:aws:iam::\d{12}:role\/(?!aws-reserved\/|aws-service-role\/)[\w+=,.@/-]+$/, "the ARN of one role, without a wildcard and not one of AWS's own,").optional(),
  /** A permission set of IAM Identity Center, in the account that it is assigned in. */
  sso: object({ account, permissionSet: text(/^[\w+=,.@-]{1,32}$/, "a permission set's name") }).optional(),
  /** A role, or those of a pattern, that people sign in to by SAML, at an identity provider that sets the source identity. */
  saml: text(/^arn:aws:iam::\d{12}:role\/((?!aws-reserved\/|aws-service-role\/)[\w+=,.@/-]+|(?!aws)[\w+=,.@/-]{3,}\*[\w+=,.@/*-]*)$/, "the ARN of a role of your own, or a pattern of such (three characters or more before the first *),").optional(),
  /** Whether the session that assumes has to say that MFA was used; of a user always. */
  mfa: z.boolean({ error: "true or false" }).optional(),
  /** aws:SourceIdentity of the session that assumes, one of these (`*` for any run of characters). */
  sourceIdentity: list(text(/^[\w+=,.@*-]{2,64}$/, "a source identity"), "source identities").min(1, { error: "a list of at least one source identity" }).optional(),
});

const name = text(/^[a-z0-9][a-z0-9-]{0,30}[a-z0-9]$/, "2 to 32 lower-case letters, digits and hyphens");

/** What of the logs: kinds of log by name, whose (account ids; nobody named is everybody), and paths. */
const reading = {
  logs: list(text(/^(\*|[a-z0-9-]+)$/, 'a kind of log, or "*" for all,'), "kinds of log").default([]),
  accounts: list(account, "account ids").default([]),
  prefixes: list(text(/^[\w!.*'()?/=-]+\/$/, "a prefix of keys, ending with /,"), "prefixes of keys").default([]),
};
const trusted = list(trustedSchema, "trusted principals");
/** Trust policies have 2,048 characters. */
const someTrusted = trusted.min(1, { error: "a list of at least one trusted principal" });

export const peopleSchema = object({
  /** Who may become LogArchive-Administrator; nobody named: whom `breakGlass` names. */
  administrators: trusted.default([]),
  analysts: object({ trusted: someTrusted, ...reading }).optional(),
  auditors: list(object({ name, trusted: someTrusted, from: isoDate, until: isoDate, ...reading }), "auditors").default([]),
  /** Read access for an account of the organization, which says itself which of its principals use it. */
  temporary: list(object({ name, account, until: isoDate, ...reading }), "temporary readers").default([]),
  siem: list(
    object({
      name,
      account,
      /** What the SIEM has to say when it assumes its role. */
      externalId: text(/^[\w+=,.@:/-]{8,128}$/, "8 to 128 letters, digits and +=,.@:/-"),
      /** Whether the account is of another organization (a vendor's). */
      outside: z.boolean({ error: "true or false" }).default(false),
      /** Whether a queue tells it of new logs. */
      queue: z.boolean({ error: "true or false" }).default(false),
      ...reading,
    }),
    "SIEMs",
  ).default([]),
});

export type Trusted = z.output<typeof trustedSchema>;
export type People = z.output<typeof peopleSchema>;
/** What somebody may read. */
export interface Reading {
  readonly logs: readonly string[];
  readonly accounts: readonly string[];
  readonly prefixes: readonly string[];
}
