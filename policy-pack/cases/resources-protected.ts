import { bucketPolicy, type Cases, keyPolicy, scp } from "./case";

const bucket = { type: "aws:s3/bucket:Bucket" };
const statement = { Effect: "Deny", Action: "*", Resource: "*" };

export const cases: Cases = {
  passes: { "what is protected": [bucket, bucketPolicy(statement), keyPolicy(statement), scp(statement)] },
  fails: {
    "a bucket": [/not set/, { ...bucket, protect: false }],
    "a bucket of @pulumi/aws-native": [/not set/, { type: "aws-native:s3:Bucket", protect: false }],
    "a key": [/not set/, { ...keyPolicy(statement), protect: false }],
    "a bucket policy": [/not set/, { ...bucketPolicy(statement), protect: false }],
    "a service control policy": [/not set/, { ...scp(statement), protect: false }],
    "a bucket beside one that is protected": [/not set\.$/, { ...bucket, protect: "unsaid" }, { ...scp(statement), name: "other" }],
    "a bucket where nobody speaks of options": [/are options sent/, { ...bucket, protect: "unsaid" }],
    "a bucket that may be emptied": [/forceDestroy/, { ...bucket, props: { forceDestroy: true } }],
  },
};
