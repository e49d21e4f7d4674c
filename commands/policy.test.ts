import { type Analyzer, type Finding, type Resource, startAnalyzer } from "./policy";
import { line } from "./policy";
import { templateGraph } from "./policy/template-graph";

/** The real pack in its own process. */
let analyzer: Analyzer;
beforeAll(async () => {
  analyzer = await startAnalyzer();
}, 60_000);
afterAll(() => analyzer.stop());

const resource = (type: string, name: string, props: Record<string, unknown>, more: Partial<Resource> = {}): Resource => ({
  urn: `urn:pulumi:management::elsewhere::${type}::${name}`, type, name, props, protect: true, ...more,
});
const scp = (content: unknown) => resource("aws:organizations/policy:Policy", "lock", { type: "SERVICE_CONTROL_POLICY", content });
const deny = (more: object = {}) => ({ Sid: "A", Effect: "Deny", Action: "s3:DeleteBucket", Resource: "*", ...more });
const document = (...statements: readonly object[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });
const provider = resource("pulumi:providers:aws", "management", { allowedAccountIds: '["111111111111"]' });

const named = (found: readonly Finding[]) => found.map(({ level, policy, resource: urn }) => [level, policy, urn.split("::").at(-1)]);

test("finds nothing in a stack that keeps the rules", async () => {
  expect(await analyzer.analyze([provider, { ...scp(document(deny())), provider: provider.urn }])).toEqual([]);
}, 60_000);

test("judges a resource alone, the stack together, and what is inside a template", async () => {
  const template = JSON.stringify({ Resources: { Vpc: { Type: "AWS::Lambda::Function", Properties: { Runtime: "nodejs18.x", Architectures: ["arm64"] } } } });
  const found = await analyzer.analyze([
    scp(document(deny({ Condition: { Bool: { "aws:ViaAWSService": "false" } } }))),
    resource("aws:s3/bucketObjectv2:BucketObjectv2", "template", { bucket: "code", key: "regional.json", content: template }),
    resource("aws:s3/bucket:Bucket", "logs", { bucket: "logs" }, { protect: false }),
  ]);
  expect(named(found)).toEqual([
    ["mandatory", "condition-keys-forbidden", "lock"],
    ["mandatory", "lambda-runtime", "template"],
    ["mandatory", "buckets-block-public-access", "logs"],
    ["mandatory", "buckets-encrypted", "logs"],
    ["mandatory", "buckets-have-policy", "logs"],
    ["mandatory", "buckets-owner-enforced", "logs"],
    ["mandatory", "buckets-versioned", "logs"],
    ["mandatory", "functions-failure-destination", "template"],
    ["mandatory", "resources-protected", "logs"],
  ]);
  expect(found[1]?.message).toContain("Vpc (AWS::Lambda::Function) in the template: Its runtime is nodejs18.x");
}, 60_000);

test("an unknown document stays mandatory", async () => {
  expect(named(await analyzer.analyze([scp("04da6b54-80e4-46f7-96ec-b56ff0331ba9")]))).toEqual([["mandatory", "documents-known", "lock"]]);
}, 60_000);

test("a template's resources are judged as a stack of their own", async () => {
  const graph = templateGraph("regional", {
    AWSTemplateFormatVersion: "2010-09-09",
    Description: "",
    Resources: { Rule: { Type: "AWS::Events::Rule", Properties: { Targets: [{ Id: "enforcer", Arn: { "Fn::GetAtt": ["Vpc", "Arn"] } }] } } },
  });
  expect(named(await analyzer.analyze(graph))).toEqual([["mandatory", "event-targets-dead-letter", "Rule"]]);
}, 60_000);

test("a stack of ours that hands over no configuration is proven nothing, and says so", async () => {
  const ours = { ...scp(document(deny())), urn: "urn:pulumi:management::fall::aws:organizations/policy:Policy::lock" };
  expect((await analyzer.analyze([ours])).map(({ policy, message }) => [policy, message.includes("the stack has no fall: configuration")])).toContainEqual(["owned-resources-denied", true]);
}, 60_000);

test("a finding is one line", () => {
  const finding: Finding = { level: "mandatory", policy: "scp-quota", resource: "urn:pulumi:management::fall::a$aws:organizations/policy:Policy::lock", message: "Too long." };
  expect(line(finding)).toBe("mandatory  scp-quota  lock (aws:organizations/policy:Policy)  Too long.");
});

test("a pack that does not start says why", async () => {
  await expect(startAnalyzer({ folder: __dirname })).rejects.toThrow(/the policy pack ended with code .* before it listened/);
}, 60_000);
