import fc from "fast-check";
import { sources } from "../../functions/sources";
import type { LogSource, WeakeningCall } from "../../functions/sources/log-source";
import { configurations, largest, ordinary } from "./configurations-for-tests";
import { exemptPrincipals } from "./exempt";
import { packed } from "./lock";
import type { Lock } from "./lock";
import { pascal } from "./lock-organization";
import { isWithin } from "./lock-sources";
import { minified } from "./policy";
import { attached, quotas } from "./quotas";
import { reasons, serviceControlConcerns, serviceControlPolicies } from "./service-control-policies";

const list = (value: string | readonly string[] | undefined): readonly string[] => (value === undefined ? [] : [value].flat());
const statements = serviceControlPolicies(ordinary).flatMap(({ document }) => document.Statement);
const glob = (pattern: string, text: string) =>
  new RegExp(`^${pattern.split("").map((char) => (char === "*" ? ".*" : char === "?" ? "." : char.replace(/\W/, "\\$&"))).join("")}$`, "is").test(text);

interface Request {
  readonly action: string;
  readonly resource: string;
  readonly principal?: string;
  readonly keys?: Readonly<Record<string, string>>;
}

const member = "arn:aws:iam::444444444444:role/Administrator";

/** Which statements deny a request; knows only the operators that the lock uses, and one value a key. */
function denying({ action, resource, principal = member, keys = {} }: Request): string[] {
  const value = (key: string) => (key === "aws:PrincipalArn" ? principal : keys[key]);
  const holds = (operator: string, key: string, wanted: readonly string[]): boolean => {
    const actual = value(key);
    if (operator === "Null") return (actual === undefined) === (wanted[0] === "true");
    const matched = actual !== undefined && wanted.some((pattern) => (/Arn/.test(operator) ? glob(pattern, actual) : pattern === actual));
    if (/Not/.test(operator)) return !matched;
    return /IfExists/.test(operator) && actual === undefined ? true : matched;
  };
  return statements
    .filter(({ Action, NotAction }) => (Action ? list(Action).some((one) => glob(one, action)) : !list(NotAction).some((one) => glob(one, action))))
    .filter(({ Resource }) => list(Resource).some((one) => glob(one, resource)))
    .filter(({ Condition = {} }) =>
      Object.entries(Condition).every(([operator, tests]) => Object.entries(tests).every(([key, wanted]) => holds(operator, key, list(wanted)))),
    )
    .map(({ Sid }) => Sid);
}

const iam = (account: string, path: string) => `arn:aws:iam::${account}:${path}`;
const enforcer = iam("444444444444", "role/fall/enforcer-vpc");
const stackSets = iam("444444444444", `role/stacksets-exec-${"0".repeat(32)}`);
const breakGlass = iam("333333333333", "role/fall/break-glass");
const administrator = iam("222222222222", "role/fall/LogArchive-Administrator");
const deployArchive = iam("222222222222", "role/fall/deploy-log-archive");
const deployDelegated = iam("333333333333", "role/fall/deploy-delegated");
const fn = "arn:aws:lambda:eu-central-1:444444444444:function:fall-enforcer-vpc";
const queue = "arn:aws:sqs:eu-central-1:444444444444:fall-dead-letters";
const bucket = "arn:aws:s3:::aws-fall-log-storage-222222222222-us-east-1";
const key = "arn:aws:kms:us-east-1:222222222222:key/1";

