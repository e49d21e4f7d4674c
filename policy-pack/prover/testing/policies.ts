/** Random policies and goals of the full fragment, small ones: what two statements do to each other is where mistakes are. */
import * as fc from "fast-check";
import type { ConditionBlock, LayerName, Layers, Policy, PolicyDocument, Principal, PrincipalElement, Statement } from "../../evaluator";
import type { Demand, Goal, KeyDomain, Language, PrincipalSet, Universe } from "../types";

const from = fc.constantFrom;
const some = <T>(values: readonly T[], most = 2) => fc.uniqueArray(from(...values), { minLength: 1, maxLength: most });
/** Mostly one: each principal, action and owner of a resource is a search of its own. */
const few = <T>(values: readonly T[]) => fc.oneof({ weight: 4, arbitrary: some(values, 1) }, { weight: 1, arbitrary: some(values) });
/** A list, or its one member alone, as policies write both. */
const oneOrMore = <T>(values: readonly T[]) => some(values).map((list): T | readonly T[] => (list.length === 1 ? list[0]! : list));

const own = "111111111111";
const other = "222222222222";
const role = `arn:aws:iam::${own}:role/a`;
const session = `arn:aws:sts::${own}:assumed-role/a/one`;

const services = {
  s3: {
    actions: ["s3:GetObject", "s3:PutObject", "s3:DeleteBucketPolicy"],
    patterns: ["s3:*", "S3:getobject", "s3:?etObject", "s3:*Object", "s3:Delete*"],
    resources: ["arn:aws:s3:::log", "arn:aws:s3:::log*", "arn:aws:s3:::log/*", "arn:*:s3:::log-?*", "arn:aws:s3:::lo?/a*", "*"],
    universe: [text("arn:aws:s3:::log"), text("arn:aws:s3:::log*"), text("arn:aws:s3:::log/*"), text("arn:aws:s3:::log*", "arn:aws:s3:::log/*"), "none"],
  },
  sqs: {
    actions: ["sqs:SendMessage", "sqs:DeleteQueue"],
    patterns: ["sqs:*", "sqs:Send*", "SQS:deletequeue", "sqs:*e?*"],
    resources: [`arn:aws:sqs:*:${own}:fall-*`, "arn:aws:sqs:us-east-1:*", `arn:aws:sqs:us-*:${other}:fall-?`, "*"],
    universe: [text(`arn:aws:sqs:us-east-1:${own}:fall-*`), text(`arn:aws:sqs:us-east-1:${other}:*`), text(`arn:aws:sqs:us-?ast-1:${other}:fall-a`, `arn:aws:sqs:us-east-1:${own}:x`)],
  },
  kms: {
    actions: ["kms:Decrypt", "kms:RetireGrant"],
    patterns: ["kms:*", "kms:Decr?pt"],
    resources: [`arn:aws:kms:*:${own}:key/*`, `arn:aws:kms:us-east-1:${other}:key/a*`, "*"],
    universe: [text(`arn:aws:kms:us-east-1:${own}:key/*`), text(`arn:aws:kms:us-east-1:${other}:key/*`)],
  },
  sts: {
    actions: ["sts:AssumeRole", "sts:GetCallerIdentity"],
    patterns: ["sts:*", "sts:Assume*"],
    resources: [`arn:aws:iam::${own}:role/*`, "arn:aws:iam::*:role/fall/?", "*"],
    universe: [text(`arn:aws:iam::${own}:role/fall/*`), text(`arn:aws:iam::${other}:role/*`)],
  },
} as const;
type Service = (typeof services)[keyof typeof services];

function text(...like: string[]): Language {
  return { reading: "text", like };
}

