import { ordinary } from "../../infra/documents/configurations-for-tests";
import { changed, lock, unconditional } from "../lock-for-tests";
import type { Cases } from "./case";

export const cases: Cases = {
  configuration: ordinary,
  passes: { "the boundary": lock("rcp") },
  fails: {
    "services refused with the outsiders": [/(amazonaws\.com|EventBridge).*calls/, ...changed("rcp", "OutsidersStayOut", unconditional("BoolIfExists", "aws:PrincipalIsAWSService"))],
    "our own roles refused": [/permission .* calls/, ...changed("rcp", "OutsidersStayOut", unconditional("StringNotEqualsIfExists", "aws:PrincipalOrgID"))],
  },
};
