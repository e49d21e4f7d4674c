import { ordinary } from "../../infra/documents/configurations-for-tests";
import { logKeyPolicy } from "../../infra/documents/log-key-policy";
import { minified } from "../../infra/documents/policy";
import { edited, short } from "../documents-for-tests";
import type { Cases } from "./case";
import { keyGiven } from "./keys-used-apart";

const key = logKeyPolicy(ordinary, "us-east-1");
const spared = (sid: string, ...roles: readonly string[]) =>
  edited(key, sid, (one) => ({ ...one, Condition: { ArnNotLike: { "aws:PrincipalArn": [one.Condition!["ArnNotLike"]!["aws:PrincipalArn"]!, ...roles].flat() } } }));

export const cases: Cases = {
  configuration: { ...ordinary, tier: "log-archive" },
  passes: { "a Region's key": keyGiven(minified(key)) },
  fails: {
    "destruction": [/nobody destroys or grants/, ...keyGiven(edited(key, "NothingIsDestroyed"))],
    "a grant": [/nobody destroys or grants: .*kms:CreateGrant/, ...keyGiven(edited(key, "NothingIsDestroyed", short("kms:CreateGrant")))],
    "another's alias": [/nobody moves it: .*kms:UpdateAlias/, ...keyGiven(edited(key, "NothingIsMoved", short("kms:UpdateAlias")))],
    "a deploy role that destroys": [/nobody destroys or grants: .*deploy-log-archive/, ...keyGiven(spared("NothingIsDestroyed", "arn:aws:iam::222222222222:role/fall/deploy-log-archive"))],
    "the account's root": [/nobody moves it: .*222222222222:root/, ...keyGiven(spared("NothingIsMoved", "arn:aws:iam::222222222222:root"))],
  },
};
