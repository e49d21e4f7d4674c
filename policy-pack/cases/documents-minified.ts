import { bucketPolicy, type Cases } from "./case";

const statement = { Sid: "a b", Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" };
const pretty = JSON.stringify({ Version: "2012-10-17", Statement: [statement] }, undefined, 2);

export const cases: Cases = {
  passes: {
    "a document without white space but in a value": [bucketPolicy(statement)],
  },
  fails: {
    "an indented document": [/characters where/, { type: "aws:s3/bucketPolicy:BucketPolicy", props: { policy: pretty } }],
    "one space": [/characters where/, { type: "aws:organizations/policy:Policy", props: { content: JSON.stringify(JSON.parse(pretty)).replace(":", ": ") } }],
  },
};
