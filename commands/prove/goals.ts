/** The goals of the command: each entry is asked of the SCP layer and, where RCPs are given, of the RCP layer. */
import { keysNamed } from "./policies";
import type { Policy } from "../../policy-pack/evaluator/types";
import type { Goal, Language } from "../../policy-pack/prover/types";
import { everyoneBut, outsiders, servicesActingFor, universeOf, type Ours, type Party, type Reach } from "../../policy-pack/universe";
import type { Entry } from "./entries";

/** A line of the result: one verdict over the parts of an entry. */
export interface Question {
  /** Unique: `scp ec2:DeleteFlowLogs *`, `rcp outsiders s3:PutObject arn:...`. */
  readonly id: string;
  readonly entry: Entry;
  readonly parts: readonly Goal[];
}

export interface Asked {
  readonly exempt: readonly string[];
  readonly management?: string;
  readonly rcp: readonly Policy[];
}

export function questionsOf(entries: readonly Entry[], { exempt, management, rcp }: Asked): readonly Question[] {
  const members: Party = { principals: everyoneBut(exempt, management), keys: {} };
  const ask = (id: string, layer: "scp" | "rcp", entry: Entry, { principals, keys }: Party, reach: readonly Reach[] = entry.reach): Question => {
    const name = `${id} ${entry.facts.name} ${entry.resource}`;
    const universes = reach.map((part) => universeOf(entry.facts, part, callers(entry, principals), keys));
    return { id: name, entry, parts: universes.map((universe, index) => ({ id: `${name} ${index}`, layer, demand: "refused", universe })) };
  };
  const ours = oursIn(rcp, exempt);
  const strangers = [["rcp outsiders", without(outsiders(ours), exempt)], ["rcp services", servicesActingFor(ours)]] as const;
  return [
    ...entries.map((entry) => ask("scp", "scp", entry, members)),
    ...(rcp.length === 0 ? [] : entries.filter(isAskedOfRcp)).flatMap((entry) =>
      strangers.map(([id, party]) => ask(id, "rcp", entry, party, entry.reach.map((part) => notOf(part, management)))),
    ),
  ];
}

/**
 * What resource control policies bind (https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html),
 * but for the calls of an identity provider's subjects: nothing given says which of them are the user's own.
 */
const isAskedOfRcp = ({ facts: { name, takesRcp } }: Entry): boolean =>
  takesRcp && !["kms:RetireGrant", "sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity"].includes(name);

/** AWS STS takes no request without a signature but those of identity providers' subjects. */
const callers = ({ facts }: Entry, principals: Party["principals"]) => (facts.name.startsWith("sts:") ? principals.filter(({ kind }) => kind !== "anonymous") : principals);

/** Resource control policies don't bind the management account's resources. */
function notOf({ type, resources }: Reach, management: string | undefined): Reach {
  if (resources === "none" || management === undefined) return { type, resources };
  return { type, resources: { ...resources, unlike: [...(resources.unlike ?? []), `arn:*:*:*:${management}:*`] } };
}

/** An exempt principal of an account that is spelt out may be an outsider; a pattern of any account exempts none of them. */
function without(party: Party, exempt: readonly string[]): Party {
  const named = exempt.filter((pattern) => /^\d{12}$/.test(pattern.split(":")[4] ?? ""));
  const but = (arns: Language): Language => (arns.reading === "arn" && named.length > 0 ? { ...arns, unlike: [...(arns.unlike ?? []), ...named] } : arns);
  return { ...party, principals: party.principals.map(({ kind, arns }) => ({ kind, arns: but(arns) })) };
}

/** The organizations and accounts that the policies name: nothing else says which are the user's. */
function oursIn(rcp: readonly Policy[], exempt: readonly string[]): Ours {
  const values = (keys: RegExp) => keysNamed(rcp).filter(({ key }) => keys.test(key)).flatMap((one) => one.values);
  const organizations = values(/^aws:(principal|source|resource)org(id|paths)$/i).map((value) => value.split("/")[0] ?? "");
  const accounts = values(/^aws:(principal|source|resource)account$/i);
  return {
    organizations: [...new Set(organizations.filter((id) => /^o-[a-z0-9]+$/.test(id)))],
    accounts: [...new Set([...accounts, ...exempt.map((pattern) => pattern.split(":")[4] ?? "")].filter((id) => /^\d{12}$/.test(id)))],
  };
}

