import { namesFor } from "../../infra/names";
import { type Cases, rcp, ROLE, scp } from "./case";

const deny = { Sid: "A", Effect: "Deny", Action: "s3:DeleteBucket", Resource: "*" };
const unless = (value: string | readonly string[], operator = "ArnNotLike") => ({ ...deny, Condition: { [operator]: { "aws:PrincipalArn": value } } });
const { stackSetsExecutionRoleArn } = namesFor({ prefix: "x", accounts: { management: "", logArchive: "", delegated: "" }, homeRegion: "us-east-1" });

export const cases: Cases = {
  passes: {
    "roles of the project, in any account or one": [scp(unless([ROLE, "arn:aws:iam::222222222222:role/fall/deploy-log-archive", stackSetsExecutionRoleArn()]))],
    "a reader of the archive, of the configuration's own name": [scp(unless(["arn:aws:iam::222222222222:role/fall/auditor-annual", "arn:aws:iam::222222222222:role/fall/LogArchive-Administrator"]))],
    "a landing zone's own role": [scp(unless("arn:aws:iam::????????????:role/AWSControlTowerExecution"))],
    "a Deny without exemption": [scp(deny)],
    "outsiders, in a resource control policy": [rcp({ ...deny, Principal: "*", Condition: { StringNotEqualsIfExists: { "aws:PrincipalOrgID": "o-exampleorgid" } } })],
  },
  fails: {
    "an account left open by a `*`": [/has a `\*`/, scp(unless("arn:aws:iam::*:role/fall/enforcer-vpc"))],
    "a name left open": [/has a `\*`/, scp(unless("arn:aws:iam::????????????:role/fall/*"))],
    "a name left open by one character": [/no role/, scp(unless("arn:aws:iam::????????????:role/fall/enforcer-vp?"))],
    "readers left open": [/has a `\*`/, scp(unless("arn:aws:iam::222222222222:role/fall/auditor-*"))],
    "a role without the path": [/no role of the form/, scp(unless("arn:aws:iam::????????????:role/enforcer-vpc"))],
    "a role that is not the project's": [/no role of the project/, scp(unless("arn:aws:iam::????????????:role/fall/administrator"))],
    "a user": [/no role of the form/, scp(unless("arn:aws:iam::????????????:user/fall/enforcer-vpc"))],
    "the execution roles of StackSets by a `*`": [/has a `\*`/, scp(unless("arn:aws:iam::????????????:role/stacksets-exec-*"))],
    "one bad name beside good ones, in any operator's dress": [/has a `\*`/, scp(unless([ROLE, "arn:aws:iam::*:root"], "ForAllValues:StringNotLikeIfExists"))],
    "an exempt account": [/aws:PrincipalAccount/, scp({ ...deny, Condition: { StringNotEquals: { "aws:PrincipalAccount": "333333333333" } } })],
    "an exempt organization, which is everyone": [/aws:PrincipalOrgID/, scp({ ...deny, Condition: { StringNotEquals: { "aws:PrincipalOrgID": "o-exampleorgid" } } })],
    "an exempt user name": [/aws:username/, scp({ ...deny, Condition: { StringNotLike: { "aws:username": "admin" } } })],
    "a bad name in a resource control policy": [/has a `\*`/, rcp({ ...unless("arn:aws:iam::*:role/x"), Principal: "*" })],
  },
};
