/** Requests of a universe: whether one is in it, and draws near the edges of what policies say. */
import type { Layers, Policy, Principal, PrincipalElement, Request, Statement } from "../../evaluator";
import { listOf } from "../../list-of";
import type { Hole, KeyDomain, Universe } from "../types";
import { draw, isMember, type Dice } from "./language";

export const policiesOf = ({ scp = [], rcp = [], identity = [], boundary = [], session = [], resource = [], trust = [] }: Layers): readonly Policy[] =>
  [...scp.flat(), ...rcp.flat(), ...identity, ...boundary, ...session, ...resource, ...trust];
const statementsOf = (layers: Layers): readonly Statement[] => policiesOf(layers).flatMap(({ document }) => listOf(document.Statement));
const identifiers = (element: PrincipalElement | undefined) => (element === undefined || element === "*" ? [] : Object.values(element).flatMap(listOf));

/** Everything that the policies compare with: globs, texts, and the condition keys that they name. */
export interface Edges {
  readonly resources: readonly string[];
  readonly principals: readonly string[];
  /** Lower-case key -> the values that policies hold against it. */
  readonly keys: ReadonlyMap<string, readonly string[]>;
}

export function edgesOf(layers: Layers): Edges {
  const keys = new Map<string, string[]>();
  const name = (key: string, values: readonly string[]) => keys.set(key.toLowerCase(), [...(keys.get(key.toLowerCase()) ?? []), ...values]);
  const statements = statementsOf(layers);
  const variables = (text: string) => {
    for (const [, inside = ""] of text.matchAll(/\$\{([^},]+)[^}]*\}/g)) if (!/^[*?$]$/.test(inside)) name(inside.trim(), ["x"]);
  };
  for (const statement of statements) {
    for (const [operator, block] of Object.entries(statement.Condition ?? {})) {
      for (const [key, values] of Object.entries(block)) name(key, operator.toLowerCase() === "null" ? [] : listOf(values).map(String));
    }
    for (const text of [...listOf(statement.Resource), ...listOf(statement.NotResource), ...Object.values(statement.Condition ?? {}).flatMap(Object.values).flatMap(listOf)]) variables(String(text));
  }
  return {
    resources: statements.flatMap(({ Resource, NotResource }) => [...listOf(Resource), ...listOf(NotResource)]),
    principals: [...statements.flatMap(({ Principal, NotPrincipal }) => [...identifiers(Principal), ...identifiers(NotPrincipal)]), ...(keys.get("aws:principalarn") ?? [])],
    keys,
  };
}

export const accountIn = (arn: string): string | undefined => /^[^:]*:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn)?.[1];

/** An ARN of a resource, whose account is twelve digits, none, or `aws`; lower-case words before it. */
const isArn = (text: string) => /^([a-z\d-]*:){4}(\d{12}|aws|):/.test(text);
/** As IAM makes them: the last component ends in `/` and a name. */
const isNamed = (arn: string) => /^([a-z\d-]*:){4}\d{12}:[^ ]*\/[\w+=,.@-]+$/.test(arn);

/** The principal with that ARN; undefined where the text is no ARN of its kind. */
export function principalOf(kind: Principal["kind"], arn: string, session = "ab"): Principal | undefined {
  if (kind === "service") return { kind, account: "", arn };
  if (kind === "anonymous") return { kind, account: "", arn: "" };
  const account = accountIn(arn);
  if (account === undefined) return undefined;
  if (kind === "root" || kind === "federated") return isArn(arn) ? { kind, account, arn } : undefined;
  if (!isNamed(arn)) return undefined;
  if (kind !== "role") return { kind, account, arn };
  const name = arn.split("/").at(-1) ?? "";
  return { kind, account, arn, sessionArn: `arn:aws:sts::${account}:assumed-role/${name}/${session}` };
}

const typed: Readonly<Record<string, (text: string) => boolean>> = {
  Bool: (text) => /^(true|false)$/i.test(text),
  Numeric: (text) => /^-?\d+(\.\d+)?$/.test(text),
  Account: (text) => /^\d{12}$/.test(text),
  IPAddress: (text) => /^[\d.]+$/.test(text) || /^[\da-f:.]+$/i.test(text),
  Date: (text) => !Number.isNaN(Date.parse(text)) || /^\d+$/.test(text),
  ARN: isArn,
};

