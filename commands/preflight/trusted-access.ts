/** What other services may do in the organization: StackSets deploy to members, CloudTrail make an organization trail. */
import { DescribeOrganizationsAccessCommand, type CloudFormationClient } from "@aws-sdk/client-cloudformation";
import { ListAWSServiceAccessForOrganizationCommand, type OrganizationsClient } from "@aws-sdk/client-organizations";
import { allPages, missing, ok, reading, type Finding } from "./finding";

const STACK_SETS = "StackSets access";
const TRUSTED = "trusted access";

/** Services that need trusted access. https://docs.aws.amazon.com/organizations/latest/userguide/orgs_integrate_services_list.html */
export const trustedServices = ["member.org.stacksets.cloudformation.amazonaws.com", "cloudtrail.amazonaws.com"] as const;

/** @param status of DescribeOrganizationsAccess: ENABLED, DISABLED or DISABLED_PERMANENTLY */
export function stackSetsFinding(status: string | undefined): Finding {
  return status === "ENABLED"
    ? ok(STACK_SETS, "CloudFormation may deploy to the organization")
    : missing(STACK_SETS, `CloudFormation's access to the organization is ${status ?? "unknown"}`, "aws cloudformation activate-organizations-access");
}

/** @param enabled service principals with trusted access */
export function trustedAccessFindings(enabled: readonly string[]): readonly Finding[] {
  return trustedServices.map((service) =>
    enabled.includes(service)
      ? ok(TRUSTED, `${service} is trusted`)
      : missing(TRUSTED, `${service} is not trusted`, `aws organizations enable-aws-service-access --service-principal ${service}`),
  );
}

export async function checkTrustedAccess(organizations: Pick<OrganizationsClient, "send">, cloudFormation: Pick<CloudFormationClient, "send">): Promise<readonly Finding[]> {
  const stackSets = await reading(STACK_SETS, "cloudformation:DescribeOrganizationsAccess", async () => [
    stackSetsFinding((await cloudFormation.send(new DescribeOrganizationsAccessCommand({}))).Status),
  ]);
  const trusted = await reading(TRUSTED, "organizations:ListAWSServiceAccessForOrganization", async () => {
    const principals = await allPages(async (token) => {
      const { EnabledServicePrincipals, NextToken } = await organizations.send(new ListAWSServiceAccessForOrganizationCommand({ NextToken: token }));
      return { items: EnabledServicePrincipals, next: NextToken };
    });
    return trustedAccessFindings(principals.map(({ ServicePrincipal }) => ServicePrincipal ?? ""));
  });
  return [...stackSets, ...trusted];
}
