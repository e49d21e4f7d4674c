import { type Cases, UNKNOWN_TEXT } from "./case";

const attached = (policyArn: string) => ({ type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment", props: { role: "r", policyArn } });

export const cases: Cases = {
  passes: { "a narrow policy of AWS's": [attached("arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole")] },
  fails: {
    "administrator": [/AdministratorAccess/, attached("arn:aws:iam::aws:policy/AdministratorAccess")],
    "full access to a service": [/AmazonS3FullAccess/, attached("arn:aws:iam::aws:policy/AmazonS3FullAccess")],
    "full access, as AWS also writes it": [/AWSLambda_FullAccess/, attached("arn:aws:iam::aws:policy/AWSLambda_FullAccess")],
    "everything but IAM": [/PowerUserAccess/, attached("arn:aws:iam::aws:policy/PowerUserAccess")],
    "inside the role, in a template": [/IAMFullAccess/, { type: "AWS::IAM::Role", props: { AssumeRolePolicyDocument: {}, ManagedPolicyArns: ["arn:aws:iam::aws:policy/IAMFullAccess"] } }],
    "one that is not known": [/not known/, attached(UNKNOWN_TEXT)],
  },
};
