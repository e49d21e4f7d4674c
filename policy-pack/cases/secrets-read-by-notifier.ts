import { ordinary } from "../../infra/documents/configurations-for-tests";
import { minified } from "../../infra/documents/policy";
import { secretPolicy } from "../../infra/documents/secret-policy";
import { edited, widened } from "../documents-for-tests";
import type { Cases } from "./case";

const given = (policy: string) => ({ type: "aws:secretsmanager/secretPolicy:SecretPolicy", props: { secretArn: "arn", policy, region: "us-east-1" }, account: "333333333333" });
const secret = secretPolicy(ordinary);

export const cases: Cases = {
  configuration: { ...ordinary, tier: "delegated" },
  passes: { "a webhook's secret": [given(minified(secret))] },
  fails: {
    "a role of the notifier's name elsewhere": [/nobody but the notifier reads: .*role\/fall\/notifier/, given(edited(secret, "NotifierAloneReads", (one) => ({ ...one, Condition: { ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/fall/notifier" } } })))],
    "an account let in": [/nothing else is allowed/, given(widened(secret, { Principal: { AWS: "arn:aws:iam::999999999999:root" }, Action: "secretsmanager:Describe*", Resource: "*" }))],
  },
};
