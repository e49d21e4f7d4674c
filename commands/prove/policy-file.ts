/**
 * A service or resource control policy from a file, read strictly: what AWS Organizations would not take is refused, since
 * a proof about it would be a proof about nothing. Any form that IAM takes is taken: one statement or a list of them, one
 * text or a list.
 *
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_syntax.html,
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html
 *
 * Not `policy-pack/subjects`, which reads what the Pulumi engine sends and takes a second to load.
 */
import { operators } from "../../policy-pack/evaluator/operators";
import type { Policy, PolicyDocument } from "../../policy-pack/evaluator/types";
import { InputError } from "./input-error";
import { readJson } from "./json-file";

export type ControlPolicyKind = "scp" | "rcp";

type Json = Readonly<Record<string, unknown>>;

const names = { scp: "a service control policy", rcp: "a resource control policy" } as const;

/**
 * The policy in a file; its name is the path as it was given.
 *
 * @throws InputError with one line: the option, the file, what is wrong, where, what is allowed
 */
export function readPolicy(kind: ControlPolicyKind, path: string): Policy {
  const json = readJson(`--${kind}`, path, `${names[kind]} as JSON`);
  const wrong = problem(kind, json);
  if (wrong !== undefined) throw new InputError(`--${kind} ${path} ${wrong}: ${names[kind]} as AWS Organizations takes it is allowed`);
  return { name: path, document: json as PolicyDocument };
}

/** What is wrong with it as one clause; undefined if AWS would take it. */
export function problem(kind: ControlPolicyKind, json: unknown): string | undefined {
  if (!isObject(json)) return "is not a policy but other JSON";
  const stranger = Object.keys(json).find((name) => !["Version", "Id", "Statement"].includes(name));
  if (stranger !== undefined) return `has an element that no policy has, ${JSON.stringify(stranger)}`;
  const { Version, Statement } = json;
  if (Version !== undefined && Version !== "2012-10-17" && Version !== "2008-10-17") return `has the Version ${JSON.stringify(Version)}, not "2012-10-17"`;
  const statements = listOf(Statement);
  if (statements.length === 0) return "has no Statement";
  for (const [index, statement] of statements.entries()) {
    if (!isObject(statement)) return `has a statement that is not an object (number ${index + 1})`;
    const wrong = inStatement(statement) ?? inCondition(statement["Condition"]) ?? (kind === "scp" ? inService(statement) : inResource(statement));
    if (wrong !== undefined) return `${wrong} in statement ${typeof statement["Sid"] === "string" ? statement["Sid"] : `number ${index + 1}`}`;
  }
  return undefined;
}

const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value);
const listOf = (value: unknown): readonly unknown[] => (value === undefined || value === null ? [] : Array.isArray(value) ? value : [value]);

const elements = ["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"];
const texts = /^(Not)?(Action|Resource)$/;

function inStatement(statement: Json): string | undefined {
  const stranger = Object.keys(statement).find((name) => !elements.includes(name));
  if (stranger !== undefined) return `has an element that no statement has, ${JSON.stringify(stranger)},`;
  const { Sid, Effect } = statement;
  if (Sid !== undefined && typeof Sid !== "string") return "has a Sid that is no text";
  if (Effect !== "Allow" && Effect !== "Deny") return `has the Effect ${JSON.stringify(Effect)}, neither "Allow" nor "Deny",`;
  for (const [name, value] of Object.entries(statement)) {
    if (!texts.test(name)) continue;
    const list = listOf(value);
    if (list.length === 0 || list.some((one) => typeof one !== "string")) return `has ${article(name)} that is neither a text nor a list of texts`;
    const form = name.endsWith("Action") ? /^(\*|[\w*?-]+:[\w*?]+)$/ : /^(arn:|[*?])/;
    const odd = list.find((one) => !form.test(one as string));
    if (odd !== undefined) return `has ${article(name)} that is none, ${JSON.stringify(odd)},`;
  }
  for (const name of ["Action", "Resource"]) {
    const count = [name, `Not${name}`].filter((one) => statement[one] !== undefined).length;
    if (count !== 1) return `has ${count === 0 ? "neither" : "both"} ${name} ${count === 0 ? "nor" : "and"} Not${name}`;
  }
  return undefined;
}

const article = (name: string): string => `${/^[AEIOU]/.test(name) ? "an" : "a"} ${name}`;

function inCondition(condition: unknown): string | undefined {
  if (condition === undefined) return undefined;
  if (!isObject(condition)) return "has a Condition that is not an object";
  for (const [operator, keys] of Object.entries(condition)) {
    const base = operator.toLowerCase().replace(/^for(all|any)values?:/, "").replace(/ifexists$/, "");
    if (!operators.has(base) && base !== "null") return `has a condition operator that IAM does not know, ${JSON.stringify(operator)},`;
    if (!isObject(keys)) return `has a Condition whose ${operator} is not an object`;
    for (const [key, values] of Object.entries(keys)) {
      if (!key.includes(":")) return `has a condition key without a service, ${JSON.stringify(key)},`;
      const list = listOf(values);
      if (list.length === 0 || list.some((value) => !["string", "boolean", "number"].includes(typeof value))) return `has no text for the condition key ${JSON.stringify(key)}`;
    }
  }
  return undefined;
}

function inService({ Principal, NotPrincipal }: Json): string | undefined {
  return Principal !== undefined || NotPrincipal !== undefined ? "has a Principal, which no service control policy has," : undefined;
}

function inResource({ Effect, Principal, Action, NotAction }: Json): string | undefined {
  if (Effect === "Allow") return "has an Allow, which AWS keeps for its own RCPFullAWSAccess,";
  if (Principal !== "*") return 'has a Principal other than "*"';
  if (NotAction !== undefined) return "has a NotAction, which no resource control policy has,";
  const wide = listOf(Action).find((action) => !/^[a-z0-9-]+:/i.test(action as string));
  return wide === undefined ? undefined : `has an Action that names no service, ${JSON.stringify(wide)},`;
}