test.each<[string, Request]>([
  ["StackSetsOwnMembers", { action: "lambda:UpdateFunctionCode", resource: fn }],
  ["StackSetsOwnMembers", { action: "lambda:AnActionOfNextMonth", resource: fn }],
  ["StackSetsOwnMembers", { action: "lambda:PutFunctionConcurrency", resource: fn, principal: iam("444444444444", "root") }],
  ["StackSetsOwnMembers", { action: "lambda:CreateFunction", resource: `${fn}-next` }],
  ["StackSetsOwnMembers", { action: "events:PutTargets", resource: "arn:aws:events:eu-central-1:444444444444:rule/fall-vpc-events" }],
  ["StackSetsOwnMembers", { action: "sqs:PurgeQueue", resource: queue }],
  ["StackSetsOwnMembers", { action: "cloudformation:SetStackPolicy", resource: "arn:aws:cloudformation:us-east-1:444444444444:stack/StackSet-fall-regional-1/2" }],
  ["StackSetsOwnMembers", { action: "logs:PutRetentionPolicy", resource: "arn:aws:logs:us-east-1:444444444444:log-group:/aws/lambda/fall-enforcer-vpc:*" }],
  ["StackSetsOwnMembers", { action: "iam:PutRolePolicy", resource: enforcer, principal: deployDelegated }],
  ["StackSetsOwnMembers", { action: "iam:PassRole", resource: enforcer }],
  ["RedriveAloneInvokes", { action: "lambda:InvokeFunction", resource: fn }],
  ["RedriveAloneInvokes", { action: "sqs:ReceiveMessage", resource: queue }],
  ["EnforcersAloneReport", { action: "sqs:SendMessage", resource: queue }],
  ["ExemptRolesAreFixed", { action: "iam:CreateRole", resource: iam("444444444444", "role/fall/break-glass") }],
  ["ExemptRolesAreFixed", { action: "iam:UpdateAssumeRolePolicy", resource: stackSets, principal: stackSets }],
  ["ExemptRolesAreFixed", { action: "iam:PutRolePolicy", resource: deployArchive, principal: deployArchive }],
  ["ServicesAloneAssume", { action: "sts:AssumeRole", resource: enforcer }],
  ["ServicesAloneAssume", { action: "sts:AssumeRole", resource: stackSets, principal: breakGlass }],
  ["DeploymentAloneRedrives", { action: "sts:AssumeRole", resource: iam("444444444444", "role/fall/redrive") }],
  ["StacksOfOthersRunNoTemplate", { action: "cloudformation:UpdateStack", resource: "arn:aws:cloudformation:us-east-1:444444444444:stack/StackSet-theirs-1/2" }],
  [
    "DelegatedDeploysStackSets",
    { action: "cloudformation:CreateStackSet", resource: "*", principal: iam("333333333333", "role/Administrator"), keys: { "aws:PrincipalAccount": "333333333333" } },
  ],
  ["DelegatedOwnsNotices", { action: "s3:PutObject", resource: "arn:aws:s3:::fall-code-333333333333-us-east-1/exclusions.json" }],
  ["DelegatedOwnsNotices", { action: "events:RemovePermission", resource: "arn:aws:events:us-east-1:333333333333:event-bus/fall-outcomes" }],
  ["NotifierAloneReports", { action: "sqs:SendMessage", resource: "arn:aws:sqs:us-east-1:333333333333:fall-notifications", principal: deployDelegated }],
  ["BusKeepsItsPermissions", { action: "events:RemovePermission", resource: "*", keys: { "aws:PrincipalAccount": "333333333333", "aws:RequestedRegion": "us-east-1" } }],
  ["DefaultBusStaysReadable", { action: "events:UpdateEventBus", resource: "arn:aws:events:us-east-1:444444444444:event-bus/default" }],
  ["LogsAreDeliveredOnly", { action: "s3:UpdateObjectEncryption", resource: `${bucket}/AWSLogs/a`, principal: deployArchive }],
  ["NotifierAloneReceives", { action: "dynamodb:UpdateItem", resource: "arn:aws:dynamodb:us-east-1:333333333333:table/fall-status" }],
  ["NotifierAloneReadsWebhooks", { action: "secretsmanager:GetSecretValue", resource: "arn:aws:secretsmanager:us-east-1:333333333333:secret:fall/webhook/a-AbCdEf", principal: deployDelegated }],
  ["EnforcersAlonePutOutcomes", { action: "events:PutEvents", resource: "arn:aws:events:us-east-1:333333333333:event-bus/fall-outcomes" }],
  ["NotifierKeepsItsQueue", { action: "lambda:DeleteEventSourceMapping", resource: "arn:aws:lambda:us-east-1:333333333333:event-source-mapping:1", keys: { "lambda:FunctionArn": "arn:aws:lambda:us-east-1:333333333333:function:fall-notifier" } }],
  ["ArchiveIsDeployedOnly", { action: "s3:PutBucketPolicy", resource: bucket }],
  ["ArchiveIsDeployedOnly", { action: "s3:CreateBucket", resource: "arn:aws:s3:::aws-fall-log-storage-222222222222-eu-west-1" }],
  ["ArchiveIsDeployedOnly", { action: "kms:CreateGrant", resource: key }],
  ["ArchiveIsDeployedOnly", { action: "logs:PutDeliveryDestination", resource: "arn:aws:logs:us-east-1:222222222222:delivery-destination:fall-alb-access" }],
  ["LogsAreDeliveredOnly", { action: "s3:DeleteObjectVersion", resource: `${bucket}/AWSLogs/a`, principal: deployArchive }],
  ["LogsAreDeliveredOnly", { action: "kms:ScheduleKeyDeletion", resource: key, principal: deployArchive }],
  ["ReadersAloneRead", { action: "s3:GetObject", resource: `${bucket}/AWSLogs/a`, principal: administrator }],
  ["ExemptRolesAreFixed", { action: "iam:PutRolePolicy", resource: administrator, principal: deployArchive }],
  ["BreakGlassAloneDeploys", { action: "sts:AssumeRole", resource: deployArchive, principal: deployDelegated }],
  ["ArchiveIsDeployedOnly", { action: "iam:UpdateAssumeRolePolicy", resource: iam("222222222222", "role/fall/LogsReadOnlyFrequencyRole") }],
  ["ArchiveIsDeployedOnly", { action: "iam:CreateRole", resource: iam("222222222222", "role/fall/auditor-of-my-own") }],
  ["LogsAreNotAgedOut", { action: "s3:PutBucketVersioning", resource: bucket, principal: deployArchive, keys: { "aws:RequestedRegion": "us-east-1" } }],
  ["EnforcersAloneDeliver", { action: "logs:CreateDelivery", resource: "arn:aws:logs:us-east-1:222222222222:delivery-destination:fall-alb-access" }],
  ["ArchiveHasNoSideDoor", { action: "s3:CreateAccessPoint", resource: "arn:aws:s3:us-east-1:222222222222:accesspoint/a", keys: { "aws:PrincipalAccount": "222222222222" } }],
  ["OurTagIsOurs", { action: "ec2:CreateTags", resource: "arn:aws:ec2:us-east-1:444444444444:vpc-flow-log/fl-1", keys: { "aws:TagKeys": "fall-log" } }],
  ["ExclusionTagIsGiven", { action: "elasticloadbalancing:AddTags", resource: "*", keys: { "aws:TagKeys": "ExcludeLogging" } }],
  ["AccountsStay", { action: "organizations:LeaveOrganization", resource: "*" }],
  ["GovernedRegionsStay", { action: "account:DisableRegion", resource: "*", keys: { "account:TargetRegion": "eu-central-1" } }],
  ["NoRegionIsOpened", { action: "account:EnableRegion", resource: "*", keys: { "account:TargetRegion": "ap-east-1" } }],
  ["NothingLogsElsewhere", { action: "elasticloadbalancing:CreateLoadBalancer", resource: "*", keys: { "aws:RequestedRegion": "eu-west-1" } }],
])("%s denies %j", (sid, request) => {
  expect(denying(request)).toContain(sid);
});

