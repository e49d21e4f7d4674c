/**
 * Who administers the organization's recorders: AWS Config, GuardDuty, Access Analyzer and Security Hub, each where the
 * configuration has it created. What is there already is left to whoever administers it.
 */
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { guardDutyPolicy } from "../documents/guardduty-policy";
import type { Stack } from "../stack";

/** In phase prepare: the other stacks need it. */
export function recorderAdministrators({ config, kept }: Stack): void {
  const { config: recording, accessAnalyzer } = config.services;
  const { delegated, logArchive } = config.accounts;
  const administrator = (resource: string, accountId: string, servicePrincipal: string) =>
    new aws.organizations.DelegatedAdministrator(resource, { accountId, servicePrincipal }, kept);
  // https://docs.aws.amazon.com/config/latest/developerguide/set-up-aggregator-cli.html
  if (recording.use === "create" && recording.aggregator !== "off") administrator("config", recording.aggregator === "log-archive" ? logArchive : delegated, "config.amazonaws.com");
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-delegated-administrator.html
  if (accessAnalyzer.use === "create") administrator("access-analyzer", delegated, "access-analyzer.amazonaws.com");
}

/**
 * In phase force, after the delegated account has detectors and a hub of its own.
 *
 * @returns what the next write to AWS Organizations waits for
 */
export function organizationServices({ config, kept }: Stack): readonly pulumi.Resource[] {
  const { guardDuty, securityHub } = config.services;
  const adminAccountId = config.accounts.delegated;
  const administrators: pulumi.Resource[] = [];
  for (const region of config.regions) {
    if (guardDuty.use === "create") administrators.push(new aws.guardduty.OrganizationAdminAccount(`guardduty-${region}`, { region, adminAccountId }, kept));
    if (securityHub.use === "create") administrators.push(new aws.securityhub.OrganizationAdminAccount(`security-hub-${region}`, { region, adminAccountId }, kept));
  }
  if (guardDuty.use !== "create") return administrators;
  const name = `${config.prefix}-guardduty`;
  const policy = new aws.organizations.Policy(
    name,
    { name, description: "GuardDuty in every governed Region of every account", type: "GUARDDUTY_POLICY", content: JSON.stringify(guardDutyPolicy(config)) },
    { ...kept, dependsOn: administrators },
  );
  return [new aws.organizations.PolicyAttachment(name, { policyId: policy.id, targetId: config.rootId }, { ...kept, parent: policy })];
}
