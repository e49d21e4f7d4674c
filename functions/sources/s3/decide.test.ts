import { namesFor } from "../../../infra/names";
import { isSource } from "./decide";

const names = namesFor({
  prefix: "fall",
  accounts: { management: "000000000000", logArchive: "222222222222", delegated: "333333333333", backup: "888888888888" },
  homeRegion: "us-east-1",
});

describe("isSource", () => {
  test.each([
    ["anybody's bucket", "111111111111", "orders", true],
    ["the archive's own store", "222222222222", names.logBucket("kms", "eu-west-1"), false],
    ["its store of the other class", "222222222222", names.logBucket("sse-s3", "us-east-1"), false],
    ["its store for AWS WAF", "222222222222", names.logBucket("kms", "us-east-1", "aws-waf-logs-"), false],
    ["its store of its own access logs", "222222222222", names.logBucket("audit", "us-east-1"), false],
    ["a copy in the archive", "222222222222", names.bucketOf("replica", "kms", "us-east-1"), false],
    ["a backup", "888888888888", names.bucketOf("backup", "sse-s3", "us-east-1"), false],
    ["what is recorded of the backups", "888888888888", names.bucketOf("records", "audit", "us-east-1"), false],
    ["a store's name in the backup account", "888888888888", names.logBucket("kms", "us-east-1"), true],
    ["another bucket of the archive", "222222222222", "reports", true],
    ["a bucket that poses as a store", "111111111111", names.logBucket("kms", "eu-west-1"), true],
    ["the code bucket", "333333333333", names.codeBucket("eu-west-1"), true],
    ["a directory bucket", "111111111111", "orders--use1-az4--x-s3", false],
    ["no name", "111111111111", "", false],
  ])("%s", (_, account, bucket, expected) => {
    expect(isSource(names, account, bucket)).toBe(expected);
  });
});
