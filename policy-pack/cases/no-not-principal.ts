import { bucketPolicy, type Cases, scp } from "./case";

const deny = { Sid: "A", Effect: "Deny", Action: "s3:DeleteBucket", Resource: "*" };

export const cases: Cases = {
  passes: { "a Principal": [bucketPolicy({ ...deny, Principal: "*" })] },
  fails: {
    "a NotPrincipal in a bucket policy": [/A has a NotPrincipal/, bucketPolicy({ ...deny, NotPrincipal: { AWS: "arn:aws:iam::111111111111:root" } })],
    "a NotPrincipal in a service control policy": [/A has a NotPrincipal/, scp({ ...deny, NotPrincipal: "*" })],
  },
};
