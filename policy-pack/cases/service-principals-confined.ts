import { bucketPolicy, type Cases } from "./case";

const allow = { Sid: "A", Effect: "Allow", Principal: { Service: "delivery.logs.amazonaws.com" }, Action: "s3:PutObject", Resource: "arn:aws:s3:::logs/*" };
const when = (operator: string, key: string, value: string) => bucketPolicy({ ...allow, Condition: { [operator]: { [key]: value } } });

export const cases: Cases = {
  passes: {
    "for the organization": [when("StringEquals", "aws:SourceOrgID", "o-exampleorgid")],
    "for an account": [when("StringEquals", "aws:SourceAccount", "111111111111")],
    "for a source": [when("ArnLike", "aws:SourceArn", "arn:aws:cloudtrail:us-east-1:111111111111:trail/fall")],
    "a rule of the same account, in a template": [{ type: "AWS::Lambda::Permission", props: { FunctionName: { Ref: "F" }, Action: "lambda:InvokeFunction", Principal: "events.amazonaws.com", SourceArn: { "Fn::GetAtt": ["Rule", "Arn"] } } }],
  },
  fails: {
    "for anyone": [/delivery.logs.amazonaws.com without/, bucketPolicy(allow)],
    "for any account's source": [/without/, when("ArnLike", "aws:SourceArn", "arn:aws:logs:*:*:*")],
    "a function without a source": [/events.amazonaws.com without/, { type: "aws:lambda/permission:Permission", props: { function: "f", action: "lambda:InvokeFunction", principal: "events.amazonaws.com" } }],
  },
};