/** What policies compare a key with, and what the key may be. */
interface Key {
  readonly name: string;
  readonly operators: readonly string[];
  readonly values: readonly string[];
  readonly domains: readonly KeyDomain[];
}
const strings = ["StringEquals", "StringNotEquals", "StringLike", "StringNotLike", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase"];
const arns = ["ArnLike", "ArnNotLike", "ArnEquals", "ArnNotEquals"];
const free = (presence: "always" | "either", many: boolean, values: Language, type?: "Bool" | "Numeric" | "Date" | "IPAddress" | "ARN"): KeyDomain => ({ kind: "free", presence, many, values, ...(type && { type }) });
const any = text("*");
const absent: KeyDomain = { kind: "absent" };
const keys: readonly Key[] = [
  { name: "aws:PrincipalArn", operators: [...arns, ...strings], values: [role, "arn:aws:iam::*:role/*", "arn:aws:iam::????????????:role/fall/?", "arn:*:iam::*:user/a*", "arn:aws:iam::*:r*", "*:role/a"], domains: [{ kind: "principal-arn" }] },
  { name: "aws:PrincipalAccount", operators: strings, values: [own, other, "1*", "??????????22"], domains: [{ kind: "principal-account" }] },
  { name: "aws:PrincipalTag/t", operators: strings, values: ["a", "A", "ab", "a*", "?", "*b", "", "?*"], domains: [absent, free("either", false, any), free("always", false, any), free("either", false, text("a", "ab")), free("either", false, { reading: "text", like: ["a*"], unlike: ["ab*"] })] },
  { name: "aws:SourceArn", operators: arns, values: [`arn:aws:s3:::log`, `arn:aws:sqs:*:${own}:*`, "arn:*:s3:::l*"], domains: [absent, free("either", false, any), free("either", false, { reading: "arn", like: ["arn:aws:s3:::*"] }, "ARN")] },
  { name: "aws:CalledVia", operators: strings, values: ["a.amazonaws.com", "*.amazonaws.com", "b.amazonaws.com"], domains: [absent, free("either", true, text("*.amazonaws.com")), free("always", true, text("a.amazonaws.com", "b.amazonaws.com"))] },
  { name: "aws:TagKeys", operators: strings, values: ["fall-log", "f*", "x", "?"], domains: [free("either", true, any), free("always", true, any), free("either", true, text("fall-log", "x"))] },
  { name: "aws:SecureTransport", operators: ["Bool"], values: ["true", "false"], domains: [absent, free("either", false, any, "Bool"), free("always", false, any, "Bool"), free("always", false, text("false"), "Bool")] },
  { name: "s3:max-keys", operators: ["NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericLessThanEquals", "NumericGreaterThan", "NumericGreaterThanEquals"], values: ["10", "10.0", "11", "-1"], domains: [absent, free("either", false, any, "Numeric"), free("always", false, any, "Numeric"), free("either", false, any)] },
  { name: "aws:CurrentTime", operators: ["DateEquals", "DateNotEquals", "DateLessThan", "DateLessThanEquals", "DateGreaterThan", "DateGreaterThanEquals"], values: ["2026-01-01T00:00:00Z", "1767225600", "2026-01-02", "2026-01-01T02:00:00+02:00"], domains: [free("always", false, any, "Date"), free("either", false, any, "Date")] },
  { name: "aws:SourceIp", operators: ["IpAddress", "NotIpAddress"], values: ["10.0.0.0/8", "10.0.0.0/9", "10.128.0.0/9", "0.0.0.0/0", "::/0", "2001:db8::/32", "10.0.0.1"], domains: [absent, free("either", false, any, "IPAddress"), free("always", false, any, "IPAddress")] },
  { name: "aws:ResourceAccount", operators: strings, values: [own, other, "1*"], domains: [{ kind: "resource-account" }] },
  { name: "aws:ResourceTag/fall-log", operators: strings, values: ["vpc", "v*", "?pc"], domains: [absent, free("either", false, any), free("always", false, text("vpc", "elb"))] },
];

const casing = (name: string) => from(name, name, name.toUpperCase(), name.toLowerCase());
const prefix = from("", "", "", "ForAllValues:", "ForAnyValue:");
const suffix = from("", "", "", "IfExists");

/** One condition on one of the keys: mostly an operator that suits it, with or without its qualifiers. */
const conditionOn = (key: Key): fc.Arbitrary<ConditionBlock> =>
  fc.oneof(
    { weight: 1, arbitrary: fc.tuple(casing(key.name), oneOrMore(["true", "false"])).map(([name, values]) => ({ Null: { [name]: values } })) },
    {
      weight: 6,
      arbitrary: fc
        .tuple(prefix, from(...key.operators), suffix, casing(key.name), oneOrMore(key.values))
        .map(([set, operator, exists, name, values]) => ({ [`${set}${operator}${exists}`]: { [name]: values } })),
    },
  );

type Conditions = fc.Arbitrary<ConditionBlock | undefined>;

const conditionsOn = (each: readonly Key[]): Conditions =>
  fc.array(fc.oneof(...each.map(conditionOn)), { maxLength: 2 }).map((blocks) => {
    const merged: Record<string, Record<string, unknown>> = {};
    for (const block of blocks) for (const [operator, held] of Object.entries(block)) merged[operator] = { ...merged[operator], ...held };
    return blocks.length === 0 ? undefined : (merged as ConditionBlock);
  });

const identified: readonly PrincipalElement[] = ["*", { AWS: "*" }, { AWS: own }, { AWS: `arn:aws:iam::${own}:root` }, { AWS: role }, { AWS: role }, { AWS: [role, other] }, { AWS: [session, other] }, { AWS: `arn:aws:iam::${own}:user/a` }, { Service: "a.amazonaws.com" }, { AWS: `arn:aws:iam::${other}:role/a`, Service: ["b.amazonaws.com"] }];
const spared: readonly PrincipalElement[] = [{ AWS: [role, own, session] }, { AWS: [role, own] }, { AWS: [`arn:aws:iam::${own}:root`, `arn:aws:iam::${own}:user/a`] }, { Service: "a.amazonaws.com" }, { AWS: own }];

type Written = "identity" | "control" | "resource" | "trust";

function statement(service: Service, conditions: Conditions, written: Written): fc.Arbitrary<Statement> {
  const actions = oneOrMore<string>([...service.patterns, "*", "*:*", "ec2:*"]);
  const resources = oneOrMore<string>(service.resources);
  return fc
    .record({
      Effect: from("Allow" as const, "Deny" as const),
      action: fc.tuple(from("Action", "Action", "Action", "NotAction"), actions),
      resource: fc.tuple(from("Resource", "Resource", "Resource", "NotResource"), resources),
      principal: fc.tuple(from("Principal", "Principal", "Principal", "NotPrincipal"), from(...identified), from(...spared)),
      Condition: conditions,
    })
    .map(({ Effect, action: [act, patterns], resource: [res, held], principal: [pri, named, but], Condition }) => ({
      Effect,
      ...((written === "resource" || written === "trust") && (pri === "Principal" || Effect === "Allow" ? { Principal: named } : { NotPrincipal: but })),
      [act]: patterns,
      ...(written !== "trust" && { [res]: held }),
      ...(Condition && { Condition }),
    }));
}

const document = (Statement: Statement | readonly Statement[], Version = "2012-10-17"): PolicyDocument => ({ Version, Statement });
const everything: Statement = { Sid: "Everything", Effect: "Allow", Action: "*", Resource: "*" };

/** @param open in how many of four cases a policy that allows everything is among them */
function policies(service: Service, conditions: Conditions, written: Written, open = 3): fc.Arbitrary<readonly Policy[]> {
  const made = fc.array(statement(service, conditions, written), { minLength: 1, maxLength: 3 }).map((list) => document(list.length === 1 ? list[0]! : list));
  const full = document(written === "resource" || written === "trust" ? { ...everything, Principal: "*" } : everything);
  return fc
    .tuple(fc.nat(3), fc.array(made, { maxLength: 1 }))
    .map(([chance, documents]) => [...(chance < open ? [full] : []), ...documents].map((each, index) => ({ name: `${written}-${index + 1}`, document: each })));
}

const levels = (service: Service, conditions: Conditions) => fc.array(policies(service, conditions, "control"), { minLength: 1, maxLength: 2 });

const arnLike = (like: readonly string[], unlike: readonly string[] = []): Language => ({ reading: "arn", like, unlike });
const principalSets: readonly PrincipalSet[] = [
  { kind: "role", arns: arnLike([role]) },
  { kind: "role", arns: arnLike([role]) },
  { kind: "role", arns: arnLike(["arn:aws:iam::????????????:role/*"], ["arn:aws:iam::????????????:role/fall/?", "arn:aws:iam::*:role/aws-service-role/*"]) },
  { kind: "role", arns: arnLike([`arn:aws:iam::${other}:role/*`]) },
  { kind: "role", arns: arnLike(["arn:aws:iam::????????????:role/aws-service-role/a/*", "arn:aws:iam::????????????:role/b/aws-service-role/a"]) },
  { kind: "user", arns: arnLike(["arn:aws:iam::????????????:user/*"], ["arn:aws:iam::999999999999:user/*"]) },
  { kind: "user", arns: arnLike([`arn:aws:iam::${own}:user/a`]) },
  { kind: "root", arns: arnLike(["arn:aws:iam::????????????:root"]) },
  { kind: "federated-user", arns: arnLike([`arn:aws:sts::${own}:federated-user/*`]) },
  { kind: "service", arns: text("a.amazonaws.com", "b.amazonaws.com") },
  { kind: "federated", arns: arnLike([`arn:aws:iam::${own}:oidc-provider/ci`]) },
  { kind: "anonymous", arns: text("") },
];

const domains = fc.tuple(...keys.map((key) => from(...key.domains))).map((chosen) => {
  const byName = new Map(keys.map((key, index) => [key.name.toLowerCase(), chosen[index]!]));
  return (key: string, kind: Principal["kind"]): KeyDomain =>
    (kind === "service" || kind === "anonymous") && key.startsWith("aws:principal") ? absent : (byName.get(key) ?? free("either", false, any));
});

const universeOf = (service: Service): fc.Arbitrary<Universe> =>
  fc.record({ principals: few(principalSets), actions: few<string>(service.actions), resources: from<Language | "none">(...service.universe), domain: domains });

export interface Question {
  readonly layers: Layers;
  readonly goal: Goal;
}

const demands: readonly Demand[] = ["refused", "denied", "not-denied", "allowed"];

/** Which layers are made at random for a goal of this layer. */
const made: Readonly<Record<Goal["layer"], readonly LayerName[]>> = {
  scp: ["scp"],
  rcp: ["rcp"],
  identity: ["identity"],
  boundary: ["boundary"],
  session: ["session"],
  resource: ["resource"],
  trust: ["trust"],
  decision: ["scp", "rcp", "identity", "boundary", "session", "resource", "trust"],
};

function questionsOf(layer: Goal["layer"], service: Service, conditions: Conditions, universe: fc.Arbitrary<Universe>): fc.Arbitrary<Question> {
  // What a resource grants by itself shows only where the principal's own policies don't allow it.
  const open = layer === "decision" ? 1 : 3;
  const identity = policies(service, conditions, "identity", open);
  const all: Record<LayerName, fc.Arbitrary<unknown>> = {
    scp: levels(service, conditions),
    rcp: levels(service, conditions),
    identity,
    boundary: identity,
    session: identity,
    resource: policies(service, conditions, "resource", open),
    trust: policies(service, conditions, "trust", open),
  };
  const wanted = made[layer].filter((name) => name !== "trust" || service === services.sts);
  const optional = wanted.map((name) => (layer === "decision" && name !== "identity" ? fc.option(all[name], { nil: undefined, freq: 1 }) : all[name]));
  return fc
    .record({ layers: fc.tuple(...optional), universe, demand: from(...demands), managementAccount: from(undefined, undefined, other) })
    .map(({ layers, universe: asked, demand, managementAccount }) => {
      const given = Object.fromEntries(wanted.flatMap((name, index) => (layers[index] === undefined ? [] : [[name, layers[index]]])));
      return { layers: { ...given, ...(managementAccount !== undefined && { managementAccount }) } as Layers, goal: { id: `${demand} by ${layer}`, layer, demand, universe: asked } };
    });
}

const ofLayer = (layer: Goal["layer"]): readonly Service[] => (layer === "trust" ? [services.sts] : Object.values(services));

/** @param layer the layer that the goal is about */
export function questions(layer: Goal["layer"]): fc.Arbitrary<Question> {
  const conditions = conditionsOn(keys);
  return fc.oneof(...ofLayer(layer).map((service) => questionsOf(layer, service, conditions, universeOf(service))));
}

/** Two keys with a few values each, and a few principals and resources: every request can be tried. */
const finite: readonly (Key & { readonly few: readonly string[] })[] = [
  { ...keyNamed("aws:PrincipalTag/t"), few: ["", "a", "A", "ab"] },
  { ...keyNamed("aws:CalledVia"), few: ["a.amazonaws.com", "b.amazonaws.com", "x"] },
  { ...keyNamed("aws:TagKeys"), few: ["fall-log", "f", "y"] },
  { ...keyNamed("s3:max-keys"), few: ["9", "10", "10.5", "11", "x"] },
  { ...keyNamed("aws:CurrentTime"), few: ["2025-12-31T23:59:59Z", "2026-01-01T00:00:00Z", "1767225601"] },
  { ...keyNamed("aws:SourceIp"), few: ["10.127.255.255", "10.128.0.0", "11.0.0.0", "2001:db8::1", "::1"] },
  { ...keyNamed("aws:SecureTransport"), few: ["true", "false"] },
  { ...keyNamed("aws:PrincipalArn"), few: [] },
];

function keyNamed(name: string): Key {
  return keys.find((key) => key.name === name)!;
}

const fewPrincipals: readonly PrincipalSet[] = [
  { kind: "role", arns: arnLike([role, `arn:aws:iam::${other}:role/fall/a`]) },
  { kind: "user", arns: arnLike([`arn:aws:iam::${own}:user/a`, `arn:aws:iam::${own}:user/:role/a`]) },
  { kind: "root", arns: arnLike([`arn:aws:iam::${own}:root`]) },
  { kind: "service", arns: text("a.amazonaws.com") },
];
const fewResources: Readonly<Record<string, Language>> = {
  s3: text("arn:aws:s3:::log", "arn:aws:s3:::log/a", "arn:aws:s3:::log-"),
  sqs: text(`arn:aws:sqs:us-east-1:${own}:fall-a`, `arn:aws:sqs:us-east-1:${other}:fall-`),
  kms: text(`arn:aws:kms:us-east-1:${own}:key/a`, `arn:aws:kms:us-east-1:${other}:key/b`),
  sts: text(`arn:aws:iam::${own}:role/fall/a`, `arn:aws:iam::${other}:role/b`),
};

export const smallQuestions: fc.Arbitrary<Question> = fc.uniqueArray(from(...finite), { minLength: 1, maxLength: 2 }).chain((chosen) => {
  const conditions = conditionsOn(chosen);
  const domain = fc.tuple(...chosen.map(({ few, domains: [first] }) => fc.tuple(from("always" as const, "either" as const), fc.boolean()).map(([presence, cut]): KeyDomain =>
    few.length === 0 ? first! : free(presence, first?.kind === "free" && first.many, text(...(cut ? few.slice(1) : few))))));
  const domainIn = domain.map((each) => {
    const byName = new Map(chosen.map(({ name }, index) => [name.toLowerCase(), each[index]!]));
    return (key: string, kind: Principal["kind"]): KeyDomain => (kind === "service" && key === "aws:principalarn" ? absent : (byName.get(key) ?? absent));
  });
  return from("scp", "rcp", "identity", "resource", "decision", "decision").chain((layer) =>
    fc.oneof(...Object.entries(services).map(([name, service]) =>
      questionsOf(layer as Goal["layer"], service, conditions, fc.record({ principals: few(fewPrincipals), actions: few<string>(service.actions), resources: from(fewResources[name]!), domain: domainIn })))));
});

/** Who grants what to whom, and nothing else: each layer is not there, empty, or one statement on everything. */
export const grants: fc.Arbitrary<Question> = from(...Object.entries(services)).chain(([name, service]) => {
  const one = (statement: Statement): readonly Policy[] => [{ name: "only", document: document(statement) }];
  const own: fc.Arbitrary<readonly Policy[] | undefined> = from(undefined, [], [], one(everything), one(everything), one({ ...everything, Effect: "Deny" }));
  const byPrincipal = fc.tuple(from("Allow" as const, "Allow" as const, "Deny" as const), from(...identified), from(...spared), fc.nat(3)).map(([Effect, named, but, which]) =>
    one({ Effect, Action: "*", Resource: "*", ...(Effect === "Deny" && which === 0 ? { NotPrincipal: but } : { Principal: named }) }));
  const granted = fc.oneof(from<readonly Policy[] | undefined>(undefined, []), byPrincipal, byPrincipal);
  const layers = fc.record({ identity: own, boundary: own, session: own, resource: granted, ...(name === "sts" && { trust: granted }) });
  return fc.record({ layers, principals: few(fewPrincipals), actions: few<string>(service.actions), resources: from(fewResources[name]!), demand: from(...demands) }).map(({ layers: given, demand, ...rest }) => ({
    layers: Object.fromEntries(Object.entries(given).filter(([, policies]) => policies !== undefined)) as Layers,
    goal: { id: `${demand} by decision`, layer: "decision" as const, demand, universe: { ...rest, domain: () => absent } },
  }));
});
