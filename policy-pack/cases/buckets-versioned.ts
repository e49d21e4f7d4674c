import { type Cases } from "./case";

const bucket = { type: "aws:s3/bucket:Bucket", name: "logs", props: { bucket: "fall-logs" } };
const versioning = (status: string, of = "fall-logs") => ({ type: "aws:s3/bucketVersioning:BucketVersioning", name: "versioning", props: { bucket: of, versioningConfiguration: { status } } });

export const cases: Cases = {
  passes: {
    "versions that are kept": [bucket, versioning("Enabled")],
    "on the bucket itself": [{ type: "AWS::S3::Bucket", props: { VersioningConfiguration: { Status: "Enabled" } } }],
  },
  fails: {
    "nothing said": [/versioning is not set/, bucket],
    "versions suspended": [/versioning is "Suspended"/, bucket, versioning("Suspended")],
    "another bucket's": [/versioning is not set/, bucket, versioning("Enabled", "other")],
    "versions suspended on the bucket itself": [/versioning is "Suspended"/, { type: "AWS::S3::Bucket", props: { VersioningConfiguration: { Status: "Suspended" } } }],
  },
};
