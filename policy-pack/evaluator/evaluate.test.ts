import * as fc from "fast-check";
import { evaluate } from "./evaluate";
import { layerNames, type Decision, type Layers, type Policy, type PolicyDocument, type Principal, type Request, type Statement } from "./types";

const member = "111111111111";
const archive = "222222222222";
const management = "999999999999";
const policy = (name: string, ...Statement: Statement[]): Policy => ({ name, document: { Version: "2012-10-17", Statement } as PolicyDocument });
const allowAll = policy("FullAWSAccess", { Effect: "Allow", Action: "*", Resource: "*" });
const rcpAll = policy("RCPFullAWSAccess", { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" });
const open = [[allowAll], [allowAll], [allowAll]];
const denyDelete = policy("lock", { Sid: "NoDelete", Effect: "Deny", Action: "s3:Delete*", Resource: "*" });
const session = (name: string, account = member): Principal => ({
  kind: "role", account, arn: `arn:aws:iam::${account}:role/${name}`, sessionArn: `arn:aws:sts::${account}:assumed-role/${name.split("/").at(-1)}/s`,
});
const root = (account = member): Principal => ({ kind: "root", account, arn: `arn:aws:iam::${account}:root` });
const service = (arn: string): Principal => ({ kind: "service", account: "", arn });
const request = (action: string, over: Partial<Request> = {}): Request => ({
  principal: session("admin"), action, resource: "arn:aws:s3:::b/k", resourceAccount: member, context: {}, ...over,
});
const grant = (Principal: Statement["Principal"], Action = "*", more: Partial<Statement> = {}) => policy("resource", { Effect: "Allow", Principal, Action, Resource: "*", ...more });

type Row = [what: string, request: Request, layers: Layers, decision: Decision["decision"], deniedBy?: string];
const rows: Row[] = [
  ["an administrator acts in the own account", request("s3:DeleteObject"), { identity: [allowAll] }, "allowed"],
  ["nothing allows", request("s3:DeleteObject"), { identity: [] }, "denied", "identity"],
  ["an SCP denies at the root", request("s3:DeleteObject"), { identity: [allowAll], scp: [[allowAll, denyDelete], [allowAll], [allowAll]] }, "denied", "scp"],
  ["an SCP denies at the account", request("s3:DeleteObject"), { identity: [allowAll], scp: [[allowAll], [allowAll], [allowAll, denyDelete]] }, "denied", "scp"],
  ["one level has no Allow", request("s3:GetObject"), { identity: [allowAll], scp: [[allowAll], [], [allowAll]] }, "denied", "scp"],
  ["an Allow list at one level", request("s3:GetObject"), { identity: [allowAll], scp: [[allowAll], [policy("list", { Effect: "Allow", Action: "ec2:*", Resource: "*" })], [allowAll]] }, "denied", "scp"],
  ["actions and keys without regard to case", request("S3:deleteOBJECT"), { identity: [allowAll], scp: [[allowAll, denyDelete]] }, "denied", "scp"],
  ["the management account is not bound", request("s3:DeleteObject", { principal: session("admin", management), resourceAccount: management }), { identity: [allowAll], scp: [[denyDelete]], managementAccount: management }, "allowed"],
  ["a service-linked role is not bound", request("s3:DeleteObject", { principal: session("aws-service-role/x.amazonaws.com/AWSServiceRoleForX") }), { identity: [allowAll], scp: [[denyDelete]], rcp: [[denyDelete]], managementAccount: management }, "allowed"],
  ["a role that is only named like one is bound", request("s3:DeleteObject", { principal: session("x/aws-service-role/y") }), { identity: [allowAll], scp: [[allowAll, denyDelete]] }, "denied", "scp"],
  ["a member's root is bound", request("s3:DeleteObject", { principal: root() }), { scp: [[allowAll, denyDelete]] }, "denied", "scp"],
  ["a member's root has all rights else", request("s3:DeleteObject", { principal: root() }), { scp: open }, "allowed"],
  ["... but where a session for one task says otherwise (AssumeRoot)", request("s3:GetObject", { principal: root() }), { session: [policy("task", { Effect: "Allow", Action: "s3:DeleteBucketPolicy", Resource: "*" })] }, "denied", "session"],
  ["a control policy that names principals says nothing", request("s3:GetObject"), { identity: [allowAll], rcp: [[rcpAll, policy("r", { Effect: "Deny", NotPrincipal: { AWS: archive }, Action: "*", Resource: "*" })]] }, "allowed"],
  ["a boundary limits", request("s3:GetObject"), { identity: [allowAll], boundary: [policy("b", { Effect: "Allow", Action: "ec2:*", Resource: "*" })] }, "denied", "boundary"],
  ["a session policy limits", request("s3:GetObject"), { identity: [allowAll], session: [policy("s", { Effect: "Allow", Action: "ec2:*", Resource: "*" })] }, "denied", "session"],
  ["NotAction denies all but", request("kms:Decrypt"), { identity: [allowAll, policy("d", { Effect: "Deny", NotAction: ["s3:*", "KMS:decrypt"], Resource: "*" })] }, "allowed"],
  ["NotResource denies all but", request("s3:GetObject"), { identity: [allowAll, policy("d", { Effect: "Deny", Action: "*", NotResource: "arn:aws:s3:::b/*" })] }, "allowed"],
  ["NotResource denies others", request("s3:GetObject", { resource: "arn:aws:s3:::c/k" }), { identity: [allowAll, policy("d", { Effect: "Deny", Action: "*", NotResource: "arn:aws:s3:::b/*" })] }, "denied", "identity"],
  ["a Deny by ARN does not reach an action without a resource", request("ec2:DescribeVpcs", { resource: "*" }), { identity: [allowAll, policy("d", { Effect: "Deny", Action: "*", Resource: "arn:aws:ec2:*:*:vpc/*" })] }, "allowed"],
  // Resource policies, same account
  ["a bucket policy grants the role by itself", request("s3:GetObject"), { identity: [], resource: [grant({ AWS: `arn:aws:iam::${member}:role/admin` })] }, "allowed"],
  ["... but not past a boundary", request("s3:GetObject"), { identity: [], boundary: [], resource: [grant({ AWS: `arn:aws:iam::${member}:role/admin` })] }, "denied", "identity"],
  ["... unless it names the session", request("s3:GetObject"), { identity: [], boundary: [], resource: [grant({ AWS: `arn:aws:sts::${member}:assumed-role/admin/s` })] }, "allowed"],
  ["... nor everybody, where the condition does not hold", request("s3:GetObject"), { identity: [], boundary: [], session: [], resource: [grant("*", "*", { Condition: { ArnEquals: { "aws:PrincipalArn": `arn:aws:iam::${member}:role/admin` } } })] }, "denied", "identity"],
  ["... or everybody, with the role as a condition", request("s3:GetObject", { context: { "aws:PrincipalArn": `arn:aws:iam::${member}:role/admin` } }), { identity: [], boundary: [], session: [], resource: [grant("*", "*", { Condition: { ArnEquals: { "aws:PrincipalArn": `arn:aws:iam::${member}:role/admin` } } })] }, "allowed"],
  ["a grant to the account is not one to the role", request("s3:GetObject"), { identity: [], resource: [grant({ AWS: member })] }, "denied", "identity"],
  ["a bucket policy denies the administrator", request("s3:GetObject"), { identity: [allowAll], resource: [policy("b", { Effect: "Deny", Principal: "*", Action: "*", Resource: "*" })] }, "denied", "resource"],
  ["... and the root user", request("s3:GetObject", { principal: root() }), { resource: [policy("b", { Effect: "Deny", Principal: "*", Action: "*", Resource: "*" })] }, "denied", "resource"],
  ["... who may still put the policy right", request("s3:DeleteBucketPolicy", { principal: root() }), { resource: [policy("b", { Effect: "Deny", Principal: "*", Action: "*", Resource: "*" })] }, "allowed"],
  ["NotPrincipal spares whom it lists in full", request("s3:GetObject"), { identity: [allowAll], resource: [policy("b", { Effect: "Deny", NotPrincipal: { AWS: [member, `arn:aws:iam::${member}:role/admin`, `arn:aws:sts::${member}:assumed-role/admin/s`] }, Action: "*", Resource: "*" })] }, "allowed"],
  ["... but nobody with a boundary", request("s3:GetObject"), { identity: [allowAll], boundary: [allowAll], resource: [policy("b", { Effect: "Deny", NotPrincipal: { AWS: [member, `arn:aws:iam::${member}:role/admin`, `arn:aws:sts::${member}:assumed-role/admin/s`] }, Action: "*", Resource: "*" })] }, "denied", "resource"],
  ["NotPrincipal allows nobody", request("s3:GetObject", { resourceAccount: archive }), { identity: [allowAll], resource: [policy("b", { Effect: "Allow", NotPrincipal: { AWS: archive }, Action: "*", Resource: "*" })] }, "denied", "resource"],
  ["NotPrincipal strikes whom it lists by half", request("s3:GetObject"), { identity: [allowAll], resource: [policy("b", { Effect: "Deny", NotPrincipal: { AWS: `arn:aws:iam::${member}:role/admin` }, Action: "*", Resource: "*" })] }, "denied", "resource"],
  // Cross-account
  ["another account's bucket needs both: no bucket policy", request("s3:GetObject", { resourceAccount: archive }), { identity: [allowAll] }, "denied", "resource"],
  ["another account's bucket needs both: no identity policy", request("s3:GetObject", { resourceAccount: archive }), { identity: [], resource: [grant({ AWS: member })] }, "denied", "identity"],
  ["another account's bucket with both", request("s3:GetObject", { resourceAccount: archive }), { identity: [allowAll], resource: [grant({ AWS: member })] }, "allowed"],
  ["another account's bucket opened to an organization", request("s3:GetObject", { resourceAccount: archive, context: { "aws:PrincipalOrgID": "o-a" } }), { identity: [allowAll], resource: [grant("*", "*", { Condition: { StringEquals: { "aws:PrincipalOrgID": "o-a" } } })] }, "allowed"],
  ["an outsider is refused by an RCP", request("s3:GetObject", { principal: session("x", "333333333333"), resourceAccount: archive, context: { "aws:PrincipalOrgID": "o-b" } }), { identity: [allowAll], resource: [grant("*")], rcp: [[rcpAll], [rcpAll, policy("ours", { Sid: "Outsiders", Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*", Condition: { StringNotEqualsIfExists: { "aws:PrincipalOrgID": "o-a" } } })], [rcpAll]] }, "denied", "rcp"],
  ["an RCP does not reach management's resources", request("s3:GetObject", { principal: session("x", management), resourceAccount: management }), { managementAccount: management, identity: [allowAll], rcp: [[]] }, "allowed"],
  ["anonymous through a public bucket", request("s3:GetObject", { principal: { kind: "anonymous", account: "", arn: "" } }), { resource: [grant("*")] }, "allowed"],
  ["anonymous without one", request("s3:GetObject", { principal: { kind: "anonymous", account: "", arn: "" } }), {}, "denied", "resource"],
  // Services
  ["a service that the bucket admits", request("s3:PutObject", { principal: service("delivery.logs.amazonaws.com"), resourceAccount: archive, context: { "aws:SourceOrgID": "o-a" } }), { resource: [grant({ Service: "delivery.logs.amazonaws.com" }, "s3:PutObject", { Condition: { StringEquals: { "aws:SourceOrgID": "o-a" } } })] }, "allowed"],
  ["a service that acts for strangers", request("s3:PutObject", { principal: service("delivery.logs.amazonaws.com"), resourceAccount: archive, context: { "aws:SourceOrgID": "o-b" } }), { resource: [grant({ Service: "delivery.logs.amazonaws.com" }, "s3:PutObject", { Condition: { StringEquals: { "aws:SourceOrgID": "o-a" } } })] }, "denied", "resource"],
  ["a service is no AWS principal by name", request("s3:PutObject", { principal: service("delivery.logs.amazonaws.com") }), { resource: [grant({ AWS: member })] }, "denied", "resource"],
  ["an SCP does not bind a service", request("s3:DeleteObject", { principal: service("s3.amazonaws.com") }), { scp: [[denyDelete]], resource: [grant({ Service: "s3.amazonaws.com" })] }, "allowed"],
  ["an RCP does", request("s3:DeleteObject", { principal: service("s3.amazonaws.com") }), { rcp: [[rcpAll, policy("r", { Effect: "Deny", Principal: "*", Action: "s3:Delete*", Resource: "*" })]], resource: [grant({ Service: "s3.amazonaws.com" })] }, "denied", "rcp"],
  // Keys
  ["a key without a word for the account", request("kms:Decrypt", { resource: `arn:aws:kms:us-east-1:${member}:key/k` }), { identity: [allowAll], resource: [grant({ Service: "x.amazonaws.com" })] }, "denied", "resource"],
  ["... not even for its root", request("kms:Decrypt", { principal: root(), resource: `arn:aws:kms:us-east-1:${member}:key/k` }), { resource: [grant({ Service: "x.amazonaws.com" })] }, "denied", "resource"],
  ["a key that trusts the account, and an identity policy", request("kms:Decrypt", { resource: `arn:aws:kms:us-east-1:${member}:key/k` }), { identity: [allowAll], resource: [grant({ AWS: `arn:aws:iam::${member}:root` })] }, "allowed"],
  ["a key that trusts the account, and none", request("kms:Decrypt", { resource: `arn:aws:kms:us-east-1:${member}:key/k` }), { identity: [], resource: [grant({ AWS: `arn:aws:iam::${member}:root` })] }, "denied", "identity"],
  ["a key that names the role", request("kms:Decrypt", { resource: `arn:aws:kms:us-east-1:${member}:key/k` }), { identity: [], resource: [grant({ AWS: `arn:aws:iam::${member}:role/admin` })] }, "allowed"],
  ["... unless a boundary leaves it out", request("kms:Decrypt", { resource: `arn:aws:kms:us-east-1:${member}:key/k` }), { identity: [], boundary: [], resource: [grant({ AWS: `arn:aws:iam::${member}:role/admin` })] }, "denied", "identity"],
  ["a key that names the session, past a boundary", request("kms:Decrypt", { resource: `arn:aws:kms:us-east-1:${member}:key/k` }), { identity: [], boundary: [], resource: [grant({ AWS: `arn:aws:sts::${member}:assumed-role/admin/s` })] }, "allowed"],
  ["a key of another account needs both", request("kms:Decrypt", { resource: `arn:aws:kms:us-east-1:${archive}:key/k`, resourceAccount: archive }), { identity: [], resource: [grant({ AWS: `arn:aws:iam::${member}:role/admin` })] }, "denied", "identity"],
  // Roles
  ["a role that trusts the account, and an identity policy", request("sts:AssumeRole", { resource: `arn:aws:iam::${member}:role/r` }), { identity: [allowAll], trust: [grant({ AWS: member }, "sts:AssumeRole", { Resource: undefined })] }, "allowed"],
  ["a role that trusts somebody else", request("sts:AssumeRole", { resource: `arn:aws:iam::${member}:role/r` }), { identity: [allowAll], trust: [grant({ AWS: archive }, "sts:AssumeRole", { Resource: undefined })] }, "denied", "trust"],
  ["a role that trusts Lambda", request("sts:AssumeRole", { principal: service("lambda.amazonaws.com"), resource: `arn:aws:iam::${member}:role/r` }), { trust: [grant({ Service: "lambda.amazonaws.com" }, "sts:AssumeRole", { Resource: undefined })] }, "allowed"],
  ["a role that trusts a provider's subject", request("sts:AssumeRoleWithWebIdentity", { principal: { kind: "federated", account: member, arn: `arn:aws:iam::${member}:oidc-provider/ci` }, resource: `arn:aws:iam::${member}:role/r`, context: { "ci:sub": "repo:a:environment:b" } }), { trust: [grant({ Federated: `arn:aws:iam::${member}:oidc-provider/ci` }, "sts:AssumeRoleWithWebIdentity", { Resource: undefined, Condition: { StringEquals: { "ci:sub": "repo:a:environment:b" } } })] }, "allowed"],
  ["GetCallerIdentity takes no permission", request("sts:GetCallerIdentity", { resource: "*" }), { identity: [], scp: [[denyDelete]] }, "allowed"],
];

// Jest takes a missing fifth column for its callback, so it is filled in.
test.each(rows.map(([what, asked, layers, decision, deniedBy]) => [what, asked, layers, decision, deniedBy] as const))("%s", (_, asked, layers, decision, deniedBy) => {
  const result = evaluate(asked, layers);
  expect([result.decision, result.deniedBy]).toEqual([decision, deniedBy]);
});

test("each layer is judged alone, with the statements that decided it", () => {
  const { layers } = evaluate(request("s3:DeleteObject"), {
    scp: [[allowAll, denyDelete]],
    identity: [denyDelete],
    resource: [policy("bucket", { Effect: "Deny", Principal: "*", Action: "*", Resource: "*" })],
  });
  expect(layers.scp).toEqual({ verdict: "explicit-deny", by: [{ policy: "lock", sid: "NoDelete" }] });
  expect(layers.identity.verdict).toBe("explicit-deny");
  expect(layers.resource).toEqual({ verdict: "explicit-deny", by: [{ policy: "bucket", sid: "#1" }] });
  expect(layers.rcp.verdict).toBe("not-applicable");
});

const statement: fc.Arbitrary<Statement> = fc.record({
  Effect: fc.constantFrom("Allow" as const, "Deny" as const),
  Action: fc.constantFrom("*", "s3:*", "s3:Get*", "ec2:*"),
  Resource: fc.constantFrom("*", "arn:aws:s3:::b/*", "arn:aws:s3:::c/*"),
});
const policies = fc.array(statement.map((s) => policy("p", s)), { maxLength: 3 });
const anyLayers = fc.record({ scp: fc.array(policies, { minLength: 1, maxLength: 3 }), identity: policies, boundary: policies, session: policies }, { requiredKeys: ["identity"] });
const anyRequest = fc.constantFrom("s3:GetObject", "s3:PutObject", "ec2:RunInstances").map((action) => request(action));

test("a Deny anywhere is never overruled, and adding one never allows", () => {
  const deny = policy("deny", { Effect: "Deny", Action: "*", Resource: "*" });
  fc.assert(
    fc.property(anyRequest, anyLayers, fc.constantFrom("scp", "identity", "boundary", "session"), (asked, layers, where) => {
      const added = where === "scp" ? { ...layers, scp: [...(layers.scp ?? []), [deny]] } : { ...layers, [where]: [...((layers as Layers)[where as "identity"] ?? []), deny] };
      return evaluate(asked, added).decision === "denied";
    }),
  );
});

test("the order of statements and of policies does not matter", () => {
  fc.assert(
    fc.property(anyRequest, anyLayers, (asked, layers) => {
      const turned: Layers = { ...layers, identity: [...layers.identity].reverse(), ...(layers.scp && { scp: layers.scp.map((level) => [...level].reverse()) }) };
      return evaluate(asked, layers).decision === evaluate(asked, turned).decision;
    }),
  );
});

test("a denial names a layer that did not allow", () => {
  fc.assert(
    fc.property(anyRequest, anyLayers, (asked, layers) => {
      const { decision, deniedBy, layers: verdicts } = evaluate(asked, layers);
      if (decision === "allowed") return layerNames.every((name) => !verdicts[name].verdict.startsWith("explicit"));
      return deniedBy !== undefined && verdicts[deniedBy].verdict.endsWith("deny");
    }),
  );
});
