import { ordinary } from "../../infra/documents/configurations-for-tests";
import { changed, less, lock, without } from "../lock-for-tests";
import type { Cases } from "./case";

export const cases: Cases = {
  configuration: ordinary,
  passes: { "the lock": lock("scp") },
  fails: {
    "flow logs unprotected": [/vpc's weakening call.*calls ec2:DeleteFlowLogs/, ...changed("scp", "VpcCreateTags", less("Action", "ec2:DeleteFlowLogs"))],
    "our tag for everybody": [/calls .* with .*aws:TagKeys = \["fall-log"\]/, ...without("scp", "OurTagIsOurs")],
  },
};
