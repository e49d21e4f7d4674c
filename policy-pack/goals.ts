/**
 * Goals from what is to be asked: few and large instead of one an action, because every action whose requests look the
 * same to the documents is proven in one walk.
 */
import { grouped } from "../infra/config/grouped";
import { onceForText } from "../infra/config/once-for";
import { catalogued } from "./catalogue";
import type { Layers, Policy, Statement } from "./evaluator/types";
import { listOf } from "./list-of";
import type { Goal, KeyDomain, Language, PrincipalSet, Universe } from "./prover/types";
import { domainOf, factsOf, resourcesOf, universeOf, type ActionFacts, type ResourceType } from "./universe";
import { sameService } from "./universe/globs";

/** One thing to ask of one layer. */
export interface Ask {
  /** What the goal is called; several goals of one ask are numbered. */
  readonly id: string;
  readonly layer: Goal["layer"];
  readonly demand: Goal["demand"];
  readonly principals: readonly PrincipalSet[];
  readonly actions: readonly ActionFacts[];
  /** Patterns as in a Resource element; every resource of the actions if left out. */
  readonly resources?: readonly string[];
  /** ARNs that are none of them, read as ArnLike does. */
  readonly except?: readonly string[];
  /** Leaves out names that nobody gives but who wants a pattern to misread them: a colon in a role's path or an object's key. */
  readonly ordinaryNames?: true;
  /** What is known of keys, in lower case. */
  readonly keys?: Readonly<Record<string, KeyDomain>>;
}

/** The facts of actions by exact name, from the catalogue and else from AWS's data. @throws Error for one that AWS does not list */
export async function factsOfAll(actions: readonly string[]): Promise<readonly ActionFacts[]> {
  return Promise.all(
    [...new Set(actions)].map(async (action) => {
      const facts = catalogued(action) ?? (await factsOf(action));
      if (!facts) throw new Error(`AWS lists no action ${action}`);
      return facts;
    }),
  );
}

/** The condition keys that the documents name, in lower case: the only ones whose domain makes a difference. */
export function keysNamedBy(layers: Layers): readonly string[] {
  const { scp = [], rcp = [], identity = [], boundary = [], session = [], resource = [], trust = [] } = layers;
  const policies: readonly Policy[] = [...scp.flat(), ...rcp.flat(), ...identity, ...boundary, ...session, ...resource, ...trust];
  const statements = policies.flatMap(({ document }) => listOf<Statement>(document.Statement));
  const keys = statements.flatMap(({ Condition = {} }) => Object.values(Condition).flatMap(Object.keys));
  return [...new Set(keys.map((key) => key.toLowerCase()))].sort();
}

/** Whether an action takes resources that any of the patterns can name. */
export const takes = ({ types }: ActionFacts, patterns: readonly string[]): boolean => types.some(({ arn }) => patterns.some((pattern) => sameService(arn, pattern)));

/** An action on one type of resource, as far as the ask reaches. */
interface Part {
  readonly facts: ActionFacts;
  readonly type: ResourceType | undefined;
  readonly resources: Universe["resources"];
  /** The same for those that are asked about in one goal. */
  readonly alike: string;
}

/** The goals of an ask; none where no action takes such a resource. */
export function goalsOf(ask: Ask, keys: readonly string[]): readonly Goal[] {
  const { id, layer, demand, principals, keys: known } = ask;
  const universes = [...grouped(parts(ask, keys), ({ alike }) => alike).values()].map((alike): Universe => {
    const [{ facts, type, resources }] = alike as readonly [Part, ...Part[]];
    return { ...universeOf(facts, { type, resources }, principals, known), actions: [...new Set(alike.map((part) => part.facts.name))] };
  });
  return universes.map((universe, index, all) => ({ id: all.length === 1 ? id : `${id} (${index + 1} of ${all.length})`, layer, demand, universe }));
}

/** Names of these may hold a colon: paths of AWS IAM, keys of objects, names of alarms. */
const holdsColons = /^arn:[^:]*:(iam|s3|cloudwatch):/;

/** ARNs with a colon more than the format: of most types there are none. */
function oddNames(format: string): readonly string[] {
  const colons = format.replace(/\$\{[^}]*\}/g, "").split(":").length - 1;
  // The id of a stack set holds no slash.
  const ids = format.includes(":stackset/") ? ["arn:aws:cloudformation:*:*:stackset/*:*/*"] : [];
  return [`arn${":*".repeat(Math.max(colons, 5) + 1)}`, ...ids];
}

function parts({ principals, resources, except = [], ordinaryNames, actions }: Ask, keys: readonly string[]): readonly Part[] {
  const kinds = [...new Set(principals.map(({ kind }) => kind))];
  const reach = onceForText((format): readonly [Universe["resources"], alike: string] | undefined => {
    const found = (resources ?? ["*"]).flatMap((pattern) => reached(format, pattern) ?? []);
    if (found.length === 0) return undefined;
    const like = [...new Set(found.flatMap((language) => language.like))];
    const odd = ordinaryNames || !holdsColons.test(format) ? oddNames(format) : [];
    const unlike = [...new Set([...found.flatMap((language) => language.unlike ?? []), ...except.filter((pattern) => sameService(format, pattern)), ...odd])];
    const text = JSON.stringify({ reading: "arn", like, ...(unlike.length > 0 && { unlike }) });
    return [languageOf(text), text];
  });
  return actions.flatMap((facts): readonly Part[] => {
    const part = (type: ResourceType | undefined, on: Universe["resources"], alike: string): Part => ({ facts, type, resources: on, alike: `${alike} ${signature(facts, type, kinds, keys)}` });
    if (facts.types.length === 0) return resources === undefined || resources.includes("*") ? [part(undefined, "none", "none")] : [];
    return facts.types.flatMap((type) => {
      const found = reach(type.arn);
      return found === undefined ? [] : [part(type, ...found)];
    });
  });
}

/** The same object for the same text: what is learnt of a language is found by the object. */
const languageOf = onceForText((text) => JSON.parse(text) as Language);

type Reached = ReturnType<typeof resourcesOf>;

/** The same types meet the same patterns over and over. */
const meetings = new Map<string, Reached>();

function reached(format: string, pattern: string): Reached {
  if (!sameService(format, pattern)) return undefined;
  const key = `${format} ${pattern}`;
  if (!meetings.has(key)) meetings.set(key, resourcesOf({ arn: format }, pattern));
  return meetings.get(key);
}

const signatures = new Map<string, string>();

/** What a request of the action on the type may say of the keys; equal for actions that look alike. */
function signature(facts: ActionFacts, type: ResourceType | undefined, kinds: readonly PrincipalSet["kind"][], keys: readonly string[]): string {
  const key = [facts.name, type?.name, kinds.join(), keys.join()].join(" ");
  const known = signatures.get(key);
  if (known !== undefined) return known;
  const domain = domainOf(facts, type);
  const made = JSON.stringify(keys.map((name) => kinds.map((kind) => domain(name, kind))));
  signatures.set(key, made);
  return made;
}
