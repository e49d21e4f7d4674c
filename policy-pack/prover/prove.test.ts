import * as fc from "fast-check";
import { evaluate, type Layers, type Policy, type Statement } from "../evaluator";
import { makeProver, sentence, type Answer, type Goal, type KeyDomain, type Language, type Universe } from "./index";

const text = (...like: string[]): Language => ({ reading: "text", like });
const policy = (name: string, ...Statement: Statement[]): Policy => ({ name, document: { Version: "2012-10-17", Statement } });
const everything: Statement = { Sid: "All", Effect: "Allow", Action: "*", Resource: "*" };
const full = policy("FullAWSAccess", everything);
const linked = "arn:aws:iam::*:role/aws-service-role/*";
const anyRole = { reading: "arn" as const, like: ["arn:aws:iam::????????????:role/*"] };
const roles = { ...anyRole, unlike: [linked] };
const either = (values = text("*"), many = false): KeyDomain => ({ kind: "free", presence: "either", many, values });
const keys: Readonly<Record<string, KeyDomain>> = { "aws:principalarn": { kind: "principal-arn" }, "aws:principalaccount": { kind: "principal-account" }, "aws:resourceaccount": { kind: "resource-account" }, "aws:calledvia": either(text("*.amazonaws.com"), true) };
const universe = (over: Partial<Universe> = {}): Universe => ({ principals: [{ kind: "role", arns: roles }], actions: ["ec2:DeleteFlowLogs"], resources: "none", domain: (key) => keys[key] ?? either(), ...over });
const goal = (over: Partial<Goal> = {}): Goal => ({ id: "g", layer: "scp", demand: "denied", universe: universe(), ...over });
const deny = (over: Partial<Statement> = {}): Statement => ({ Sid: "Lock", Effect: "Deny", Action: "ec2:DeleteFlowLogs", Resource: "*", ...over });
const scp = (...statements: Statement[]): Layers => ({ scp: [[full, policy("lock", ...statements)]] });

/** The hole of an answer, which the evaluator must agree on. */
function holeOf(answer: Answer, layers: Layers) {
  if (answer.verdict !== "hole") throw new Error(sentence(answer));
  const { decision, layers: verdicts } = evaluate(answer.hole.request, layers);
  const { layer, demand } = answer.goal;
  const struck = layer === "decision" ? Object.values(verdicts).some(({ verdict }) => verdict === "explicit-deny") : verdicts[layer].verdict === "explicit-deny";
  const refused = layer === "decision" ? decision === "denied" : verdicts[layer].verdict.endsWith("deny");
  expect({ denied: !struck, "not-denied": struck, refused: !refused, allowed: refused }[demand]).toBe(true);
  return answer.hole;
}

test("what is denied to all is proved; nothing is proved of no request at all", () => {
  const prove = makeProver(scp(deny()));
  expect(prove(goal())).toMatchObject({ verdict: "proved" });
  expect(prove(goal())).not.toHaveProperty("vacuous");
  const ofNobody = prove(goal({ universe: universe({ principals: [{ kind: "role", arns: { reading: "arn", like: ["arn:aws:iam::1:role/*"] } }] }) }));
  expect(ofNobody).toMatchObject({ verdict: "proved", vacuous: true });
  expect(sentence(ofNobody)).toBe("proved, of no request at all");
});

