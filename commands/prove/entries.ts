/** What is to be asked: actions and the resources they are asked on. */
import { catalogue } from "../../policy-pack/catalogue";
import { factsOf, formOf, reachOf, type ActionFacts, type Reach } from "../../policy-pack/universe";
import { InputError } from "./input-error";
import { readJson } from "./json-file";

/** One entry of the actions file, with what it means. */
export interface Entry {
  readonly facts: ActionFacts;
  /** As it was given. */
  readonly resource: string;
  /** One part a type of resource; never empty. */
  readonly reach: readonly Reach[];
}

const allowed = 'a JSON array of {"action":"service:Name","resource":"ARN with wildcards, or *"}';

/** Every action of the catalogue, on each type of resource that is protected apart; types whose ARNs look alike are one. */
export function cataloguedEntries(): readonly Entry[] {
  return catalogue().flatMap((facts) => {
    const parts = new Map<string, Reach[]>();
    for (const part of reachOf(facts)) {
      const resource = part.type === undefined ? "*" : formOf(part.type.arn);
      parts.set(resource, [...(parts.get(resource) ?? []), part]);
    }
    return [...parts].map(([resource, reach]) => ({ facts, resource, reach }));
  });
}

/**
 * The entries of an actions file; one that is there twice counts once.
 *
 * @throws InputError with one line: the file, the entry, what is wrong, what is allowed
 */
export async function readEntries(path: string): Promise<readonly Entry[]> {
  const json = readJson("--actions", path, `${allowed}, or "catalogue",`);
  if (!Array.isArray(json)) throw new InputError(`--actions ${path} is not an array: ${allowed} is allowed`);
  if (json.length === 0) throw new InputError(`--actions ${path} is empty: ${allowed} with one entry or more is allowed`);
  const entries = new Map<string, Entry>();
  for (const [index, item] of json.entries()) {
    const entry = await readEntry(`--actions ${path} entry ${index + 1}`, item);
    entries.set(`${entry.facts.name} ${entry.resource}`, entry);
  }
  return [...entries.values()];
}

async function readEntry(where: string, item: unknown): Promise<Entry> {
  const { action, resource } = (typeof item === "object" && item !== null ? item : {}) as { action?: unknown; resource?: unknown };
  if (typeof action !== "string" || typeof resource !== "string") throw new InputError(`${where} is ${JSON.stringify(item)?.slice(0, 200)}: {"action":"service:Name","resource":"..."} is allowed`);
  const facts = await factsOf(action);
  if (!facts) throw new InputError(`${where} has the action ${JSON.stringify(action)}: an action that AWS lists is allowed, by its full name`);
  const reach = reachOf(facts, resource);
  if (reach.length > 0) return { facts, resource, reach };
  const forms = facts.types.map(({ arn }) => formOf(arn));
  const taken = forms.length === 0 ? '"*", since it takes no resource,' : `"*" or of the form ${forms.slice(0, 4).join(", ")}${forms.length > 4 ? ", ..." : ""}`;
  throw new InputError(`${where} has the resource ${JSON.stringify(resource)}, on which ${facts.name} is never called: ${taken} is allowed`);
}
