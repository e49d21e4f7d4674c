/** The command itself, on files. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { evaluate, type Policy, type PolicyDocument } from "../../policy-pack/evaluator";
import referenceActions from "../../policy-pack/prover/examples/reference-actions.json";
import referenceLock from "../../policy-pack/prover/examples/reference-lock.json";
import { layersOf } from "./policies";
import type { Summary, Verdict } from "./report";

const root = join(__dirname, "..", "..");
const examples = join(root, "policy-pack", "prover", "examples");
const folder = mkdtempSync(join(tmpdir(), "prove-"));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
/** A file with this in it; text as it is, all else as JSON. */
function file(content: unknown): string {
  const path = join(folder, `${++files}.json`);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

function prove(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--require", join(root, "commands", "register.js"), join(root, "commands", "prove.ts"), ...args], { encoding: "utf8", cwd: folder, maxBuffer: 1 << 28 });
  return { status, stdout, stderr };
}

function proveJson(...args: readonly string[]) {
  const { status, stdout, stderr } = prove(...args, "--json");
  if (stdout === "") throw new Error(stderr);
  return { status, ...(JSON.parse(stdout) as { goals: readonly Verdict[]; summary: Summary }) };
}

const deny = (more: object = {}) => ({ Sid: "A", Effect: "Deny", Action: "ec2:DeleteFlowLogs", Resource: "*", ...more });
const policy = (...Statement: readonly object[]) => ({ Version: "2012-10-17", Statement });
const flowLogs = () => file([{ action: "ec2:DeleteFlowLogs", resource: "*" }]);
const exempt = "arn:aws:iam::????????????:role/fall/break-glass";

describe("verdicts", () => {
  test("proved is exit 0, one line a goal", () => {
    const { status, stdout, stderr } = prove("--scp", file(policy(deny())), "--actions", flowLogs());
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toBe("proved        scp  ec2:DeleteFlowLogs  *\n1 goal: 1 proved, 0 with a hole, 0 not provable\n");
  });

  test("a hole is exit 1, with the request and the statements it walked past", () => {
    const { status, goals, summary } = proveJson("--scp", file(policy(deny({ Condition: { StringNotLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/fall/*" } } }))), "--exempt", "arn:aws:iam::*:role/fall/*", "--actions", flowLogs());
    expect(status).toBe(1);
    expect(summary).toEqual({ goals: 1, proved: 0, holes: 1, notProvable: 0 });
    const [{ verdict, action, resource, request, trail }] = goals as [Verdict];
    expect({ verdict, action, resource }).toEqual({ verdict: "hole", action: "ec2:DeleteFlowLogs", resource: "*" });
    // A user whose path holds what the pattern says, which a text's `*` takes and an ARN's does not.
    expect(request?.principal).toMatch(/^arn:aws:iam::\d{12}:[^:]*:role\/fall\//);
    expect(request).toMatchObject({ action: "ec2:DeleteFlowLogs", context: { "aws:PrincipalArn": request?.principal } });
    expect(request?.resource).toMatch(/^arn:aws:ec2:.*:vpc-flow-log\//);
    expect(trail).toContainEqual(expect.objectContaining({ sid: "A", effect: "Deny", matched: false, because: expect.stringContaining("aws:PrincipalArn") }));
  });

  test("not provable is exit 3 with the reason, unless there is a hole too", () => {
    const variable = file(policy(deny({ Condition: { StringNotEquals: { "aws:PrincipalTag/team": "${aws:PrincipalAccount}" } } })));
    const { status, goals } = proveJson("--scp", variable, "--actions", flowLogs());
    expect(status).toBe(3);
    expect(goals[0]).toMatchObject({ verdict: "not-provable", reason: expect.stringMatching(/./) });
    const both = file([{ action: "ec2:DeleteFlowLogs", resource: "*" }, { action: "ec2:CreateFlowLogs", resource: "*" }]);
    expect(proveJson("--scp", variable, "--actions", both).status).toBe(1);
  });

  test("keys are spelt as AWS does, tags as the policy does, absent ones are named", () => {
    const scp = file(policy(deny({ Condition: { Null: { "AWS:resourcetag/Fall-Log": "false" }, ArnNotLike: { "AWS:PRINCIPALARN": exempt } } })));
    const { goals } = proveJson("--scp", scp, "--exempt", exempt, "--actions", flowLogs());
    expect(goals[0]?.request?.absent).toEqual(["aws:ResourceTag/Fall-Log"]);
    expect(Object.keys(goals[0]?.request?.context ?? {})).toEqual(["aws:PrincipalArn"]);
  });

  test("management and the exempt are left out, everyone else is not", () => {
    const scp = (arns: readonly string[]) => file(policy(deny({ Condition: { ArnNotLike: { "aws:PrincipalArn": arns } } })));
    const management = ["arn:aws:iam::111111111111:*", "arn:aws:sts::111111111111:*"];
    expect(prove("--scp", scp([exempt]), "--exempt", exempt, "--actions", flowLogs()).status).toBe(0);
    expect(prove("--scp", scp([exempt]), "--actions", flowLogs()).status).toBe(1);
    expect(prove("--scp", scp([exempt, ...management]), "--exempt", exempt, "--management", "111111111111", "--actions", flowLogs()).status).toBe(0);
    expect(prove("--scp", scp([exempt, ...management]), "--exempt", exempt, "--actions", flowLogs()).status).toBe(1);
  });

  test("wildcards in a resource mean every such resource", () => {
    const scp = file(policy(deny({ Action: "s3:*", Resource: ["arn:aws:s3:::logs-*", "arn:aws:s3:::logs-*/*"] })));
    const on = (resource: string) => proveJson("--scp", scp, "--actions", file([{ action: "s3:PutBucketPolicy", resource }]));
    expect(on("arn:aws:s3:::logs-?-*").status).toBe(0);
    expect(on("arn:aws:s3:::log*").goals[0]?.request?.resource).toMatch(/^arn:aws:s3:::log(?!s-)/);
    expect(on("*").status).toBe(1);
  });

  test("several files are one level; an Allow takes FullAWSAccess's place", () => {
    const actions = file([{ action: "ec2:DeleteFlowLogs", resource: "*" }, { action: "sqs:PurgeQueue", resource: "*" }]);
    const [flow, purge] = [file(policy(deny())), file(policy(deny({ Action: "sqs:PurgeQueue" })))];
    expect(prove("--scp", flow, "--scp", purge, "--actions", actions).status).toBe(0);
    expect(prove("--scp", flow, purge, "--actions", actions).status).toBe(0);
    expect(prove("--scp", flow, "--actions", actions).status).toBe(1);
    expect(prove("--scp", file(policy({ Effect: "Allow", Action: "s3:*", Resource: "*" })), "--actions", actions).status).toBe(0);
    expect(prove("--scp", file(policy({ Effect: "Allow", NotAction: "sqs:*", Resource: "*" })), "--actions", actions).status).toBe(1);
  });

  test("any form that IAM takes is read", () => {
    const one = { Version: "2012-10-17", Statement: deny({ Action: ["EC2:deleteflowlogs"], Resource: ["*"] }) };
    expect(prove("--scp", file(one), "--actions", flowLogs()).status).toBe(0);
    expect(prove("--scp", file(`\uFEFF${JSON.stringify({ Statement: [{ Effect: "Deny", NotAction: ["s3:*"], NotResource: "arn:aws:s3:::*" }] })}`), "--actions", flowLogs()).status).toBe(0);
  });

  test("with RCPs, outsiders and services acting for them are goals of their own, of services that RCPs bind", () => {
    const actions = file([{ action: "s3:PutBucketPolicy", resource: "arn:aws:s3:::logs-*" }, { action: "ec2:DeleteFlowLogs", resource: "*" }]);
    const scp = file(policy(deny({ Action: ["s3:*", "ec2:*"] })));
    const outsiders = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*", Condition: { StringNotEqualsIfExists: { "aws:PrincipalOrgID": "o-ours" }, BoolIfExists: { "aws:PrincipalIsAWSService": "false" } } };
    const services = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*", Condition: { StringNotEqualsIfExists: { "aws:SourceOrgID": "o-ours" }, Null: { "aws:SourceAccount": "false" }, Bool: { "aws:PrincipalIsAWSService": "true" } } };
    const verdicts = (...statements: readonly object[]) => proveJson("--scp", scp, "--rcp", file(policy(...statements)), "--actions", actions).goals.map(({ id, verdict }) => `${id}: ${verdict}`);
    expect(verdicts(outsiders, services)).toEqual([
      "scp s3:PutBucketPolicy arn:aws:s3:::logs-*: proved",
      "scp ec2:DeleteFlowLogs *: proved",
      "rcp outsiders s3:PutBucketPolicy arn:aws:s3:::logs-*: proved",
      "rcp services s3:PutBucketPolicy arn:aws:s3:::logs-*: proved",
    ]);
    expect(verdicts(outsiders).slice(2)).toEqual(["rcp outsiders s3:PutBucketPolicy arn:aws:s3:::logs-*: proved", "rcp services s3:PutBucketPolicy arn:aws:s3:::logs-*: hole"]);
    expect(verdicts(services).slice(2)).toEqual(["rcp outsiders s3:PutBucketPolicy arn:aws:s3:::logs-*: hole", "rcp services s3:PutBucketPolicy arn:aws:s3:::logs-*: proved"]);
  });
});

describe("the reference lock", () => {
  const stackSets = "arn:aws:iam::*:role/stacksets-exec-*";
  const args = ["--scp", join(examples, "reference-lock.json"), "--exempt", stackSets, "--management", "111111111111"];
  const holes = [
    "elasticloadbalancing:ModifyLoadBalancerAttributes",
    "s3:PutBucketLogging",
    "logs:DeleteDelivery",
    "logs:DeleteDeliverySource",
    "kms:ScheduleKeyDeletion",
    "kms:PutKeyPolicy",
    "iam:CreateRole",
  ];

  test("is refused by the catalogue", () => {
    const { status, goals } = proveJson(...args);
    expect(status).toBe(1);
    for (const action of holes) expect(goals.filter((goal) => goal.action === action && goal.verdict === "hole").length).toBeGreaterThan(0);
    expect(goals.filter(({ verdict }) => verdict === "proved").map(({ action }) => action)).toEqual(["ec2:DeleteFlowLogs"]);
    expect(new Set(goals.map(({ id }) => id)).size).toBe(goals.length);
  });

  test("lets a member make the role that it exempts, and CloudFormation call on anybody's behalf", () => {
    const { goals, summary } = proveJson(...args, "--actions", join(examples, "reference-actions.json"));
    expect(summary).toEqual({ goals: referenceActions.length, proved: 1, holes: referenceActions.length - 1, notProvable: 0 });
    const request = (action: string) => goals.find((goal) => goal.action === action)?.request;
    expect(request("iam:CreateRole")?.resource).toMatch(/^arn:aws:iam::\d{12}:role\/stacksets-exec-/);
    expect(request("lambda:UpdateFunctionCode")?.context["aws:CalledVia"]).toEqual(["cloudformation.amazonaws.com"]);
    expect(request("s3:PutBucketPolicy")?.context["aws:CalledVia"]).toEqual(["cloudformation.amazonaws.com"]);
  });

  test("every hole is a request that the evaluator lets through", () => {
    const { goals } = proveJson(...args);
    const lock: Policy = { name: "reference", document: referenceLock as PolicyDocument };
    for (const { request } of goals.filter(({ verdict }) => verdict === "hole")) {
      const { principal: arn, action, resource, context } = request!;
      const account = arn.split(":")[4]!;
      const kind = arn.includes(":role/") ? "role" : arn.endsWith(":root") ? "root" : "user";
      const principal = { kind, account, arn, sessionArn: arn } as Parameters<typeof evaluate>[0]["principal"];
      const { layers } = evaluate({ principal, action, resource, resourceAccount: account, context }, layersOf([lock], [], "111111111111"));
      expect({ action, verdict: layers.scp.verdict }).toEqual({ action, verdict: "allowed" });
    }
  });
});

describe("bad input is one line, exit 2 and nothing on standard output", () => {
  const good = file(policy(deny()));
  test.each<[string, readonly string[], RegExp]>([
    ["no policy", [], /^no --scp is given: /],
    ["an unknown option", ["--scp", good, "--sid", "x"], /^unknown option --sid: prove /],
    ["an argument without a name", [good], /^unexpected argument /],
    ["no such file", ["--scp", "nowhere.json"], /^--scp nowhere.json can't be read \(there is no such file\): a service control policy/],
    ["a directory", ["--scp", folder], /can't be read \(it is a directory\)/],
    ["no JSON", ["--scp", file("Deny\neverything\n{")], /is not JSON \(.*\): a service control policy as JSON is allowed/],
    ["an empty file", ["--scp", file("")], /is not JSON/],
    ["other JSON", ["--scp", file([1])], /is not a policy/],
    ["no statement", ["--scp", file({ Version: "2012-10-17", Statement: [] })], /has no Statement/],
    ["another element", ["--scp", file({ ...policy(deny()), Statements: [] })], /"Statements"/],
    ["another version", ["--scp", file({ ...policy(deny()), Version: "2024-01-01" })], /"2024-01-01"/],
    ["another element of a statement", ["--scp", file(policy(deny({ Conditions: {} })))], /"Conditions", in statement A/],
    ["no effect", ["--scp", file(policy({ Action: "*", Resource: "*" }))], /neither "Allow" nor "Deny", in statement number 1/],
    ["no resource", ["--scp", file(policy({ Effect: "Deny", Action: "*" }))], /neither Resource nor NotResource/],
    ["both actions", ["--scp", file(policy(deny({ NotAction: "s3:*" })))], /both Action and NotAction/],
    ["an action without a service", ["--scp", file(policy(deny({ Action: "DeleteFlowLogs" })))], /"DeleteFlowLogs"/],
    ["a resource that is no ARN", ["--scp", file(policy(deny({ Resource: "logs" })))], /"logs"/],
    ["a number for a resource", ["--scp", file(policy(deny({ Resource: 1 })))], /neither a text nor a list of texts/],
    ["a Principal", ["--scp", file(policy(deny({ Principal: "*" })))], /has a Principal, which no service control policy has/],
    ["an unknown operator", ["--scp", file(policy(deny({ Condition: { StringIs: { "aws:PrincipalArn": "x" } } })))], /"StringIs"/],
    ["a key without a service", ["--scp", file(policy(deny({ Condition: { StringLike: { PrincipalArn: "x" } } })))], /"PrincipalArn"/],
    ["no Principal in an RCP", ["--scp", good, "--rcp", good], /--rcp .* has a Principal other than "\*"/],
    ["an Allow in an RCP", ["--scp", good, "--rcp", file(policy(deny({ Effect: "Allow", Principal: "*" })))], /RCPFullAWSAccess/],
    ["NotAction in an RCP", ["--scp", good, "--rcp", file(policy({ Effect: "Deny", Principal: "*", NotAction: "s3:*", Resource: "*" }))], /NotAction/],
    ["every service in an RCP", ["--scp", good, "--rcp", file(policy(deny({ Action: "*", Principal: "*" })))], /names no service/],
    ["an account id", ["--scp", good, "--management", "123"], /"123": an account id of 12 digits is allowed/],
    ["an exempt name", ["--scp", good, "--exempt", "break-glass"], /"break-glass", which is no ARN: an ARN pattern such as/],
    ["an exempt account", ["--scp", good, "--exempt", "arn:aws:iam::1234:role/x"], /no account of 12 digits/],
    ["an exempt session", ["--scp", good, "--exempt", "arn:aws:sts::*:assumed-role/x/y"], /a session's ARN/],
    ["an exempt bucket", ["--scp", good, "--exempt", "arn:aws:s3:::x"], /no ARN of IAM or STS/],
    ["an exempt policy", ["--scp", good, "--exempt", "arn:aws:iam::*:policy/x"], /neither a role/],
    ["no actions", ["--scp", good, "--actions", file([])], /is empty/],
    ["no array", ["--scp", good, "--actions", file({})], /is not an array/],
    ["an action that is none", ["--scp", good, "--actions", file([{ action: "ec2:DeleteFlowLog", resource: "*" }])], /entry 1 has the action "ec2:DeleteFlowLog"/],
    ["an action with a wildcard", ["--scp", good, "--actions", file([{ action: "ec2:*", resource: "*" }])], /entry 1 has the action "ec2:\*"/],
    ["an entry without a resource", ["--scp", good, "--actions", file([{ action: "ec2:DeleteFlowLogs" }])], /entry 1 is /],
    ["a resource of another kind", ["--scp", good, "--actions", file([{ action: "ec2:DeleteFlowLogs", resource: "arn:aws:s3:::x" }])], /never called: "\*" or of the form arn:aws:ec2:/],
    ["a resource where there is none", ["--scp", good, "--actions", file([{ action: "logs:DeleteLogDelivery", resource: "arn:aws:logs:*:*:x" }])], /takes no resource/],
  ])("%s", (_, args, line) => {
    const { status, stdout, stderr } = prove(...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(/^[^\n]+\n$/);
    expect(stderr).toMatch(line);
  });

  test("--help is no bad input", () => {
    expect(prove("--help")).toMatchObject({ status: 0, stdout: expect.stringContaining("FullAWSAccess") });
  });
});
