import { ordinary } from "../../infra/documents/configurations-for-tests";
import { changed, less, lock, without } from "../lock-for-tests";
import type { Cases } from "./case";

const inMember = { ...ordinary, breakGlass: ["arn:aws:iam::444444444444:user/keeper"] };

export const cases: Cases = {
  configuration: ordinary,
  passes: { "the lock": lock("scp"), "the lock with break-glass's principals in a member account": lock("scp", undefined, inMember) },
  fails: {
    "exempt roles that anybody makes": [/calls iam:.* on arn:aws:iam::\d{12}:role\//, ...without("scp", "ExemptRolesAreFixed")],
    "execution roles that anybody makes": [/role\/stacksets-exec-/, ...changed("scp", "ExemptRolesAreFixed", less("Resource", "arn:aws:iam::????????????:role/stacksets-exec-*"))],
    "a service's role assumed": [/assuming .*enforcer.*calls sts:AssumeRole/, ...without("scp", "ServicesAloneAssume")],
    "a deploy role assumed": [/assuming deploy.*calls sts:AssumeRole/, ...without("scp", "BreakGlassAloneDeploys")],
    "a template through somebody else's stack": [/calls cloudformation:(CreateChangeSet|UpdateStack)/, ...without("scp", "StacksOfOthersRunNoTemplate")],
  },
};
