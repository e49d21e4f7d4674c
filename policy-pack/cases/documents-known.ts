import { bucketPolicy, type Cases, UNKNOWN_TEXT } from "./case";

const policyOf = (policy: unknown) => ({ type: "aws:s3/bucketPolicy:BucketPolicy", props: { bucket: "logs", policy } });
const statement = { Sid: "A", Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" };

export const cases: Cases = {
  passes: {
    "a document as text": [bucketPolicy(statement)],
    "a document as an object": [policyOf({ Version: "2012-10-17", Statement: [statement] })],
    "a document in a template": [{ type: "AWS::SQS::QueuePolicy", props: { PolicyDocument: { Version: "2012-10-17", Statement: [{ ...statement, Resource: { "Fn::Sub": "arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:q" } }] } } }],
  },
  fails: {
    "an unknown document": [/not known before deployment/, policyOf(UNKNOWN_TEXT)],
    "an unknown value inside a document": [/not known before deployment/, policyOf({ Version: "2012-10-17", Statement: [{ ...statement, Resource: UNKNOWN_TEXT }] })],
    "an Output turned into text": [/not known before deployment/, policyOf('{"Statement":"Calling [toString] on an [Output<T>] is not supported."}')],
    "a document that is absent": [/is absent/, policyOf(undefined)],
    "a key without a policy of its own": [/key policy is absent/, { type: "aws:kms/key:Key" }],
    "text that is not JSON": [/not JSON/, policyOf("{'Statement': []}")],
    "no statement": [/no statement/, policyOf('{"Version":"2012-10-17","Statement":[]}')],
    "an element that IAM does not know": [/"Actions"/, policyOf({ Version: "2012-10-17", Statement: [{ ...statement, Actions: "s3:*" }] })],
    "an effect that is neither": [/neither Allow nor Deny/, policyOf({ Version: "2012-10-17", Statement: [{ ...statement, Effect: "deny" }] })],
    "an old version": [/Version "2008-10-17"/, policyOf({ Version: "2008-10-17", Statement: [statement] })],
    "a template's parameter": [/is not known/, { type: "AWS::SQS::QueuePolicy", props: { PolicyDocument: { "Fn::ImportValue": "policy" } } }],
    "a document on a type no reader knows": [/not known/, { type: "aws:efs/fileSystemPolicy:FileSystemPolicy", props: { policy: UNKNOWN_TEXT } }],
    "a dynamic reference": [/dynamic reference/, policyOf({ Version: "2012-10-17", Statement: [{ ...statement, Resource: "{{resolve:ssm:name}}" }] })],
  },
};
