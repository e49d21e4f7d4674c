/**
 * The two StackSets: roles once an account, enforcers in every governed Region, the second after the first.
 *
 * @pulumi/aws-native and not @pulumi/aws: a StackSet and its targets are one resource there, so that a wider rollout
 * is an update and never a deletion in between, and auto-deployment takes dependencies.
 */
import * as native from "@pulumi/aws-native";
import * as pulumi from "@pulumi/pulumi";
import { codeObjectUrl } from "../code-object-url";
import type { Deployment, UploadedTemplate } from "../deployment";
import type { Stack } from "../stack";
import type { CodeBucket } from "./code";

interface Targets {
  readonly organizationalUnitIds: string[];
  readonly accounts?: string[];
  readonly accountFilterType?: "DIFFERENCE";
}

/**
 * Where the stacks go. With the whole organization the canary OU stays a target of its own and its accounts are
 * subtracted from the root's: no stack of theirs is deleted or made twice when the rollout goes on.
 */
export function targets({ config: { force, rootId } }: Pick<Stack, "config">): readonly Targets[] {
  const canary: Targets[] = force.canary ? [{ organizationalUnitIds: [force.canary.ou] }] : [];
  if (force.rollout === "canary") return canary;
  const excepted = force.canary && force.canary.accounts.length > 0;
  return [
    ...canary,
    { organizationalUnitIds: [rootId], ...(excepted && { accounts: [...force.canary!.accounts], accountFilterType: "DIFFERENCE" as const }) },
  ];
}

function stackSet(
  stack: Stack,
  name: string,
  stackSetName: string,
  description: string,
  template: UploadedTemplate,
  regions: readonly string[],
  dependsOn: readonly pulumi.Output<string>[],
  options: pulumi.CustomResourceOptions,
): native.cloudformation.StackSet {
  return new native.cloudformation.StackSet(
    name,
    {
      stackSetName,
      description,
      permissionModel: "SERVICE_MANAGED",
      callAs: "DELEGATED_ADMIN",
      capabilities: ["CAPABILITY_NAMED_IAM"],
      templateUrl: codeObjectUrl(stack.names, stack.config.homeRegion, template.key),
      autoDeployment: { enabled: true, retainStacksOnAccountRemoval: true, ...(dependsOn.length > 0 && { dependsOn: [...dependsOn] }) },
      managedExecution: { active: true },
      operationPreferences: {
        regionConcurrencyType: "PARALLEL",
        concurrencyMode: "SOFT_FAILURE_TOLERANCE",
        maxConcurrentPercentage: 100,
        // One broken account must not keep the others from being forced; the watcher reports it.
        failureTolerancePercentage: 100,
      },
      stackInstancesGroup: targets(stack).map((deploymentTargets) => ({ deploymentTargets: { ...deploymentTargets }, regions: [...regions] })),
    },
    options,
  );
}

export function stackSets(stack: Stack, made: Deployment, buckets: readonly CodeBucket[]): readonly native.cloudformation.StackSet[] {
  const { config, names, account } = stack;
  const provider = new native.Provider("delegated-native", { region: config.homeRegion, allowedAccountIds: [account] });
  const uploads = buckets.flatMap(({ policy, objects }) => [policy, ...objects]);
  const options = { provider, protect: true, dependsOn: uploads };
  const global = stackSet(
    stack,
    "global",
    names.globalStackSet,
    "Force-and-Lock-Logs: the roles of every account",
    made.global,
    [config.homeRegion],
    [],
    options,
  );
  // NC: the StackSets of a delegated administrator are the management account's, and so the ARN; AWS's documentation
  // says that they are created there, and gives no example of such an ARN in DependsOn.
  const arn = pulumi.interpolate`arn:aws:cloudformation:${config.homeRegion}:${config.accounts.management}:stackset/${global.stackSetId}`;
  const regional = stackSet(
    stack,
    "regional",
    names.regionalStackSet,
    "Force-and-Lock-Logs: the enforcers of every account and Region",
    made.regional,
    config.regions,
    [arn],
    { ...options, dependsOn: [...uploads, global] },
  );
  return [global, regional];
}