test.each<[string, Request]>([
  ["a harmless read", { action: "lambda:GetFunction", resource: fn }],
  ["what npm run status asks", { action: "dynamodb:Query", resource: "arn:aws:dynamodb:us-east-1:333333333333:table/fall-status", principal: iam("333333333333", "role/Administrator") }],
  ["an enforcer's report", { action: "events:PutEvents", resource: "arn:aws:events:us-east-1:333333333333:event-bus/fall-outcomes", principal: enforcer }],
  ["an enforcer's delivery", { action: "logs:CreateDelivery", resource: "arn:aws:logs:us-east-1:222222222222:delivery-destination:fall-alb-access", principal: iam("444444444444", "role/fall/enforcer-alb"), keys: { "aws:TagKeys": "fall-log" } }],
  ["an enforcer's exclusions", { action: "s3:GetObject", resource: "arn:aws:s3:::fall-code-333333333333-us-east-1/exclusions.json", principal: enforcer }],
  ["the StackSets' update", { action: "lambda:UpdateFunctionCode", resource: fn, principal: stackSets }],
  ["the StackSets' role", { action: "iam:CreateRole", resource: enforcer, principal: stackSets }],
  ["the StackSets' passing of it", { action: "iam:PassRole", resource: enforcer, principal: stackSets }],
  ["the redrive command", { action: "sts:AssumeRole", resource: iam("444444444444", "role/fall/redrive"), principal: deployDelegated }],
  ["a new Region's bucket", { action: "s3:PutBucketVersioning", resource: "arn:aws:s3:::aws-fall-log-storage-222222222222-eu-west-1", principal: deployArchive, keys: { "aws:RequestedRegion": "eu-west-1" } }],
  ["a new policy of the key", { action: "kms:PutKeyPolicy", resource: key, principal: deployArchive }],
  ["a team's own role", { action: "iam:CreateRole", resource: iam("444444444444", "role/app") }],
  ["a team's own function", { action: "lambda:DeleteFunction", resource: "arn:aws:lambda:us-east-1:444444444444:function:app" }],
  ["a team's own queue", { action: "sqs:PurgeQueue", resource: "arn:aws:sqs:us-east-1:444444444444:app" }],
  ["a team's own delivery", { action: "logs:DeleteDelivery", resource: "arn:aws:logs:us-east-1:444444444444:delivery:abc" }],
  ["another service's log delivery", { action: "logs:CreateLogDelivery", resource: "*" }],
  ["a log group's resource policy", { action: "logs:PutResourcePolicy", resource: "*" }],
  ["a bucket's own logging", { action: "s3:PutBucketLogging", resource: "arn:aws:s3:::app" }],
  ["a self-managed StackSet", { action: "cloudformation:UpdateStack", resource: "arn:aws:cloudformation:us-east-1:444444444444:stack/StackSet-theirs-1/2", keys: { "cloudformation:RoleArn": iam("444444444444", "role/AWSControlTowerExecution") } }],
  ["tags of a team's own", { action: "ec2:CreateTags", resource: "*", keys: { "aws:TagKeys": "CostCenter" } }],
  ["a load balancer in a governed Region", { action: "elasticloadbalancing:CreateLoadBalancer", resource: "*", keys: { "aws:RequestedRegion": "us-east-1" } }],
])("nothing denies %s", (_, request) => {
  expect(denying(request)).toEqual([]);
});

