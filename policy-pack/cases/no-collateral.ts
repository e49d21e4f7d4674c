import { ordinary } from "../../infra/documents/configurations-for-tests";
import { changed, less, lock, unconditional } from "../lock-for-tests";
import type { Cases } from "./case";

export const cases: Cases = {
  configuration: ordinary,
  passes: { "the lock": lock("scp") },
  fails: {
    "everybody's flow logs": [/what is not ours.*calls ec2:/, ...changed("scp", "VpcCreateTags", unconditional("Null", "aws:ResourceTag/fall-log"))],
    "every tag": [/what is not ours.*calls/, ...changed("scp", "OurTagIsOurs", unconditional("ForAnyValue:StringEquals", "aws:TagKeys"))],
    "a harmless read": [/reading functions of members.*calls lambda:GetPolicy/, ...changed("scp", "StackSetsOwnMembers", less("NotAction", "lambda:GetPolicy"))],
    "governed Regions": [/what is not ours.*calls .*:Create/, ...changed("scp", "NothingLogsElsewhere", unconditional("StringNotEquals", "aws:RequestedRegion"))],
  },
};
