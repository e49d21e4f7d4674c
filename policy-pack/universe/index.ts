/** Which requests AWS can send: principals, actions, resources and condition keys that a goal ranges over. */
import type { KeyDomain, PrincipalSet, Universe } from "../prover/types";
import { domainOf } from "./domain";
import type { ActionFacts } from "./facts";
import { reachOf, type Reach } from "./resources";

export { disagreements } from "./disagreements";
export { domainOf } from "./domain";
export { factsOf, isKey, type ActionFacts, type ResourceType } from "./facts";
export { globalKeys } from "./global-keys";
export { everyoneBut, everyoneLike, federated, outsiders, servicesActingFor, type Ours, type Party } from "./principals";
export { formOf, reachOf, resourcesOf, type Reach } from "./resources";

/** What is said of a universe beside the action. */
export interface Scope {
  readonly principals: readonly PrincipalSet[];
  /** As in a Resource element; every resource of the action unless given. */
  readonly resource?: string;
  /** What is known of keys beyond what AWS says of every request, in lower case: our tag is there, say. */
  readonly keys?: Readonly<Record<string, KeyDomain>>;
}

/**
 * The universes of one action: one for each type of resource that it takes and the pattern reaches.
 *
 * @returns empty if the action takes no resource that the pattern matches
 * @example universesOf(facts, { principals: everyoneBut(exempt, management), resource: "arn:aws:s3:::logs-*" })
 */
export function universesOf(facts: ActionFacts, { principals, resource = "*", keys = {} }: Scope): readonly Universe[] {
  return reachOf(facts, resource).map((reach) => universeOf(facts, reach, principals, keys));
}

/** The universe of an action on one part of what it reaches; `keys` as in `Scope`. */
export function universeOf(facts: ActionFacts, { type, resources }: Reach, principals: readonly PrincipalSet[], keys: Scope["keys"] = {}): Universe {
  const domain = domainOf(facts, type);
  return {
    principals,
    actions: [facts.name],
    resources,
    domain: (key, kind) => keys[key.toLowerCase()] ?? domain(key, kind),
  };
}
