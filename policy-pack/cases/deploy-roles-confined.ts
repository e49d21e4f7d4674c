import { ordinary } from "../../infra/documents/configurations-for-tests";
import { deployPermissions } from "../../infra/documents/deploy-permissions";
import { minified } from "../../infra/documents/policy";
import { widened } from "../documents-for-tests";
import type { Cases, Given } from "./case";

const given = (policy: string): readonly [Given, Given] => [
  { type: "aws:iam/role:Role", name: "deploy-log-archive", props: { name: "deploy-log-archive", path: "/fall/", assumeRolePolicy: "{}" }, account: "222222222222" },
  { type: "aws:iam/rolePolicy:RolePolicy", name: "deploy-log-archive", props: { name: "p", role: "deploy-log-archive", policy }, account: "222222222222" },
];
const deploy = deployPermissions(ordinary, "log-archive");
const more = (Action: string, Resource = "*") => given(widened(deploy, { Action, Resource }));

export const cases: Cases = {
  configuration: { ...ordinary, tier: "management" },
  passes: { "the archive's deploy role": given(minified(deploy)) },
  fails: {
    "it changes itself": [/changes no role of others/, ...more("iam:PutRolePolicy", "arn:aws:iam::222222222222:role/fall/deploy-*")],
    "it trusts whom it likes with break-glass": [/changes no role of others/, ...more("iam:UpdateAssumeRolePolicy", "arn:aws:iam::222222222222:role/fall/LogArchive-Administrator")],
    "it passes its roles to a machine": [/passes roles to their services alone/, ...more("iam:PassRole", "arn:aws:iam::222222222222:role/fall/replication")],
    "it becomes an administrator": [/becomes nobody else/, ...more("sts:AssumeRole", "arn:aws:iam::*:role/stacksets-exec-*")],
    "it deletes logs": [/destroys no object/, ...more("s3:DeleteObject*", "arn:aws:s3:::*")],
    "it forges logs": [/writes no log/, ...more("s3:PutObject", "arn:aws:s3:::aws-fall-log-storage-222222222222-us-east-1/AWSLogs/*")],
    "it reads logs": [/writes no log, and reads none/, ...more("s3:Get*")],
    "it decrypts": [/uses no key/, ...more("kms:*")],
    "it reads a webhook's URL": [/takes no message, no table, no secret/, ...more("secretsmanager:GetSecretValue")],
  },
};
