/** The StackSets' instances: every account and Region has the stack that its enforcers are made of. */
import { CloudFormationClient } from "@aws-sdk/client-cloudformation";
import { stackInstances, suspended, underWay, type Instance } from "../../../functions/watcher/instances";
import { cause, note, type Check } from "../check";
import { stackInstanceOf } from "../nodes";

export interface InstanceReading {
  readonly instance: Instance;
}

export const check: Check<InstanceReading> = {
  looksAt: "the instances of both StackSets",
  causes: {
    "stack-instance": { symptom: "nothing is forced in one account and Region", cause: "the StackSet's instance there is not CURRENT: its enforcers are old, broken or were never made" },
    "stack-instance-under-way": { symptom: "the same, for now", cause: "an operation is still at work on the instance" },
  },
  async read({ access, config, names, scope }) {
    if (config.phase === "prepare") return [];
    const place = { account: config.accounts.delegated, region: config.homeRegion };
    const sets = [names.globalStackSet, names.regionalStackSet];
    const found = await Promise.all(sets.map((set) => access.attempt(place, "cloudformation:ListStackInstances", (entered) => stackInstances(entered.client(CloudFormationClient, config.homeRegion), set))));
    return found
      .flatMap((all) => all ?? [])
      .filter(({ account, region }) => (scope.account ?? account) === account && (scope.regions.includes(region) || region === config.homeRegion))
      .map((instance) => ({ instance }));
  },
  judge({ instance }) {
    const { stackSet, account, region, status, reason } = instance;
    if (status === "CURRENT" || suspended(instance)) return [];
    const what = stackInstanceOf(stackSet, { account, region });
    const found = `${status}: ${reason || "no reason given"}`;
    if (underWay(instance)) return [note("stack-instance-under-way", what, { account, region }, found, "wait for the operation")];
    const mend = `aws cloudformation update-stack-instances --call-as DELEGATED_ADMIN --stack-set-name ${stackSet} --deployment-targets Accounts=${account} --regions ${region}, by the delegated account's deploy role`;
    return [cause("stack-instance", what, { account, region }, found, mend)];
  },
};
