/**
 * Who may assume the project's roles: services for the account they act in, CI by OIDC, and the few people who may break glass.
 *
 * `account` may be the intrinsic text `${AWS::AccountId}` where a CloudFormation template substitutes it (Fn::Sub).
 */
import type { Configuration, Tier } from "../config/configuration";
import { namesFor } from "../names";
import { document } from "./policy";
import type { PolicyDocument, Statement } from "./policy";
import { within } from "./quotas";
import { trustedByArn, trustStatements } from "./trusted-people";

/** GitHub's OpenID Connect provider, as IAM names it. */
export const ciIssuer = "token.actions.githubusercontent.com";

/**
 * Lambda, for functions of this account alone.
 * https://docs.aws.amazon.com/lambda/latest/dg/permissions-managed-policies.html
 */
export const lambdaTrust = (account: string): PolicyDocument =>
  document([
    {
      Sid: "Lambda",
      Effect: "Allow",
      Principal: { Service: "lambda.amazonaws.com" },
      Action: "sts:AssumeRole",
      Condition: { StringEquals: { "aws:SourceAccount": account } },
    },
  ]);

/**
 * EventBridge, for our rules of this account alone: they forward to the central bus.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/cross-service-confused-deputy-prevention.html
 */
export const forwarderTrust = (config: Configuration, account: string): PolicyDocument =>
  document([
    {
      Sid: "OurEventRules",
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: "sts:AssumeRole",
      Condition: {
        StringEquals: { "aws:SourceAccount": account },
        ArnLike: { "aws:SourceArn": `arn:aws:events:*:${account}:rule/${config.prefix}-*` },
      },
    },
  ]);

/** The redrive role of a member: only the delegated account's deploy role, and break-glass, empty a dead-letter queue. */
export function redriveTrust(config: Configuration): PolicyDocument {
  const { roleArn, roleName, accounts } = namesFor(config);
  return document([
    {
      Sid: "RedriveCommand",
      Effect: "Allow",
      // By condition, since a principal that does not exist yet is refused in a trust policy.
      Principal: { AWS: `arn:aws:iam::${accounts.delegated}:root` },
      Action: "sts:AssumeRole",
      Condition: {
        ArnEquals: {
          "aws:PrincipalArn": [
            roleArn(roleName.deployDelegated, accounts.delegated),
            roleArn(roleName.breakGlass, accounts.delegated),
          ],
        },
      },
    },
  ]);
}

/**
 * Break-glass: the principals that the configuration names, as `breakGlass` for every account, or for the archive's
 * (LogArchive-Administrator) as `people.administrators`.
 *
 * A principal given as an ARN alone assumes with MFA in the very session that assumes. A session that was itself assumed
 * from another (role chaining, IAM Identity Center) does not say that MFA was used; such principals come in by
 * `people.administrators`, without MFA here and with what their sign-in says of them.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthpresent
 *
 * @returns undefined where the configuration names nobody: a role that nobody can assume is not made
 */
export function breakGlassTrust(config: Configuration, tier: Tier): PolicyDocument | undefined {
  const { administrators } = config.people;
  const trusted = tier === "log-archive" && administrators.length > 0 ? administrators : config.breakGlass.map(trustedByArn);
  if (trusted.length === 0) return undefined;
  return within("trust policy", `the trust policy of break-glass in ${tier}`, document(trustStatements(trusted)));
}

/** The subject of CI's token: this repository, in this tier's GitHub environment and no other. */
export const ciSubject = (repository: string, tier: Tier): string => `repo:${repository}:environment:${tier}`;

/** A tier's deploy role: its pinned CI subject, and break-glass of the same account. */
export function deployTrust(config: Configuration, tier: Tier): PolicyDocument {
  const { roleArn, breakGlassOf } = namesFor(config);
  const account = accountOf(config, tier);
  const ci: Statement[] = config.ci
    ? [
        {
          Sid: "PinnedCiSubject",
          Effect: "Allow",
          Principal: { Federated: `arn:aws:iam::${account}:oidc-provider/${ciIssuer}` },
          Action: "sts:AssumeRoleWithWebIdentity",
          Condition: {
            StringEquals: {
              [`${ciIssuer}:aud`]: "sts.amazonaws.com",
              [`${ciIssuer}:sub`]: ciSubject(config.ci.repository, tier),
            },
          },
        },
      ]
    : [];
  return document([
    ...ci,
    {
      Sid: "BreakGlass",
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: "sts:AssumeRole",
      Condition: { ArnEquals: { "aws:PrincipalArn": roleArn(breakGlassOf(account), account) } },
    },
  ]);
}

/** The deploy role in the backup account: the archive's, whose stack makes what is there. */
export function deployBackupTrust(config: Configuration): PolicyDocument {
  const { roleArn, roleName, accounts } = namesFor(config);
  return document([
    {
      Sid: "ArchiveDeploys",
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${accounts.logArchive}:root` },
      Action: "sts:AssumeRole",
      Condition: { ArnEquals: { "aws:PrincipalArn": roleArn(roleName.deployLogArchive, accounts.logArchive) } },
    },
  ]);
}

/** The account that a tier's stack deploys into. */
export function accountOf(config: Configuration, tier: Tier): string {
  const { management, logArchive, delegated } = config.accounts;
  return { management, "log-archive": logArchive, delegated }[tier];
}
