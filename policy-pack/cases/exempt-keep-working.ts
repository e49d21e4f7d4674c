import { ordinary } from "../../infra/documents/configurations-for-tests";
import { bound, changed, lock } from "../lock-for-tests";
import type { Cases } from "./case";

const role = (name: string) => `arn:aws:iam::????????????:role/fall/${name}`;

export const cases: Cases = {
  configuration: ordinary,
  passes: { "the lock": lock("scp") },
  fails: {
    "an enforcer that is not exempt": [/role\/fall\/enforcer-vpc calls ec2:.*Smallest change: .*add arn:aws:iam::\?{12}:role\/fall\/enforcer-vpc to ArnNotLike aws:PrincipalArn/, ...changed("scp", "VpcCreateTags", bound(role("enforcer-vpc")))],
    "StackSets that can't deploy": [/StackSets deploy/, ...changed("scp", "StackSetsOwnMembers", bound(`arn:aws:iam::????????????:role/stacksets-exec-${"?".repeat(32)}`))],
    "break-glass that can't mend": [/break-glass mends/, ...changed("scp", "ExemptRolesAreFixed", bound(role("break-glass")))],
    "a watcher that can't report": [/role\/fall\/watcher calls/, ...changed("scp", "NotifierAloneReports", bound("arn:aws:iam::333333333333:role/fall/watcher"))],
  },
};
