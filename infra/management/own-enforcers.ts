/**
 * The management account's own enforcers, from the very templates of the StackSets, which never reach this account.
 *
 * The templates and the code lie in the delegated account's buckets, under names that both tiers compute alike.
 */
import * as native from "@pulumi/aws-native";
import type * as pulumi from "@pulumi/pulumi";
import type { Deployment } from "../deployment";
import { codeObjectUrl } from "../code-object-url";
import type { Stack } from "../stack";

/** @pulumi/aws-native and not @pulumi/aws: the latter can't protect a stack from being terminated. */
function ownStack(
  { names, account }: Stack,
  stackName: string,
  region: string,
  key: string,
  dependsOn: readonly pulumi.Resource[],
): native.cloudformation.Stack {
  const provider = new native.Provider(`management-${stackName}-${region}`, { region: region as native.types.enums.Region, allowedAccountIds: [account] });
  return new native.cloudformation.Stack(
    `${stackName}-${region}`,
    {
      stackName,
      templateUrl: codeObjectUrl(names, region, key),
      capabilities: ["CAPABILITY_NAMED_IAM"],
      enableTerminationProtection: true,
    },
    { provider, protect: true, dependsOn: [...dependsOn] },
  );
}

/** @returns the stacks: the lock comes after them */
export function ownEnforcers(stack: Stack, made: Deployment): readonly pulumi.Resource[] {
  const { config, names } = stack;
  const global = ownStack(stack, names.ownGlobalStack, config.homeRegion, made.global.key, []);
  const regional = config.regions.map((region) => ownStack(stack, names.ownRegionalStack, region, made.regional.key, [global]));
  return [global, ...regional];
}
