import { type Cases, urn } from "./case";

const bucket = { type: "aws:s3/bucket:Bucket", name: "logs", props: { bucket: "fall-logs" } };
const all = { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true };
const block = (settings: object, of = "fall-logs") => ({ type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", name: "block", props: { bucket: of, ...settings } });

export const cases: Cases = {
  passes: {
    "all four": [bucket, block(all)],
    "all four, of a bucket that is not named yet": [bucket, { ...block(all, "04da6b54-80e4-46f7-96ec-b56ff0331ba9"), dependencies: [urn("logs")] }],
    "on the bucket itself": [{ type: "AWS::S3::Bucket", props: { PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true } } }],
  },
  fails: {
    "no block": [/no public access block/, bucket],
    "another bucket's block": [/no public access block/, bucket, block(all, "other")],
    "one of four missing": [/restrictPublicBuckets is not true/, bucket, block({ ...all, restrictPublicBuckets: undefined })],
    "one of four off": [/blockPublicPolicy is not true/, bucket, block({ ...all, blockPublicPolicy: false })],
  },
};
