/**
 * Golden cases as they are written: `golden/<feature>/<case>.json`. See `golden/README.md` for the form.
 */
import type { Layers, Policy, PolicyDocument, Principal, Statement } from "../../evaluator";
import type { Demand, Goal, KeyDomain, KeyType, Language, PrincipalSet } from "../types";

/** `"*"`, one statement, several, or a whole document. */
type Written = "*" | Statement | readonly Statement[] | PolicyDocument;
/** Name -> policy. */
type WrittenPolicies = Readonly<Record<string, Written>>;
type WrittenLanguage = string | readonly string[] | Language;
type WrittenKey =
  | "never" | "either" | "always" | "many" | "principal-arn" | "principal-account" | "resource-account"
  | { readonly either?: WrittenLanguage; readonly always?: WrittenLanguage; readonly many?: WrittenLanguage; readonly type?: KeyType };

export interface Expected {
  readonly verdict: "proved" | "hole" | "not-provable";
  /** Keys that the hole says are absent; exactly these if given. */
  readonly absent?: readonly string[];
  /** A glob for each text of the hole's request. */
  readonly principal?: string;
  readonly action?: string;
  readonly resource?: string;
  /** Key -> glob for its value or for each of its values. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
  /** Statements (`policy/sid`) that the trail says did not match. */
  readonly past?: readonly string[];
  /** A part of the reason why it is not provable. */
  readonly reason?: string;
  /** States that may be visited. */
  readonly budget?: number;
}

export interface WrittenCase {
  /** One sentence: what the case shows. */
  readonly what: string;
  readonly layers: Readonly<Record<string, unknown>>;
  readonly goal: {
    readonly layer: Goal["layer"];
    readonly demand: Demand;
    /** Kind -> ARNs, or `members`: everybody in any account but management's (999999999999), without exempt ones. */
    readonly principals: Readonly<Partial<Record<Principal["kind"], WrittenLanguage>>> | { readonly members: readonly string[] };
    readonly actions: readonly string[];
    readonly resources: WrittenLanguage;
    readonly keys?: Readonly<Record<string, WrittenKey>>;
  };
  readonly expect: Expected;
}

export const management = "999999999999";

function languageOf(written: WrittenLanguage, reading: Language["reading"]): Language {
  if (typeof written === "string") return { reading, like: [written] };
  return "like" in written ? { ...written, reading: written.reading ?? reading } : { reading, like: written };
}

/** Roles (linked to a service: none), users, root and federated users of every account but management's. */
export function members(exempt: readonly string[]): readonly PrincipalSet[] {
  const set = (kind: PrincipalSet["kind"], service: string, resource: string, ...unlike: string[]): PrincipalSet => {
    const arn = (account: string) => `arn:aws:${service}::${account}:${resource}`;
    return { kind, arns: { reading: "arn", like: [arn("????????????")], unlike: [arn(management), ...unlike] } };
  };
  return [
    set("role", "iam", "role/*", "arn:aws:iam::*:role/aws-service-role/*", ...exempt),
    set("user", "iam", "user/*", ...exempt),
    set("root", "iam", "root", ...exempt),
    set("federated-user", "sts", "federated-user/*", ...exempt),
  ];
}

const everything: Statement = { Sid: "Everything", Effect: "Allow", Action: "*", Resource: "*" };

function policyOf([name, written]: readonly [string, Written], ofResource: boolean): Policy {
  if (written !== "*" && "Statement" in written) return { name, document: written };
  const statement = written === "*" ? { ...everything, ...(ofResource && { Principal: "*" as const }) } : written;
  return { name, document: { Version: "2012-10-17", Statement: statement as Statement | readonly Statement[] } };
}

function layersOf(written: WrittenCase["layers"]): Layers {
  const read = (name: string, value: unknown): unknown => {
    if (name === "managementAccount") return value;
    const policies = (listed: unknown) => Object.entries(listed as WrittenPolicies).map((entry) => policyOf(entry, name === "rcp" || name === "resource"));
    return name === "scp" || name === "rcp" ? (value as unknown[]).map(policies) : policies(value);
  };
  return Object.fromEntries(Object.entries(written).map(([name, value]) => [name, read(name, value)]));
}

const computed: Readonly<Record<string, "principal-arn" | "principal-account" | "resource-account">> = {
  "aws:principalarn": "principal-arn",
  "aws:principalaccount": "principal-account",
  "aws:resourceaccount": "resource-account",
};

function domainOf(written: WrittenKey): KeyDomain {
  if (written === "never") return { kind: "absent" };
  if (written === "principal-arn" || written === "principal-account" || written === "resource-account") return { kind: written };
  const free = (presence: "always" | "either", many: boolean, values: WrittenLanguage = "*", type?: KeyType): KeyDomain => ({
    kind: "free", presence, many, values: languageOf(values, "text"), ...(type && { type }),
  });
  if (typeof written === "string") return free(written === "always" ? "always" : "either", written === "many");
  const { either, always, many, type } = written;
  return free(always === undefined ? "either" : "always", many !== undefined, either ?? always ?? many, type);
}

/** @throws Error for a key that the policies name and the case does not: every case says its universe */
export function goalOf(id: string, { goal: { layer, demand, principals, actions, resources, keys = {} } }: WrittenCase): Goal {
  const domains = new Map(Object.entries(keys).map(([key, written]) => [key.toLowerCase(), domainOf(written)]));
  return {
    id, layer, demand,
    universe: {
      principals: "members" in principals
        ? members(principals.members)
        : Object.entries(principals).map(([kind, arns]) => ({ kind: kind as Principal["kind"], arns: languageOf(arns, kind === "service" ? "text" : "arn") })),
      actions,
      resources: resources === "none" ? "none" : languageOf(resources, "text"),
      domain: (key) => {
        const domain = domains.get(key) ?? (computed[key] && { kind: computed[key] });
        if (!domain) throw new Error(`${id}: the case does not say what ${key} can be`);
        return domain;
      },
    },
  };
}

export const readCase = (id: string, written: WrittenCase) => ({ goal: goalOf(id, written), layers: layersOf(written.layers), expected: written.expect });
