import { type Cases } from "./case";

const bucket = { type: "aws:s3/bucket:Bucket", name: "logs", props: { bucket: "fall-logs" } };
const ownership = (objectOwnership: string, of = "fall-logs") => ({ type: "aws:s3/bucketOwnershipControls:BucketOwnershipControls", name: "ownership", props: { bucket: of, rule: { objectOwnership } } });

export const cases: Cases = {
  passes: {
    "access lists that are off": [bucket, ownership("BucketOwnerEnforced")],
    "on the bucket itself": [{ type: "AWS::S3::Bucket", props: { OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] } } }],
  },
  fails: {
    "nothing said": [/object ownership is absent/, bucket],
    "access lists": [/object ownership is "ObjectWriter"/, bucket, ownership("ObjectWriter")],
    "another bucket's": [/object ownership is absent/, bucket, ownership("BucketOwnerEnforced", "other")],
  },
};
