import type { Cases } from "./case";

const good = {
  permissionModel: "SERVICE_MANAGED",
  callAs: "DELEGATED_ADMIN",
  autoDeployment: { enabled: true, retainStacksOnAccountRemoval: true },
  managedExecution: { active: true },
  operationPreferences: { regionConcurrencyType: "PARALLEL", concurrencyMode: "SOFT_FAILURE_TOLERANCE" },
};
const stackSet = (changes: object, type = "aws-native:cloudformation:StackSet") => ({ type, props: { ...good, ...changes } });

export const cases: Cases = {
  passes: { "all settings": [stackSet({})], "all settings of @pulumi/aws": [stackSet({}, "aws:cloudformation/stackSet:StackSet")] },
  fails: {
    "self-managed": [/PermissionModel is SELF_MANAGED/, stackSet({ permissionModel: "SELF_MANAGED" })],
    "called as the management account": [/CallAs is SELF/, stackSet({ callAs: "SELF" })],
    "without auto-deployment": [/AutoDeployment.Enabled is absent/, stackSet({ autoDeployment: undefined })],
    "without retention": [/RetainStacksOnAccountRemoval is false/, stackSet({ autoDeployment: { enabled: true, retainStacksOnAccountRemoval: false } })],
    "without managed execution": [/ManagedExecution.Active is absent/, stackSet({ managedExecution: undefined })],
    "one Region after the other": [/SEQUENTIAL/, stackSet({ operationPreferences: { ...good.operationPreferences, regionConcurrencyType: "SEQUENTIAL" } })],
    "stopping at the first failure": [/ConcurrencyMode is absent/, stackSet({ operationPreferences: { regionConcurrencyType: "PARALLEL" } })],
  },
};
