import { type Cases, document, type Given } from "./case";

const statement = (length: number) => ({ Sid: "a".repeat(length), Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" });
const overhead = document(statement(0)).length;
const role: Given = { type: "aws:iam/role:Role", name: "role", props: { name: "enforcer-vpc", assumeRolePolicy: document(statement(0)) } };
const inlineOf = (name: string, length: number): Given => ({
  type: "aws:iam/rolePolicy:RolePolicy",
  name,
  props: { role: "enforcer-vpc", policy: document(statement(length - overhead)) },
});

export const cases: Cases = {
  passes: {
    "a bucket policy of 20 KB": [{ type: "aws:s3/bucketPolicy:BucketPolicy", props: { policy: document(statement(20_480 - overhead)) } }],
    "a role's inline policies of 10,240 characters": [role, inlineOf("one", 5_120), inlineOf("two", 5_120)],
    "an event pattern of 2,048 characters": [{ type: "aws:cloudwatch/eventRule:EventRule", props: { eventPattern: "p".repeat(2_048) } }],
  },
  fails: {
    "a larger bucket policy": [/20481 characters/, { type: "aws:s3/bucketPolicy:BucketPolicy", props: { policy: document(statement(20_481 - overhead)) } }],
    "a larger key policy": [/32769 characters/, { type: "aws-native:kms:Key", props: { keyPolicy: document(statement(32_769 - overhead)) } }],
    "inline policies that are larger together": [/10241 characters/, role, inlineOf("one", 5_120), inlineOf("two", 5_121)],
    "inline policies inside a role of a template": [/20480 characters/, { type: "AWS::IAM::Role", props: { RoleName: "r", AssumeRolePolicyDocument: document(statement(0)), Policies: [
      { PolicyName: "one", PolicyDocument: JSON.parse(document(statement(10_240 - overhead))) as object },
      { PolicyName: "two", PolicyDocument: JSON.parse(document(statement(10_240 - overhead))) as object },
    ] } }],
    "a larger event pattern": [/2049 characters/, { type: "aws:cloudwatch/eventRule:EventRule", props: { eventPattern: "p".repeat(2_049) } }],
    "a larger trust policy": [/2049 characters/, { type: "aws:iam/role:Role", props: { assumeRolePolicy: document(statement(2_049 - overhead)) } }],
  },
};
