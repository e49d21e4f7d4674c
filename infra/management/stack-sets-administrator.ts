/** Lets the delegated account run StackSets for the whole organization. */
import * as aws from "@pulumi/aws";
import type { Stack } from "../stack";

export function stackSetsAdministrator({ config, kept }: Stack): void {
  new aws.organizations.DelegatedAdministrator(
    "stack-sets",
    {
      accountId: config.accounts.delegated,
      // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-delegated-admin.html
      servicePrincipal: "member.org.stacksets.cloudformation.amazonaws.com",
    },
    kept,
  );
}
