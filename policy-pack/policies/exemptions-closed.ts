/**
 * Nobody becomes exempt: makes, changes, tags, passes, assumes or runs code as a role that the lock exempts.
 *
 * One step is enough to prove: the universe holds every principal that is not exempt, also those that another one could
 * become on its way, so a way of several steps has a last one, and that one is denied. What of ours runs code as an exempt
 * role - functions, stacks - is owned, and changing it is `owned-resources-denied`'s to judge; other services (Amazon EC2,
 * Amazon ECS, AWS Systems Manager, AWS CloudFormation) are handed a role by iam:PassRole, and only by it.
 */
import type { Configuration } from "../../infra/config/configuration";
import { grouped } from "../../infra/config/grouped";
import { exemptPrincipals } from "../../infra/documents/exempt";
import { memberArns } from "../../infra/documents/owned-arns";
import { workingRoles } from "../../infra/documents/working-roles";
import { ANY_ACCOUNT } from "../../infra/names";
import { catalogue } from "../catalogue";
import { controlQuestions, denied, type ControlAsk } from "../control-questions";
import { exemptRoles, groundsOf, isLeftOpen, recordingRoles, whoNeeds } from "../duties";
import { factsOfAll } from "../goals";
import { obligation } from "../obligation";
import type { ActionFacts } from "../universe";

const isSts = ({ name }: ActionFacts): boolean => name.startsWith("sts:");

/** Making and changing them, and handing them to a service. */
function changing(config: Configuration): readonly ControlAsk[] {
  const { lastResort } = exemptPrincipals(config);
  const actions = catalogue().filter((facts) => !isSts(facts) && !isLeftOpen(facts.name));
  const patterns = [...exemptRoles(config), ...groundsOf(config)];
  const needed = whoNeeds(config, patterns);
  const groups = grouped(actions, ({ name }) => needed(name).join(" "));
  return [...groups].map(([users, alike]) =>
    denied(config, "changing an exempt role or what it rests on", [...users.split(" ").filter(Boolean), ...lastResort], { actions: alike, resources: patterns }));
}

/** Whoever a role's own trust policy lets in by name, with what it demands: break-glass, and those who read. */
function isTrustedByName(config: Configuration, role: string): boolean {
  const { lastResort, readers } = exemptPrincipals(config);
  return [...lastResort, ...readers].some((pattern) => pattern.split("/").at(-1) === role.split("/").at(-1));
}

/** A deploy role is assumed by pipelines, which are no principals yet, and when nothing else helps; the backup's by the archive's alone. */
const deploys = (role: string): boolean => /\/deploy-(?!backup$)[^/]*$/.test(role);

function assuming(config: Configuration): readonly ControlAsk[] {
  const { lastResort } = exemptPrincipals(config);
  const actions = catalogue().filter(isSts);
  const roles = [...new Set([...workingRoles(config).map(({ arn }) => arn), ...exemptRoles(config), ...recordingRoles(config)])].filter((role) => !isTrustedByName(config, role));
  const who = (role: string) => [...new Set([...whoNeeds(config, [role])("sts:AssumeRole"), ...(deploys(role) ? lastResort : [])])];
  return [...grouped(roles, (role) => who(role).join(" "))].map(([users, alike]) =>
    denied(config, `assuming ${alike.map((arn) => arn.split("/").at(-1)).join(", ")}`, users.split(" ").filter(Boolean), { actions, resources: alike }));
}

/** A stack that a StackSet made runs as the StackSets execution role for whoever updates it, without iam:PassRole. */
async function throughStacks(config: Configuration): Promise<readonly ControlAsk[]> {
  const { stackSets, lastResort } = exemptPrincipals(config);
  const actions = await factsOfAll(["cloudformation:CreateChangeSet", "cloudformation:UpdateStack"]);
  const resources = [`arn:aws:cloudformation:*:${ANY_ACCOUNT}:stack/StackSet-*`, ...memberArns(config).stacks];
  const key = "cloudformation:rolearn";
  const ways = [
    ["without naming a role", { kind: "absent" }],
    ["as the StackSets execution role", { kind: "free", presence: "always", many: false, values: { reading: "arn", like: [stackSets] } }],
  ] as const;
  return ways.map(([how, domain]) =>
    denied(config, `updating a StackSet's stack ${how}`, [stackSets, ...lastResort], { actions, resources, keys: { [key]: domain } }));
}

export const rule = obligation({
  requirement: "Nobody becomes exempt, in one step or several: no exempt role is made, changed, passed, assumed or run by anybody else.",
  universe:
    "Every role, user, federated user and root user of every account but management's that is not itself exempt; every action of AWS IAM, AWS STS and AWS CloudFormation that is listed on a role, on an identity provider or on a stack that the roles rest on and is no reviewed harmless read, iam:PassRole among them; every exempt role in every account, whether it is there or not. A way of several steps has a last one, which is among these.",
  notCovered:
    "Who may assume break-glass and the readers' roles, which their trust policies say; the management account; service-linked roles; another account that is delegated administrator of AWS CloudFormation StackSets; whoever can write to the repository that CI deploys from.",
  about: ({ kind }) => kind === "service-control-policy",
  questions: async (config, subjects) =>
    controlQuestions(subjects, "service-control-policy", [...changing(config), ...assuming(config), ...(await throughStacks(config))]),
});
