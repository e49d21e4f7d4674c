import { ordinary } from "../../infra/documents/configurations-for-tests";
import { logBucketPolicy } from "../../infra/documents/log-bucket-policy";
import { minified } from "../../infra/documents/policy";
import { also, edited, lacking, widened } from "../documents-for-tests";
import type { Cases } from "./case";
import { logBucket } from "./log-buckets-kept";

const store = logBucketPolicy(ordinary, "us-east-1", "kms");
const write = store.Statement.find(({ Sid, Principal }) => Sid.startsWith("Write") && JSON.stringify(Principal).includes("delivery.logs"))!.Sid;

export const cases: Cases = {
  configuration: { ...ordinary, tier: "log-archive" },
  passes: { "a store": [logBucket(minified(store))] },
  fails: {
    "a service for any organization": [/nothing else is allowed: .*SourceOrgID/, logBucket(edited(store, write, lacking("StringEquals")))],
    "a service for any source": [/nothing else is allowed: .*SourceArn/, logBucket(edited(store, write, lacking("ArnLike")))],
    "a service that gives the log to others": [/nothing else is allowed: .*x-amz-acl/, logBucket(edited(store, write, lacking("StringEqualsIfExists")))],
    "a service that reads": [/nothing else is allowed: .*s3:GetObject/, logBucket(edited(store, write, also("s3:GetObject")))],
    "another service": [/nothing else is allowed: s3/, logBucket(widened(store, { Principal: { Service: "s3.amazonaws.com" }, Action: "s3:PutObject", Resource: "arn:aws:s3:::aws-fall-log-storage-222222222222-us-east-1/AWSLogs/*" }))],
    "the public": [/nothing else is allowed/, logBucket(widened(store, { Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::aws-fall-log-storage-222222222222-us-east-1/*" }))],
    "a service left out": [/written is allowed: delivery.logs/, logBucket(edited(store, write))],
    "other keys": [/no other keys/, logBucket(edited(store, "NoOtherKeys"))],
    "unencrypted as the class demands": [/encrypted as the class/, logBucket(edited(store, "EncryptedAsTheClass"))],
    "a sender's key": [/no key of the sender's/, logBucket(edited(store, "NoKeyOfTheSenders"))],
    "another account's key": [/no key of others/, logBucket(edited(store, "NoKeyOfOthers"))],
  },
};
