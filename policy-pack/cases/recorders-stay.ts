import { ordinary } from "../../infra/documents/configurations-for-tests";
import { bound, changed, less, lock, without } from "../lock-for-tests";
import type { Cases } from "./case";

export const cases: Cases = {
  configuration: ordinary,
  passes: { "the lock": lock("scp") },
  fails: {
    "a trail that anybody stops": [/the organization's trail.*calls cloudtrail:/, ...without("scp", "CloudTrailEnabled")],
    "a trail that nobody reads": [/reading the organization's trail.*calls cloudtrail:GetTrail/, ...changed("scp", "CloudTrailEnabled", less("NotAction", "cloudtrail:GetTrailStatus"))],
    "a trail that break-glass can't mend": [/who may goes on changing/, ...changed("scp", "CloudTrailEnabled", bound("arn:aws:iam::????????????:role/fall/break-glass"))],
  },
};
