import { bucketPolicy, type Cases, document } from "./case";

const allow = { Sid: "A", Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::logs/*" };
const when = (operator: string, key: string, value: string) => ({ ...allow, Condition: { [operator]: { [key]: value } } });
const OPEN = /A lets in everyone/;

export const cases: Cases = {
  passes: {
    "the organization": [bucketPolicy(when("StringEquals", "aws:PrincipalOrgID", "o-exampleorgid"))],
    "one account's role": [bucketPolicy(when("ArnLike", "aws:PrincipalArn", "arn:aws:iam::333333333333:role/fall/*"))],
    "a Deny": [bucketPolicy({ ...allow, Effect: "Deny" })],
    "a named principal": [bucketPolicy({ ...allow, Principal: { AWS: "arn:aws:iam::333333333333:root" } })],
  },
  fails: {
    "everyone": [OPEN, bucketPolicy(allow)],
    "everyone as an AWS principal": [OPEN, bucketPolicy({ ...allow, Principal: { AWS: ["*"] } })],
    "any organization": [OPEN, bucketPolicy(when("StringLike", "aws:PrincipalOrgID", "*"))],
    "whoever has no organization": [OPEN, bucketPolicy(when("StringEqualsIfExists", "aws:PrincipalOrgID", "o-exampleorgid"))],
    "everyone but an organization": [OPEN, bucketPolicy(when("StringNotEquals", "aws:PrincipalOrgID", "o-exampleorgid"))],
    "a role of that name in any account": [OPEN, bucketPolicy(when("ArnLike", "aws:PrincipalArn", "arn:aws:iam::????????????:role/fall/reader"))],
    "a queue": [OPEN, { type: "AWS::SQS::QueuePolicy", props: { PolicyDocument: { Version: "2012-10-17", Statement: [allow] }, Queues: [{ Ref: "Queue" }] } }],
    "a bus": [/lets in everyone/, { type: "aws:cloudwatch/eventPermission:EventPermission", props: { principal: "*", statementId: "A" } }],
    "a function": [/lets in everyone/, { type: "AWS::Lambda::Permission", props: { FunctionName: { Ref: "F" }, Action: "lambda:InvokeFunction", Principal: "*" } }],
    "a role": [OPEN, { type: "aws:iam/role:Role", props: { assumeRolePolicy: document({ Sid: "A", Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" }) } }],
    "a secret": [OPEN, { type: "aws:secretsmanager/secretPolicy:SecretPolicy", props: { secretArn: "s", policy: document(allow) } }],
    "a delivery destination": [OPEN, { type: "aws:cloudwatch/logDeliveryDestinationPolicy:LogDeliveryDestinationPolicy", props: { deliveryDestinationPolicy: document(allow) } }],
    "a resource of a type no reader knows": [OPEN, { type: "aws:backup/vaultPolicy:VaultPolicy", props: { policy: document(allow) } }],
  },
};
