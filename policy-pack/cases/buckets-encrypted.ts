import { kept } from "../../infra/documents/configurations-for-tests";
import { type Cases, type Given, UNKNOWN_TEXT, urn } from "./case";
import { AUDIT, bucket, STORE } from "../log-buckets-for-cases";

const account = "222222222222";
const key = `arn:aws:kms:us-east-1:${account}:key/1`;
const store = { ...bucket(STORE), account };
const alias = { type: "aws:kms/alias:Alias", name: "alias", account, props: { name: "alias/fall-log-storage", region: "us-east-1", targetKeyId: "1" } };
const encryption = (of: string, byDefault: object, more: object = {}): Given => ({
  type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration", name: "encryption", account, dependencies: [urn("alias")],
  props: { bucket: of, rules: [{ applyServerSideEncryptionByDefault: byDefault, ...more }] },
});
const byKey = (kmsMasterKeyId: unknown, more?: object) => encryption(STORE, { sseAlgorithm: "aws:kms", kmsMasterKeyId }, more);
const s3Own = { sseAlgorithm: "AES256" };

export const cases: Cases = {
  configuration: kept,
  passes: {
    "the Region's key": [store, alias, byKey(key, { bucketKeyEnabled: false })],
    "the Region's key, before it is made": [store, alias, byKey(UNKNOWN_TEXT)],
    "Amazon S3's own where the class has none": [bucket(AUDIT), encryption(AUDIT, s3Own)],
    "either of a bucket that holds no logs": [bucket("code"), encryption("code", s3Own)],
  },
  fails: {
    "nothing said": [/0 rules of encryption/, store],
    "another bucket's": [/0 rules of encryption/, store, encryption("code", s3Own)],
    "Amazon S3's own where the class has a key": [/"aws:kms" is allowed/, store, alias, encryption(STORE, s3Own)],
    "a key where Amazon S3's own is meant": [/"AES256" is allowed/, bucket(AUDIT), encryption(AUDIT, { sseAlgorithm: "aws:kms" })],
    "AWS's key": [/a key of this stack in us-east-1/, store, alias, byKey(undefined)],
    "another Region's key": [/a key of this stack in us-east-1/, store, alias, byKey(key.replace("us-east-1", "eu-central-1"))],
    "another account's key": [/a key of this stack in us-east-1/, store, alias, byKey(key.replace(account, "999999999999"))],
    "a key of another stack": [/a key of this stack in us-east-1/, store, byKey(key)],
    "a bucket key": [/has a bucket key/, store, alias, byKey(key, { bucketKeyEnabled: true })],
    "an algorithm that there is none of": [/"AES256" or "aws:kms"/, bucket("code"), encryption("code", { sseAlgorithm: "none" })],
  },
};
