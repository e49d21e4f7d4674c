import { type Cases, document, inline } from "./case";

const allow = (Action: unknown) => inline({ Sid: "A", Effect: "Allow", Action, Resource: "arn:aws:s3:::logs" });
const pass = (Resource: unknown) => inline({ Sid: "A", Effect: "Allow", Action: "iam:PassRole", Resource });
const role = (name: string) => ({ type: "aws:iam/role:Role", name: "role", props: { name, assumeRolePolicy: document({ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }) } });
const policyOf = (owner: string) => ({ type: "aws:iam/rolePolicy:RolePolicy", name: "policy", props: { role: owner, policy: document({ Sid: "A", Effect: "Allow", Action: "s3:PutBucketPolicy", Resource: "arn:aws:s3:::logs" }) } });

export const cases: Cases = {
  passes: {
    "actions one by one": [allow(["s3:PutBucketLogging", "s3:GetBucketLogging"])],
    "one role passed": [pass("arn:aws:iam::????????????:role/fall/flow-logs")],
    "what another role may do": [policyOf("deploy-log-archive"), allow("s3:GetBucketLogging")],
  },
  fails: {
    "s3:PutBucketPolicy": [/grants s3:PutBucketPolicy/, allow("s3:PutBucketPolicy")],
    "roles passed by a pattern": [/one role is allowed/, pass("arn:aws:iam::????????????:role/fall/*")],
    "two roles passed": [/one role is allowed/, pass(["arn:aws:iam::111111111111:role/fall/a", "arn:aws:iam::111111111111:role/fall/b"])],
    "a family of actions": [/s3:Put\*, which is not one action/, allow("s3:Put*")],
    "an enforcer known by its role": [/grants s3:PutBucketPolicy/, role("enforcer-s3"), policyOf("enforcer-s3")],
    "an enforcer in a template": [/grants iam:PutRolePolicy/, { type: "AWS::IAM::Role", name: "S3EnforcerRole", props: { AssumeRolePolicyDocument: {}, Policies: [
      { PolicyName: "p", PolicyDocument: { Version: "2012-10-17", Statement: [{ Sid: "A", Effect: "Allow", Action: "iam:PutRolePolicy", Resource: "arn:aws:iam::111111111111:role/r" }] } },
    ] } }],
  },
};