describe.each(configurations)("%s configuration", (_, config) => {
  const policies = serviceControlPolicies(config);

  test("keeps to AWS's quotas and leaves slots to the user", () => {
    expect(policies.length).toBeLessThanOrEqual(attached["service control policy"]);
    for (const { document } of policies) expect(minified(document).length).toBeLessThanOrEqual(quotas["service control policy"]);
  });

  test("exempts fixed roles of ours alone", () => {
    const { prefix } = config;
    const fixed = new RegExp(String.raw`^arn:aws:iam::(\?{12}|\d{12}):role/(${prefix}/[A-Za-z0-9-]+|AWSControlTowerExecution|stacksets-exec-\?{32})$`);
    const patterns = policies.flatMap(({ document }) => document.Statement).flatMap(({ Condition }) => list(Condition?.ArnNotLike?.["aws:PrincipalArn"]));
    expect(patterns.filter((pattern) => !fixed.test(pattern))).toEqual([]);
  });

  test("never exempts by what a caller can bring about", () => {
    expect(JSON.stringify(policies)).not.toMatch(/aws:(ViaAWSService|CalledVia|PrincipalTag)/i);
  });

  test("is the same every time", () => {
    expect(JSON.stringify(serviceControlPolicies({ ...config }))).toBe(JSON.stringify(policies));
  });
});

test("every statement has a name of its own and a reason", () => {
  const why = reasons(serviceControlConcerns(ordinary));
  expect(Object.keys(why).sort()).toEqual(statements.map(({ Sid }) => Sid).sort());
  for (const { Sid } of statements) {
    expect(Sid).toMatch(/^[A-Za-z0-9]+$/);
    expect(why[Sid]?.length).toBeGreaterThan(20);
  }
});

test("a source's enforcer is exempt for that source's own logging, and no other is", () => {
  const flowLogs = statements.find(({ Action }) => list(Action).includes("ec2:DeleteFlowLogs"));
  const exempt = exemptPrincipals(ordinary);
  expect(flowLogs?.Condition?.ArnNotLike?.["aws:PrincipalArn"]).toEqual([exempt.enforcer("vpc"), ...exempt.lastResort]);
});