test("a hole is a request with all that matters, in one line, and the statements that it walked past", () => {
  const layers = scp(deny({ Condition: { ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/fall/*" }, "ForAnyValue:StringEquals": { "aws:CalledVia": ["cloudformation.amazonaws.com"] } } }), deny({ Sid: "Other", Action: undefined, NotAction: "ec2:*" }));
  const answer = makeProver(layers)(goal());
  const { request, absent, trail } = holeOf(answer, layers);
  expect(request).toEqual({
    principal: { kind: "role", account: "000000000000", arn: "arn:aws:iam::000000000000:role/x", sessionArn: "arn:aws:sts::000000000000:assumed-role/x/session" },
    action: "ec2:DeleteFlowLogs",
    resource: "*",
    resourceAccount: "000000000000",
    context: { "aws:PrincipalArn": "arn:aws:iam::000000000000:role/x" },
  });
  expect(absent).toEqual(["aws:CalledVia"]);
  expect(trail).toEqual([
    { policy: "FullAWSAccess", sid: "All", effect: "Allow", matched: true, because: "resource * is within Resource *" },
    { policy: "lock", sid: "Lock", effect: "Deny", matched: false, because: "aws:CalledVia is absent, so ForAnyValue:StringEquals cloudformation.amazonaws.com fails" },
    { policy: "lock", sid: "Other", effect: "Deny", matched: false, because: "ec2:DeleteFlowLogs is spared by its NotAction" },
  ]);
  expect(sentence(answer)).toBe('arn:aws:iam::000000000000:role/x calls ec2:DeleteFlowLogs on no resource with aws:PrincipalArn = "arn:aws:iam::000000000000:role/x", aws:CalledVia absent');
});

test("the text reading of an exemption lets a path with a colon through, the ARN-wise one does not", () => {
  const users: Universe["principals"] = [{ kind: "user", arns: { reading: "arn", like: ["arn:aws:iam::123456789012:user/*"] } }];
  const lock = (operator: string) => scp(deny({ Condition: { [operator]: { "aws:PrincipalArn": "arn:aws:iam::*:role/fall/x" } } }));
  const asked = goal({ universe: universe({ principals: users }) });
  expect(holeOf(makeProver(lock("StringNotLike"))(asked), lock("StringNotLike")).request.principal.arn).toBe("arn:aws:iam::123456789012:user/:role/fall/x");
  expect(makeProver(lock("ArnNotLike"))(asked).verdict).toBe("proved");
});

test("an account has twelve digits, so that question marks and a star exempt the same", () => {
  const layers = scp(deny({ Condition: { ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/fall/*" } } }));
  const but = { ...roles, unlike: [linked, "arn:aws:iam::????????????:role/fall/*"] };
  expect(makeProver(layers)(goal({ universe: universe({ principals: [{ kind: "role", arns: but }] }) })).verdict).toBe("proved");
});

test.each<[what: string, statements: readonly Statement[], verdict: Answer["verdict"], reason: string]>([
  ["a variable that decides", [deny({ Condition: { StringEqualsIfExists: { "aws:PrincipalTag/a": "${aws:username}" } } })], "not-provable", "lock/Lock: policy variable ${aws:username} for aws:PrincipalTag/a"],
  ["a variable that decides nothing", [deny({ Condition: { StringEquals: { "aws:PrincipalTag/a": "${aws:username}" } } }), deny()], "proved", ""],
  ["a variable that is beside a hole", [deny({ Condition: { StringEquals: { "aws:PrincipalTag/a": "${aws:username}" }, Bool: { "aws:SecureTransport": "true" } } })], "hole", ""],
  ["an escape is no variable", [deny({ Condition: { StringLike: { "aws:PrincipalTag/a": "${*}" } } })], "hole", ""],
  ["a variable in a resource", [deny({ Resource: ["arn:aws:ec2:::${aws:username}", "x"] })], "not-provable", "lock/Lock: policy variable ${aws:username} in its resources"],
  ["several values without a set operator", [deny({ Condition: { StringEqualsIfExists: { "aws:CalledVia": "a.amazonaws.com" } } })], "not-provable", "several values"],
  ["... where the key is absent it is clear", [deny({ Condition: { StringEquals: { "aws:CalledVia": "a.amazonaws.com" } } })], "hole", ""],
  ["an operator that IAM does not know", [deny(), deny({ Condition: { StringSimilar: { a: "b" } } })], "not-provable", 'lock/Lock: condition operator "StringSimilar" is not one of IAM\'s'],
  ["... nor one that ends as one of them does", [deny(), deny({ Condition: { "String\nNumericEquals": { a: "1" } } })], "not-provable", "is not one of IAM's"],
  ["... in a statement for other actions", [deny(), deny({ Action: "s3:*", Condition: { StringSimilar: { a: "b" } } })], "proved", ""],
  ["principals where none can be named", [deny({ Principal: { AWS: "111111111111" } })], "not-provable", "names no principals"],
])("%s: %#", (_, statements, verdict, reason) => {
  const answer = makeProver(scp(...statements))(goal({ universe: universe({ resources: reason.includes("resources") ? text("arn:aws:ec2:::*") : "none" }) }));
  expect(answer.verdict).toBe(verdict);
  if (answer.verdict === "not-provable") expect(answer.reason).toContain(reason);
  if (verdict === "hole") holeOf(answer, scp(...statements));
});

test("what goes wrong in a goal is no answer", () => {
  const unknown = universe({ domain: (key) => { throw new Error(`no domain for ${key}`); } });
  expect(() => makeProver(scp(deny({ Condition: { Bool: { "aws:SecureTransport": "true" } } })))(goal({ universe: unknown }))).toThrow("no domain for aws:securetransport");
});

test("before 2012-10-17 a variable is plain text", () => {
  const document = { Statement: deny({ Condition: { StringNotEquals: { "aws:PrincipalTag/a": "${aws:username}" } } }) };
  const layers = { scp: [[full, { name: "old", document }]] };
  expect(holeOf(makeProver(layers)(goal()), layers).request.context).toEqual({ "aws:PrincipalTag/a": "${aws:username}" });
});

test("control policies do not bind the management account, service-linked roles and services", () => {
  const layers = { ...scp(deny()), managementAccount: "999999999999" };
  expect(holeOf(makeProver(layers)(goal()), layers).request.principal.account).toBe("999999999999");
  const but = (...unlike: string[]) => goal({ universe: universe({ principals: [{ kind: "role", arns: { ...anyRole, unlike } }] }) });
  expect(holeOf(makeProver(layers)(but("arn:aws:iam::999999999999:role/*")), layers).request.principal.arn).toBe("arn:aws:iam::000000000000:role/aws-service-role/x");
  expect(makeProver(layers)(but("arn:aws:iam::999999999999:role/*", linked)).verdict).toBe("proved");
  const service = goal({ universe: universe({ principals: [{ kind: "service", arns: text("s3.amazonaws.com") }] }) });
  holeOf(makeProver(layers)(service), layers);
});

test("each level has to allow", () => {
  const layers: Layers = { scp: [[full], [policy("list", { ...everything, Sid: "List", Action: "s3:*" })]] };
  expect(makeProver(layers)(goal({ demand: "refused" })).verdict).toBe("proved");
  const { trail } = holeOf(makeProver(layers)(goal({ demand: "allowed" })), layers);
  expect(trail.at(-1)).toEqual({ policy: "list", sid: "List", effect: "Allow", matched: false, because: "ec2:DeleteFlowLogs is not among its actions" });
});

const queue = (account: string) => text(`arn:aws:sqs:us-east-1:${account}:q`);
const send = (over: Partial<Universe>) => goal({ layer: "decision", demand: "refused", universe: universe({ actions: ["sqs:SendMessage"], ...over }) });
const open = policy("queue", { ...everything, Sid: "Open", Principal: { AWS: "arn:aws:iam::111111111111:root" } });

test("across accounts both sides have to allow, within one the account's own policies suffice", () => {
  const layers: Layers = { identity: [full], resource: [] };
  expect(holeOf(makeProver(layers)(send({ resources: queue("????????????") })), layers).request).toMatchObject({ principal: { account: "000000000000" }, resourceAccount: "000000000000" });
  const strangers = { reading: "arn" as const, like: ["arn:aws:iam::1???????????:role/*"] };
  expect(makeProver(layers)(send({ resources: queue("2???????????"), principals: [{ kind: "role", arns: strangers }] })).verdict).toBe("proved");
  expect(makeProver({ resource: [open], identity: [] })(send({ resources: queue("????????????") })).verdict).toBe("proved");
  const both: Layers = { resource: [open], identity: [full] };
  expect(holeOf(makeProver(both)(send({ resources: queue("222222222222"), principals: [{ kind: "role", arns: strangers }] })), both).request.principal.account).toBe("111111111111");
  // The owner of a bucket is not in its ARN.
  const bucket = goal({ layer: "decision", demand: "allowed", universe: universe({ actions: ["s3:GetObject"], resources: text("arn:aws:s3:::b/k") }) });
  const { principal, resourceAccount } = holeOf(makeProver({ identity: [full] })(bucket), { identity: [full] }).request;
  expect(resourceAccount).not.toBe(principal.account);
});

test("a session is named by its ARN, whatever the path of its role", () => {
  const names = policy("queue", { ...everything, Principal: { AWS: "arn:aws:sts::111111111111:assumed-role/deploy/one" } });
  const layers: Layers = { resource: [names] };
  const asked = (like: string) => ({ ...send({ resources: queue("111111111111"), principals: [{ kind: "role" as const, arns: { reading: "arn" as const, like: [like] } }] }), layer: "resource" as const });
  expect(holeOf(makeProver(layers)(asked("arn:aws:iam::*:role/fall/*")), layers).request.principal).toMatchObject({ arn: "arn:aws:iam::111111111111:role/fall/deploy", sessionArn: "arn:aws:sts::111111111111:assumed-role/deploy/one" });
  expect(makeProver(layers)(asked("arn:aws:iam::*:role/fall/other")).verdict).toBe("proved");
});

/** A prover that has learnt nothing from those before it. */
function ignorant(): typeof makeProver {
  let prover: { readonly makeProver: typeof makeProver } | undefined;
  jest.isolateModules(() => (prover = jest.requireActual("./index")));
  return prover!.makeProver;
}

test("an answer does not depend on what was asked before, whatever the budget", () => {
  const statements = ["a*", "*b?", "?*c*", "*a??????????"].map((value, index) => deny({ Sid: `S${index}`, Condition: { StringLike: { [`aws:PrincipalTag/${index % 2}`]: value }, ArnNotLike: { "aws:PrincipalArn": `arn:aws:iam::*:role/${value}` } } }));
  const goals = ["*", "a*", "*b*", "*a??????????*"].flatMap((like) => (["denied", "not-denied"] as const).map((demand) => goal({ id: `${like} ${demand}`, demand, universe: universe({ domain: (key) => keys[key] ?? { kind: "free", presence: "always", many: false, values: text(like) } }) })));
  fc.assert(
    fc.property(fc.shuffledSubarray(goals), fc.integer({ min: 1, max: 3000 }), (order, budget) => {
      const prove = makeProver(scp(...statements), { budget });
      for (const asked of order) expect(prove(asked)).toEqual(ignorant()(scp(...statements), { budget })(asked));
    }),
    { numRuns: 30 },
  );
});

test("a pathological pattern ends as not provable, with the budget", () => {
  const pattern = `*a${"?".repeat(60)}`;
  const layers = scp(deny({ Condition: { StringLikeIfExists: { "aws:PrincipalTag/a": [pattern, `*b${"?".repeat(50)}*`] } } }));
  const answer = makeProver(layers, { budget: 20_000 })(goal({ universe: universe({ domain: () => ({ kind: "free", presence: "either", many: false, values: text(`${pattern}*`) }) }) }));
  expect(answer).toMatchObject({ states: 20_000 });
  expect(sentence(answer)).toBe("not provable: out of budget: more than 20000 states visited");
});
