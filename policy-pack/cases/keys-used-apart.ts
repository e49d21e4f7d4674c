import { ordinary } from "../../infra/documents/configurations-for-tests";
import { logKeyPolicy } from "../../infra/documents/log-key-policy";
import { minified } from "../../infra/documents/policy";
import { also, edited, lacking, short, widened } from "../documents-for-tests";
import { type Cases, type Given, urn } from "./case";

const account = "222222222222";
export const keyGiven = (policy: string, alias = "alias/fall-log-storage"): readonly [Given, Given] => [
  { type: "aws:kms/key:Key", name: "logs", props: { policy, region: "us-east-1" }, account },
  { type: "aws:kms/alias:Alias", name: "logs", props: { name: alias, targetKeyId: "id", region: "us-east-1" }, account, dependencies: [urn("logs")] },
];
const key = logKeyPolicy(ordinary, "us-east-1");
const encrypt = key.Statement.find(({ Sid, Principal }) => Sid.startsWith("Encrypt") && JSON.stringify(Principal).includes("delivery.logs"))!.Sid;

export const cases: Cases = {
  configuration: { ...ordinary, tier: "log-archive" },
  passes: { "a Region's key": keyGiven(minified(key)) },
  fails: {
    "a service for any organization": [/nothing else is allowed: .*SourceOrgID/, ...keyGiven(edited(key, encrypt, lacking("StringEquals")))],
    "a service for any source": [/nothing else is allowed: .*SourceArn/, ...keyGiven(edited(key, encrypt, lacking("ArnLike")))],
    "a service for any object": [/nothing else is allowed: .*EncryptionContext/i, ...keyGiven(edited(key, encrypt, lacking("StringLike")))],
    "a service that decrypts": [/nothing else is allowed: .*kms:Decrypt/, ...keyGiven(edited(key, encrypt, also("kms:Decrypt")))],
    "an administrator who decrypts": [/nothing else is allowed: .*kms:Decrypt/, ...keyGiven(edited(key, "BreakGlassAdministers", also("kms:Decrypt")))],
    "a deploy role who encrypts": [/nothing else is allowed: .*kms:Encrypt/, ...keyGiven(edited(key, "DeployRoleChanges", also("kms:Encrypt")))],
    "anybody of the account changes": [/nothing else is allowed/, ...keyGiven(edited(key, "DeployRoleChanges", lacking("ArnEquals")))],
    "replication that reads for itself": [/nothing else is allowed: .*kms:Decrypt/, ...keyGiven(edited(key, "ReplicationDecrypts", lacking("StringLike")))],
    "all for the account, as AWS's default": [/nothing else is allowed/, ...keyGiven(widened(key, { Principal: { AWS: "arn:aws:iam::222222222222:root" }, Action: "kms:*", Resource: "*" }))],
    "nobody who could change the policy": [/the deploy role changes is allowed: .*kms:PutKeyPolicy/, ...keyGiven(edited(key, "DeployRoleChanges", short("kms:PutKeyPolicy")))],
    "a service left out": [/is allowed: delivery\.logs.*GenerateDataKey/, ...keyGiven(edited(key, encrypt))],
    "a key that nobody knows": [/Nobody has said/, ...keyGiven(minified(key), "alias/other")],
  },
};
