import { codeBucketPolicy } from "../../infra/documents/code-bucket-policy";
import { ordinary } from "../../infra/documents/configurations-for-tests";
import { minified } from "../../infra/documents/policy";
import { edited, lacking, widened } from "../documents-for-tests";
import type { Cases } from "./case";

const given = (policy: string, bucket = "fall-code-333333333333-us-east-1") => ({ type: "aws:s3/bucketPolicy:BucketPolicy", props: { bucket, policy, region: "us-east-1" }, account: "333333333333" });
const code = codeBucketPolicy(ordinary, "us-east-1");

export const cases: Cases = {
  configuration: { ...ordinary, tier: "delegated" },
  passes: { "the code bucket": [given(minified(code))] },
  fails: {
    "everybody writes": [/nobody else changes it: /, given(edited(code, "OnlyDeployRoleWrites"))],
    "everybody writes objects": [/nobody else changes it: .*s3:PutObject/, given(edited(code, "OnlyDeployRoleWrites", (one) => ({ ...one, NotAction: [...[one.NotAction ?? []].flat(), "s3:PutObject"] })))],
    "any organization reads the code": [/nothing else is allowed: .*s3:GetObject/, given(edited(code, "DeploymentReadsCode", lacking("StringEquals")))],
    "everybody reads everything": [/nothing else is allowed/, given(widened(code, { Principal: "*", Action: "s3:Get*", Resource: "arn:aws:s3:::fall-code-333333333333-us-east-1/*" }))],
    "no TLS": [/nothing without TLS/, given(edited(code, "OverTlsOnly"))],
    "enforcers left without their list": [/enforcers read the exclusions is allowed/, given(edited(code, "EnforcersReadExclusions"))],
    "a bucket that nobody knows": [/Nobody has said what the bucket policy of it/, given(minified(code), "fall-other")],
  },
};