const fits = (domain: Extract<KeyDomain, { kind: "free" }>, value: string) => isMember(domain.values, value) && (typed[domain.type ?? "String"]?.(value) ?? true);

/** What a key that is no free one may hold; undefined for absent. The owner that an ARN does not tell is told or not. */
export function computed(kind: KeyDomain["kind"], { principal, resource, resourceAccount }: Omit<Request, "context">): readonly (string | undefined)[] {
  if (kind === "principal-arn") return [principal.arn === "" ? undefined : principal.arn];
  if (kind === "principal-account") return [principal.account === "" ? undefined : principal.account];
  if (kind !== "resource-account" || resourceAccount === "") return [undefined];
  return resource === "*" || accountIn(resource) !== undefined ? [resourceAccount] : [resourceAccount, undefined];
}

/** The accounts that the resource may be of. */
export function ownersOf(resource: string, principal: Principal): readonly string[] {
  const told = accountIn(resource);
  if (told !== undefined) return [told];
  return resource === "*" ? [principal.account] : [...new Set([principal.account || "111111111111", "111111111111", "222222222222"])];
}

/**
 * Why a hole's request is not one of the universe's; undefined if it is. Keys that are neither in the request nor said to
 * be absent are those that don't matter.
 */
export function strangeness({ principals, actions, resources, domain }: Universe, { request, absent }: Pick<Hole, "request" | "absent">): string | undefined {
  const { principal, action, resource, context } = request;
  if (!principals.some(({ kind, arns }) => kind === principal.kind && isMember(arns, principal.arn))) return `no principal of the universe: ${principal.kind} ${principal.arn}`;
  if (!actions.includes(action)) return `no action of the universe: ${action}`;
  if (resources === "none" ? resource !== "*" : !isMember(resources, resource)) return `no resource of the universe: ${resource}`;
  if (resources !== "none" && !isArn(resource)) return `no ARN: ${resource}`;
  if (principal.kind !== "anonymous" && principalOf(principal.kind, principal.arn) === undefined) return `no ARN of a ${principal.kind}: ${principal.arn}`;
  if (principal.kind === "role" && !/^arn:[^:]*:sts::\d{12}:assumed-role\/[\w+=,.@-]+\/[\w+=,.@-]{2,64}$/.test(principal.sessionArn)) return `no session: ${principal.sessionArn}`;
  const told = resource === "*" ? principal.account : accountIn(resource);
  if (told !== undefined && told !== request.resourceAccount) return `owned by ${request.resourceAccount}`;
  const given = new Map(Object.entries(context).map(([key, value]) => [key.toLowerCase(), listOf<string>(value)]));
  const missing = absent.map((key) => key.toLowerCase());
  const both = missing.find((key) => given.has(key));
  if (both !== undefined) return `${both} is said to be absent`;
  for (const key of [...given.keys(), ...missing]) {
    const allowed = domain(key, principal.kind);
    const values = given.get(key) ?? [];
    if (allowed.kind === "absent" && values.length > 0) return `${key} is never present`;
    if (allowed.kind === "free") {
      if (allowed.presence === "always" && values.length === 0) return `${key} is always present`;
      if (!allowed.many && values.length > 1) return `${key} has one value only`;
      const stray = values.find((value) => !fits(allowed, value));
      if (stray !== undefined) return `${key} is never ${JSON.stringify(stray)}`;
    } else if (!computed(allowed.kind, request).includes(values[0])) {
      return `${key} is ${JSON.stringify(values)}`;
    }
  }
  return undefined;
}

