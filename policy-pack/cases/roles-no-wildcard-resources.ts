import { type Cases, document, inline } from "./case";

const allow = (Action: unknown, Resource: unknown = "*") => inline({ Sid: "A", Effect: "Allow", Action, Resource });

export const cases: Cases = {
  passes: {
    "`*` where the action takes no resource": [allow(["ec2:DescribeVpcs", "ec2:DescribeFlowLogs", "s3:ListAllMyBuckets", "sts:GetCallerIdentity"])],
    "resources of one type": [allow("ec2:CreateFlowLogs", ["arn:aws:ec2:*:????????????:vpc/*", "arn:aws:ec2:*:????????????:vpc-flow-log/*"])],
    "every bucket, a name of its own": [allow("s3:PutBucketLogging", "arn:aws:s3:::*")],
    "a Deny on all": [inline({ Effect: "Deny", Action: "*", Resource: "*" })],
  },
  fails: {
    "`*` where the action takes a resource": [/ec2:CreateFlowLogs on \*/, allow(["ec2:DescribeVpcs", "ec2:CreateFlowLogs"])],
    "`*` in another case of the action": [/ec2:CreateFlowLogs on \*/, allow("EC2:createflowlogs")],
    "all actions": [/on \*/, allow("*")],
    "a family of actions": [/logs:CreateDelivery.* on \*/, allow("logs:Create*")],
    "`*` beside a name": [/sqs:SendMessage on \*/, allow("sqs:SendMessage", ["arn:aws:sqs:us-east-1:111111111111:q", "*"])],
    "an ARN of every service": [/on arn:aws:\*/, allow("sqs:SendMessage", "arn:aws:*:*:*:*")],
    "an ARN of everything": [/on arn:\*/, allow("sqs:SendMessage", "arn:*")],
    "an ARN of every Region and account, cut short": [/on arn:aws:sqs:\*/, allow("sqs:SendMessage", "arn:aws:sqs:*")],
    "an ARN of every type": [/on arn:aws:ec2:\*:\*:\*/, allow("ec2:CreateFlowLogs", "arn:aws:ec2:*:*:*")],
    "all actions but some": [/NotAction/, inline({ Effect: "Allow", NotAction: "iam:*", Resource: "*" })],
    "all resources but some": [/NotResource/, inline({ Effect: "Allow", Action: "s3:GetObject", NotResource: "arn:aws:s3:::logs/*" })],
    "an action that is not there": [/ec2:CreateFlowLog, which AWS does not know/, allow("ec2:CreateFlowLog", "arn:aws:ec2:*:*:vpc/*")],
    "a role's policy in a template": [/sqs:SendMessage on \*/, { type: "AWS::IAM::Role", props: { AssumeRolePolicyDocument: {}, Policies: [
      { PolicyName: "p", PolicyDocument: { Version: "2012-10-17", Statement: { Sid: "A", Effect: "Allow", Action: "sqs:SendMessage", Resource: "*" } } },
    ] } }],
    "a role's policy in @pulumi/aws-native": [/sqs:SendMessage on \*/, { type: "aws-native:iam:Role", props: { assumeRolePolicyDocument: {}, policies: [
      { policyName: "p", policyDocument: { Version: "2012-10-17", Statement: [{ Sid: "A", Effect: "Allow", Action: "sqs:SendMessage", Resource: "*" }] } },
    ] } }],
    "an inline policy in the role": [/sqs:SendMessage on \*/, { type: "aws:iam/role:Role", props: { assumeRolePolicy: "{}", inlinePolicies: [
      { name: "p", policy: document({ Sid: "A", Effect: "Allow", Action: "sqs:SendMessage", Resource: "*" }) },
    ] } }],
    "a managed policy of ours": [/sqs:SendMessage on \*/, { type: "aws:iam/policy:Policy", props: { policy: document({ Sid: "A", Effect: "Allow", Action: "sqs:SendMessage", Resource: "*" }) } }],
    "what holds only under a condition of the template": [/sqs:SendMessage on \*/, { type: "AWS::IAM::RolePolicy", props: { RoleName: "r", PolicyDocument: { Version: "2012-10-17", Statement: [
      { Sid: "A", Effect: "Allow", Action: "sqs:SendMessage", Resource: { "Fn::If": ["IsHome", "arn:aws:sqs:us-east-1:111111111111:q", "*"] } },
    ] } } }],
  },
};
