/**
 * The roles by which people and CI get in, in the account of each tier: the deploy role and break-glass.
 *
 * The lock exempts them, since two of the accounts are members, and lets nobody make or change an exempt role. So they
 * are made before it, and from here: a deploy role that could make them could exempt whom it likes.
 */
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type Tier, tiers } from "../config/configuration";
import { breakGlassPermissions, deployPermissions } from "../documents/deploy-permissions";
import { backupDeployPermissions } from "../documents/deploy-storage";
import { accountOf, breakGlassTrust, ciIssuer, deployBackupTrust, deployTrust } from "../documents/trust-policies";
import { role } from "../role";
import { pinnedProvider, type Stack } from "../stack";

/** What AWS Organizations makes in every account that it creates; an invited account has to be given it. */
const MEMBER_ADMINISTRATOR = "OrganizationAccountAccessRole";

/** Protected like everything that the lock depends on. */
const inMember = ({ config, kept }: Stack, name: string, account: string): pulumi.CustomResourceOptions => ({
  ...kept,
  provider: pinnedProvider(name, config, account, `arn:aws:iam::${account}:role/${MEMBER_ADMINISTRATOR}`),
});

const optionsFor = (stack: Stack, tier: Tier): pulumi.CustomResourceOptions =>
  tier === stack.config.tier ? stack.kept : inMember(stack, tier, accountOf(stack.config, tier));

/** GitHub's OIDC provider, unless the account has it: it takes only one. */
function ciProviders({ config: { ci } }: Stack, tier: Tier, options: pulumi.CustomResourceOptions): readonly pulumi.Resource[] {
  if (ci?.createProvider !== true) return [];
  return [new aws.iam.OpenIdConnectProvider(`ci-${tier}`, { url: `https://${ciIssuer}`, clientIdLists: ["sts.amazonaws.com"] }, options)];
}

/** The stack log-archive deploys into the backup account too, as this role; see docs/decisions/0011. */
function backupRole(stack: Stack, account: string): void {
  const { config, names } = stack;
  const documents = { description: "Deploys the copies of the logs, for the stack log-archive", trust: deployBackupTrust(config), permissions: backupDeployPermissions(config, account) };
  role(names, "deploy-backup", names.roleName.deployBackup, documents, inMember(stack, "backup", account));
}

export function deployRoles(stack: Stack): void {
  const { config, names } = stack;
  const roleNames: Readonly<Record<Tier, string>> = {
    management: names.roleName.deployManagement,
    "log-archive": names.roleName.deployLogArchive,
    delegated: names.roleName.deployDelegated,
  };
  if (config.accounts.backup !== undefined) backupRole(stack, config.accounts.backup);
  for (const tier of tiers) {
    const options = optionsFor(stack, tier);
    const description = `Deploys the stack ${tier}: CI in its own environment, or break-glass`;
    const documents = { description, trust: deployTrust(config, tier), permissions: deployPermissions(config, tier) };
    role(names, `deploy-${tier}`, roleNames[tier], documents, { ...options, dependsOn: [...ciProviders(stack, tier, options)] });
    const trust = breakGlassTrust(config, tier);
    // A role that nobody may assume would only be one more name to guard.
    if (!trust) continue;
    role(
      names,
      `break-glass-${tier}`,
      names.breakGlassOf(accountOf(config, tier)),
      { description: "For the principals that the configuration names, with MFA, when nothing else gets in", trust, permissions: breakGlassPermissions(config, tier) },
      options,
    );
  }
}