function near(type: string | undefined, value: string, dice: Dice): string {
  if (type === "Bool") return dice.pick(["true", "false"]);
  if (type === "Numeric") return String(Number(value) + dice.pick([-1, -0.5, 0, 0.5, 1]));
  if (type === "Date") return dice.roll(2) ? value : new Date((/^\d{5,}$/.test(value) ? Number(value) * 1000 : Date.parse(value)) + dice.pick([-1000, 0, 1000])).toISOString();
  if (type === "Account") return dice.pick([value, "111111111111", "333333333333"]);
  if (type !== "IPAddress") return value;
  const [network = ""] = value.split("/");
  if (network.includes(":")) return dice.pick([network, "2001:db9::1", "::1"]);
  const [a = 0, b = 0, c = 0, d = 0] = network.split(".").map(Number);
  return dice.pick([network, `${a}.${b}.${c}.${(d + 1) % 256}`, `${a}.${b}.${(c + 1) % 256}.0`, `${a}.255.255.255`, `${(a + 1) % 256}.0.0.0`, "2001:db8::1"]);
}

/** A value of each type whose values a glob does not give, for where policies hold none against the key. */
const plain: Readonly<Record<string, string>> = { Bool: "true", Numeric: "10", Date: "2026-01-01T00:00:00Z", Account: "222222222222", IPAddress: "203.0.113.1" };

function valueFor(domain: Extract<KeyDomain, { kind: "free" }>, held: readonly string[], dice: Dice): string | undefined {
  const known = domain.type && plain[domain.type];
  for (let attempt = 0; attempt < 6; attempt++) {
    const value = known === undefined ? draw(domain.values, held, dice) : near(domain.type, dice.pick([...held, known]), dice);
    if (value !== undefined && fits(domain, value)) return value;
  }
  return undefined;
}

type Context = Request["context"];

/** A context in which each of the keys is absent or near what policies hold against it; undefined where chance finds none. */
function drawContext(keys: Iterable<readonly [string, readonly string[]]>, universe: Universe, bare: Omit<Request, "context">, dice: Dice): Context | undefined {
  const context: Record<string, string | readonly string[]> = {};
  for (const [key, held] of keys) {
    const domain = universe.domain(key, bare.principal.kind);
    if (domain.kind !== "free") {
      const value = dice.pick(computed(domain.kind, bare));
      if (value !== undefined) context[key] = value;
      continue;
    }
    if (domain.presence === "either" && dice.roll(3) === 0) continue;
    const values = Array.from({ length: domain.many ? dice.pick([1, 1, 2, 3]) : 1 }, () => valueFor(domain, held, dice)).filter((value) => value !== undefined);
    if (values.length > 0) context[key] = domain.many ? values : values[0]!;
    else if (domain.presence === "always") return undefined;
    else if (domain.many) context[key] = [];
  }
  return context;
}

/** The request of a hole with the keys that are said not to matter drawn at random. */
export function filledIn({ request, absent }: Pick<Hole, "request" | "absent">, universe: Universe, edges: Edges, dice: Dice): Request {
  const named = new Set([...Object.keys(request.context), ...absent].map((key) => key.toLowerCase()));
  const others = drawContext([...edges.keys].filter(([key]) => !named.has(key)), universe, request, dice);
  return { ...request, context: { ...others, ...request.context } };
}

/** Where the policies say `*`, a request is on something all the same. */
const somewhere = ["arn:aws:s3:::log/a", "arn:aws:sqs:us-east-1:111111111111:queue", "arn:aws:ec2:us-east-1:222222222222:vpc/vpc-1"];

/** @returns a request of the universe near the edges; undefined where chance finds none */
export function drawRequest(universe: Universe, edges: Edges, dice: Dice): Request | undefined {
  const { kind, arns } = dice.pick(universe.principals);
  const arn = kind === "anonymous" ? "" : draw(arns, edges.principals, dice);
  const principal = arn === undefined ? undefined : principalOf(kind, arn, dice.pick(sessionsIn(edges)));
  const resource = universe.resources === "none" ? "*" : draw(universe.resources, [...edges.resources, ...somewhere], dice);
  if (!principal || resource === undefined || (resource !== "*" && !isArn(resource))) return undefined;
  const bare = { principal, action: dice.pick(universe.actions), resource, resourceAccount: dice.pick(ownersOf(resource, principal)) };
  const context = drawContext(edges.keys, universe, bare, dice);
  return context && { ...bare, context };
}

/** A session's name that no policy knows, and those that they name. */
export const sessionsIn = ({ principals }: Edges): readonly string[] => ["ab", ...new Set(principals.flatMap((text) => /:assumed-role\/[^/]+\/(.+)$/.exec(text)?.[1] ?? []))];
