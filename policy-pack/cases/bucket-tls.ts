import { bucketPolicy, type Cases } from "./case";

const tls = {
  Sid: "Tls", Effect: "Deny", Principal: "*", Action: "s3:*",
  Resource: ["arn:aws:s3:::logs", "arn:aws:s3:::logs/*"],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};
const NO_STATEMENT = /No statement denies/;

export const cases: Cases = {
  passes: { "everyone, every call, bucket and objects": [bucketPolicy(tls)], "an AWS principal of `*`": [bucketPolicy({ ...tls, Principal: { AWS: "*" } })] },
  fails: {
    "no such statement": [NO_STATEMENT, bucketPolicy({ Effect: "Deny", Principal: "*", Action: "s3:DeleteBucket", Resource: "*" })],
    "the objects alone": [NO_STATEMENT, bucketPolicy({ ...tls, Resource: "arn:aws:s3:::logs/*" })],
    "one call alone": [NO_STATEMENT, bucketPolicy({ ...tls, Action: "s3:PutObject" })],
    "an Allow": [NO_STATEMENT, bucketPolicy({ ...tls, Effect: "Allow" })],
    "the wrong way round": [NO_STATEMENT, bucketPolicy({ ...tls, Condition: { Bool: { "aws:SecureTransport": "true" } } })],
    "one more thing asked": [NO_STATEMENT, bucketPolicy({ ...tls, Condition: { ...tls.Condition, StringEquals: { "aws:PrincipalAccount": "1" } } })],
    "one account alone": [NO_STATEMENT, bucketPolicy({ ...tls, Principal: { AWS: "arn:aws:iam::222222222222:root" } })],
  },
};
