/**
 * The management account: who may deploy, the organization's trail, its own enforcers, and last of all the lock.
 *
 * What no Pulumi resource can do (enable the policy types, ActivateOrganizationsAccess) `npm run preflight` checks.
 * Never `aws.organizations.Organization`: it takes whole lists, and what is left out of them is switched off.
 */
import { deployment } from "../deployment";
import type { Stack } from "../stack";
import { controlPolicies } from "./control-policies";
import { deployRoles } from "./deploy-roles";
import { organizationTrail } from "./organization-trail";
import { organizationServices, recorderAdministrators } from "./organization-services";
import { ownEnforcers } from "./own-enforcers";
import { stackSetsAdministrator } from "./stack-sets-administrator";
import { watchedCalls } from "./watched-calls";

export async function declareManagement(stack: Stack): Promise<void> {
  stackSetsAdministrator(stack);
  recorderAdministrators(stack);
  deployRoles(stack);
  if (!stack.reached("force")) return;
  const trail = organizationTrail(stack);
  const enforcers = ownEnforcers(stack, await deployment(stack.config));
  watchedCalls(stack, enforcers);
  const services = organizationServices(stack);
  if (!stack.reached("lock")) return;
  controlPolicies(stack, [...trail, ...enforcers, ...services]);
}
