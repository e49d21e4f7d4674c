/** Whoever can ask anything of a resource, and what their requests can say: for goals about resource and trust policies. */
import type { KeyDomain, PrincipalSet, Universe } from "./prover/types";
import { everyoneLike, federated, outsiders, type Party } from "./universe";
import { globalKey } from "./universe/global-keys";
import { anything, organization, servicePrincipal } from "./universe/languages";

/** AWS services that call as themselves. */
export const services: PrincipalSet = { kind: "service", arns: servicePrincipal };

const serviceLinked = "arn:aws:iam::????????????:role/aws-service-role/?*";

/** Principals of every account, service-linked roles among them, AWS services, the federated and the nameless. */
export const everybody: readonly PrincipalSet[] = [
  ...outsiders({ organizations: [] }).principals,
  ...everyoneLike([serviceLinked]),
  services,
  ...federated().principals,
];

/** Everybody but services: whoever has credentials of an account, or none. */
export const people: readonly PrincipalSet[] = everybody.filter(({ kind }) => kind !== "service");

/** Principals whose ARN is like one of the patterns (`*` is everybody of the account), all of one account if it is given. */
export function peopleOf(patterns: readonly string[], account?: string): readonly PrincipalSet[] {
  const all = ["role/?*", "user/?*", "root"].map((name) => `arn:aws:iam::${account}:${name}`);
  return everyoneLike(patterns.flatMap((pattern) => (pattern === "*" ? [...all, `arn:aws:sts::${account}:federated-user/?*`] : [pattern])));
}

/** All but principals like these; patterns of ARNs. */
export const but = (principals: readonly PrincipalSet[], patterns: readonly string[]): readonly PrincipalSet[] =>
  principals.map(({ kind, arns }) =>
    kind === "role" || kind === "user" ? { kind, arns: { ...arns, unlike: [...(arns.unlike ?? []), ...patterns] } } : { kind, arns });

const either = (values = anything, many = false): KeyDomain => ({ kind: "free", presence: "either", many, values });

/**
 * What a key can be in any request whatever: a global key as its table says, any other one there or not, with any value.
 * More than AWS sends, so that what holds here holds for what it sends.
 *
 * @param known what is known of keys in these requests, in lower case
 */
export const everyRequest = (known: Party["keys"] = {}): Universe["domain"] => (key, kind) => {
  const name = key.toLowerCase();
  const { domain } = globalKey(name) ?? {};
  const usual = domain?.[kind] ?? domain?.rest ?? either(anything, name === "aws:tagkeys");
  // What a kind of principal never has, nobody can know of it.
  if (domain && usual.kind === "absent") return usual;
  // Of another organization, or of none.
  return known[name] ?? (name === "aws:principalorgid" ? either(organization) : usual);
};
