/**
 * Service-managed, so that new accounts are reached; with retention, so that moving an account does not disarm it; by
 * the delegated administrator, so that nobody works as the management account; all Regions at once, and one account's
 * failure not stopping the rest.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-manage-auto-deployment.html
 */
import { verdict, type Rule } from "../rule";
import type { StackSetSettings } from "../subjects/subject";

/** What each setting has to be, by the name AWS gives it. */
const wanted: Readonly<Record<keyof StackSetSettings, readonly [string, string | boolean]>> = {
  permissionModel: ["PermissionModel", "SERVICE_MANAGED"],
  autoDeployment: ["AutoDeployment.Enabled", true],
  retain: ["AutoDeployment.RetainStacksOnAccountRemoval", true],
  callAs: ["CallAs", "DELEGATED_ADMIN"],
  managedExecution: ["ManagedExecution.Active", true],
  regionConcurrency: ["OperationPreferences.RegionConcurrencyType", "PARALLEL"],
  concurrencyMode: ["OperationPreferences.ConcurrencyMode", "SOFT_FAILURE_TOLERANCE"],
};

export const rule: Rule = {
  requirement: "A StackSet is service-managed, called as delegated administrator, deploys to new accounts and keeps stacks of moved ones.",
  needs: "subject",
  judge: (subject) => {
    if (subject.kind !== "stack-set") return "not-applicable";
    return verdict(
      (Object.keys(wanted) as (keyof StackSetSettings)[]).flatMap((key) => {
        const [name, value] = wanted[key];
        const given = subject.settings[key];
        if (given === value || (typeof value === "boolean" && given === String(value))) return [];
        return [`Its ${name} is ${given === null ? "absent" : String(given)}, ${value} is wanted.`];
      }),
    );
  },
};
