/** What other services may do in the organization: StackSets deploy to members, CloudTrail make an organization trail. */
import { DescribeOrganizationsAccessCommand, type CloudFormationClient } from "@aws-sdk/client-cloudformation";
import { ListAWSServiceAccessForOrganizationCommand, type OrganizationsClient } from "@aws-sdk/client-organizations";
import type { Services } from "../../infra/config/services";
import { allPages, missing, ok, reading, type Finding } from "./finding";

const STACK_SETS = "StackSets access";
const TRUSTED = "trusted access";

/** Turns StackSets' access on; trusted access for it comes with this call and with no other. */
const ACTIVATE = "aws cloudformation activate-organizations-access";

/**
 * Services that need trusted access, and the command that gives it.
 * https://docs.aws.amazon.com/organizations/latest/userguide/services-that-can-integrate-cloudformation.html
 * https://docs.aws.amazon.com/organizations/latest/userguide/services-that-can-integrate-cloudtrail.html
 */
export const trustedServices: Readonly<Record<string, string>> = {
  "member.org.stacksets.cloudformation.amazonaws.com": ACTIVATE,
  "cloudtrail.amazonaws.com": "aws organizations enable-aws-service-access --service-principal cloudtrail.amazonaws.com",
};

/** @param status of DescribeOrganizationsAccess: ENABLED, DISABLED or DISABLED_PERMANENTLY */
export function stackSetsFinding(status: string | undefined): Finding {
  return status === "ENABLED"
    ? ok(STACK_SETS, "CloudFormation may deploy to the organization")
    : missing(STACK_SETS, `CloudFormation's access to the organization is ${status ?? "unknown"}`, ACTIVATE);
}

/**
 * Services that the configured recorders need trusted access for; GuardDuty and Security Hub turn theirs on themselves, with
 * the appointment of an administrator. https://docs.aws.amazon.com/organizations/latest/userguide/orgs_integrate_services_list.html
 */
export function recorderServices({ config, accessAnalyzer }: Pick<Services, "config" | "accessAnalyzer">): readonly string[] {
  return [...(config.use === "create" ? ["config.amazonaws.com"] : []), ...(accessAnalyzer.use === "create" ? ["access-analyzer.amazonaws.com"] : [])];
}

/**
 * @param enabled service principals with trusted access
 * @param also services beside those that are always needed
 */
export function trustedAccessFindings(enabled: readonly string[], also: readonly string[] = []): readonly Finding[] {
  const needed = { ...trustedServices, ...Object.fromEntries(also.map((service) => [service, `aws organizations enable-aws-service-access --service-principal ${service}`])) };
  return Object.entries(needed).map(([service, mend]) =>
    enabled.includes(service) ? ok(TRUSTED, `${service} is trusted`) : missing(TRUSTED, `${service} is not trusted`, mend),
  );
}

export async function checkTrustedAccess(organizations: Pick<OrganizationsClient, "send">, cloudFormation: Pick<CloudFormationClient, "send">, also: readonly string[] = []): Promise<readonly Finding[]> {
  const stackSets = await reading(STACK_SETS, "cloudformation:DescribeOrganizationsAccess", async () => [
    stackSetsFinding((await cloudFormation.send(new DescribeOrganizationsAccessCommand({}))).Status),
  ]);
  const trusted = await reading(TRUSTED, "organizations:ListAWSServiceAccessForOrganization", async () => {
    const principals = await allPages(async (token) => {
      const { EnabledServicePrincipals, NextToken } = await organizations.send(new ListAWSServiceAccessForOrganizationCommand({ NextToken: token }));
      return { items: EnabledServicePrincipals, next: NextToken };
    });
    return trustedAccessFindings(principals.map(({ ServicePrincipal }) => ServicePrincipal ?? ""), also);
  });
  return [...stackSets, ...trusted];
}
