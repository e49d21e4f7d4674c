import { bucketPolicy, type Cases, document } from "./case";

const statement = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" };

export const cases: Cases = {
  passes: {
    "a policy that names it": [{ type: "aws:s3/bucket:Bucket", name: "bucket", props: { bucket: "logs" } }, bucketPolicy(statement)],
    "a policy inside it": [{ type: "aws:s3/bucket:Bucket", props: { policy: document(statement) } }],
  },
  fails: {
    "none": [/no bucket policy/, { type: "aws:s3/bucketV2:BucketV2", props: { bucket: "logs" } }],
    "another's": [/no bucket policy/, { type: "aws:s3/bucket:Bucket", name: "bucket", props: { bucket: "others" } }, bucketPolicy(statement)],
  },
};
