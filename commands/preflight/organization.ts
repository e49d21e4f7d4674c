/** The organization itself: the one that the configuration names, with all features and both kinds of control policy. */
import { DescribeOrganizationCommand, ListRootsCommand, type Organization, type OrganizationsClient, type Root } from "@aws-sdk/client-organizations";
import type { Configuration } from "../../infra/config/configuration";
import { allPages, missing, ok, reading, type Finding } from "./finding";

const ORGANIZATION = "organization";
const POLICY_TYPES = "policy types";

/** The organization against the configuration. */
export function organizationFindings(organization: Organization, config: Pick<Configuration, "organizationId" | "accounts">): readonly Finding[] {
  const findings: Finding[] = [];
  const { Id = "", MasterAccountId = "", FeatureSet } = organization;
  if (Id !== config.organizationId)
    findings.push(missing(ORGANIZATION, `it is ${Id}, fall:organizationId is ${config.organizationId}`, `pulumi config set fall:organizationId ${Id}`));
  if (MasterAccountId !== config.accounts.management)
    findings.push(
      missing(ORGANIZATION, `its management account is ${MasterAccountId}, fall:accounts.management is ${config.accounts.management}`, `pulumi config set --path fall:accounts.management ${MasterAccountId}`),
    );
  if (FeatureSet !== "ALL") findings.push(missing(ORGANIZATION, "not all features are enabled", "aws organizations enable-all-features"));
  return findings.length > 0 ? findings : [ok(ORGANIZATION, `${Id}, all features, management account ${MasterAccountId}`)];
}

/** The policy types on the root. https://docs.aws.amazon.com/organizations/latest/userguide/enable-policy-type.html */
export function policyTypeFindings(roots: readonly Root[], config: Pick<Configuration, "rootId"> & Partial<Pick<Configuration, "services">>): readonly Finding[] {
  const root = roots.find(({ Id }) => Id === config.rootId);
  if (root === undefined) {
    const real = roots[0]?.Id ?? "";
    return [missing(POLICY_TYPES, `the root is ${real}, fall:rootId is ${config.rootId}`, `pulumi config set fall:rootId ${real}`)];
  }
  return ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY", ...(config.services?.guardDuty.use === "create" ? ["GUARDDUTY_POLICY"] : [])].map((type) =>
    root.PolicyTypes?.some(({ Type, Status }) => Type === type && Status === "ENABLED")
      ? ok(POLICY_TYPES, `${type} is enabled on ${config.rootId}`)
      : missing(POLICY_TYPES, `${type} is not enabled on ${config.rootId}`, `aws organizations enable-policy-type --root-id ${config.rootId} --policy-type ${type}`),
  );
}

export async function checkOrganization(client: Pick<OrganizationsClient, "send">, config: Configuration): Promise<readonly Finding[]> {
  const itself = await reading(ORGANIZATION, "organizations:DescribeOrganization", async () => {
    try {
      const { Organization = {} } = await client.send(new DescribeOrganizationCommand({}));
      return organizationFindings(Organization, config);
    } catch (error) {
      if ((error as Error).name !== "AWSOrganizationsNotInUseException") throw error;
      return [missing(ORGANIZATION, "this account has none", "aws organizations create-organization --feature-set ALL")];
    }
  });
  const types = await reading(POLICY_TYPES, "organizations:ListRoots", async () => {
    const roots = await allPages(async (token) => {
      const { Roots, NextToken } = await client.send(new ListRootsCommand({ NextToken: token }));
      return { items: Roots, next: NextToken };
    });
    return policyTypeFindings(roots, config);
  });
  return [...itself, ...types];
}
