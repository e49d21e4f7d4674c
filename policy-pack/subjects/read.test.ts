import { canonicalType } from "./read";
import { inTemplate, subjects } from "../cases/case";

test.each([
  ["aws:iam/role:Role", "iam:role"],
  ["aws-native:iam:Role", "iam:role"],
  ["AWS::IAM::Role", "iam:role"],
  ["aws:cloudwatch/eventRule:EventRule", "events:rule"],
  ["aws:s3/bucketObjectv2:BucketObjectv2", "s3:bucketobject"],
  ["aws:s3/bucketV2:BucketV2", "s3:bucket"],
  ["aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig", "lambda:eventinvokeconfig"],
  ["pulumi:providers:aws", "provider:aws"],
  ["pulumi:pulumi:Stack", "pulumi:stack"],
])("%s is %s", (type, canonical) => {
  expect(canonicalType(type)).toBe(canonical);
});

test("a role gives the same subjects whoever declares it", async () => {
  const trust = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }] };
  const grant = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:ListAllMyBuckets", Resource: "*" }] };
  const [pulumi, native, inner] = [
    await subjects([{ type: "aws:iam/role:Role", props: { name: "r", assumeRolePolicy: JSON.stringify(trust), inlinePolicies: [{ name: "p", policy: JSON.stringify(grant) }] } }]),
    await subjects([{ type: "aws-native:iam:Role", props: { roleName: "r", assumeRolePolicyDocument: trust, policies: [{ policyName: "p", policyDocument: grant }] } }]),
    inTemplate({ R: { Type: "AWS::IAM::Role", Properties: { RoleName: "r", AssumeRolePolicyDocument: trust, Policies: [{ PolicyName: "p", PolicyDocument: grant }] } } }),
  ].map((found) => found.map((subject) => [subject.kind, "document" in subject && subject.document.known ? subject.document.statements : undefined]));
  expect(native).toEqual(pulumi);
  expect(inner).toEqual(pulumi);
  expect(pulumi!.map(([kind]) => kind)).toEqual(["role", "trust-policy", "identity-policy"]);
});

test("a resource of no AWS provider gives none", async () => {
  expect(await subjects([{ type: "random:index/randomId:RandomId", props: { policy: "{}" } }])).toEqual([]);
});