test("a source more is one more statement, and a way to name a Region in the request is closed", () => {
  const source: LogSource = {
    name: "next-one",
    title: "The next",
    scope: "regional",
    via: ["delivery"],
    triggers: [],
    kinds: () => [],
    permissions: () => [],
    weakening: () => [{ how: "denied", actions: ["s3:PutBucketLogging"], resources: ["arn:aws:s3:::*"], why: "for the test's sake" }],
    creating: ["s3:CreateBucket"],
    creatingRegionKey: "s3:LocationConstraint",
    reference: "",
  };
  const sids = serviceControlPolicies(largest, [source]).flatMap(({ document }) => document.Statement).map(({ Sid }) => Sid);
  expect(sids).toEqual(expect.arrayContaining(["NextOnePutBucketLogging", "NothingIsPlacedElsewhereNextOne", "NothingLogsElsewhere"]));
  expect(sids).not.toContain("ExclusionTagIsGiven");
});

const lock = (Sid: string, resources: readonly string[]): Lock => ({ reason: "a test", statement: { Sid, Effect: "Deny", Action: ["a:b"], Resource: resources } });

test("packing loses nothing, keeps a concern's order, and says what is too much", () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 9_000 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(sizes, (lengths) => {
      const locks = lengths.map((length, index) => lock(`S${index}`, ["r".repeat(length)]));
      const policies = packed("service control policy", "x", [{ name: "all", description: "", locks }]);
      const sids = policies.flatMap(({ document }) => document.Statement.map(({ Sid }) => Sid));
      expect([...sids].sort()).toEqual(locks.map(({ statement }) => statement.Sid).sort());
      for (const { document } of policies) expect(minified(document).length).toBeLessThanOrEqual(quotas["service control policy"]);
    }),
  );
  const size = (length: number) => minified(packed("service control policy", "x", [{ name: "all", description: "", locks: [lock("Long", ["r".repeat(length)])] }])[0]!.document).length;
  const most = 10_240 - size(1) + 1;
  expect(size(most)).toBe(10_240);
  expect(packed("service control policy", "x", [{ name: "all", description: "", locks: Array.from({ length: 8 }, (_, index) => lock(`S${index}`, ["r".repeat(9_000)])) }])).toHaveLength(8);
  const one = (locks: readonly Lock[]) => () => packed("service control policy", "x", [{ name: "all", description: "", locks }]);
  expect(one([lock("Long", ["r".repeat(most + 1)])])).toThrow("the statement Long alone has 10241 characters; a service control policy may have 10240");
  expect(one([lock("Same", []), lock("Same", [])])).toThrow("two statements of the service control policy are named Same");
  expect(one(Array.from({ length: 9 }, (_, index) => lock(`S${index}`, ["r".repeat(9_000)])))).toThrow("the lock needs 9 documents of type service control policy; 8 may be attached");
});

test.each([
  ["arn:aws:logs:*:2:delivery-destination:fall-a", "arn:aws:logs:*:2:delivery-destination:fall-*", true],
  ["arn:aws:logs:*:????:delivery-destination:fall-a", "arn:aws:logs:*:2222:delivery-destination:fall-*", false],
  ["arn:*", "arn:?", false],
  ["arn:*", "arn:aws:*", false],
])("whether %s is within %s: %s", (inner, outer, expected) => {
  expect(isWithin(inner, outer)).toBe(expected);
});

test("statements of one source about the same action are numbered, and no name is given twice", () => {
  const [first] = sources;
  const weakening = (): readonly WeakeningCall[] => Array.from({ length: 11 }, (_, index) => ({ how: "denied", actions: ["ec2:Delete2Things"], resources: [`arn:aws:ec2:*:*:thing/${index}`], why: "deletes things" }));
  const concerns = serviceControlConcerns(ordinary, [{ ...first!, weakening }]);
  const sids = Object.keys(reasons(concerns)).filter((sid) => sid.includes("Delete2Things"));
  const base = `${pascal(first!.name)}Delete2Things`;
  expect(sids).toEqual([base, ...Array.from({ length: 10 }, (_, index) => `${base}${index + 2}`)]);
});
