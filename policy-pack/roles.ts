/** Which role a document is of, and who is meant to assume each of ours. */
import { sources } from "../functions/sources";
import type { Configuration, Tier } from "../infra/config/configuration";
import { tiers } from "../infra/config/configuration";
import type { Trusted } from "../infra/config/people";
import { storeArns } from "../infra/documents/stores";
import { accountOf, ciIssuer } from "../infra/documents/trust-policies";
import { trailArn } from "../infra/documents/writers";
import { namesFor } from "../infra/names";
import type { Condition } from "../functions/sources/log-source";
import type { Grant, Place } from "./meaning";
import { pick } from "./subjects/plain";
import { refersTo, type PolicySubject, type Subject } from "./subjects/subject";

/** The name in AWS of the role that a trust or permission policy belongs to; undefined if that is not known. */
export function roleOf({ resource, owner }: PolicySubject, siblings: readonly Subject[]): string | undefined {
  const role = siblings.find((one) => one.kind === "role" && (one.resource === resource || refersTo(resource, owner, one.resource, one.names)));
  const name = role && pick(role.resource.props, "name", "roleName");
  return typeof name === "string" ? name : undefined;
}

/** @returns by the role's name, who may assume it in an account; a role that is not here is assumed by nobody we know of */
export function trustedBy(config: Configuration, { account }: Place): Readonly<Record<string, readonly Grant[]>> {
  const { roleName, roleArn, breakGlassOf, accounts, prefix } = namesFor(config);
  const forService = (service: string, condition: Condition = {}): readonly Grant[] => [
    { Sid: "ItsService", Principal: { Service: service }, Action: "sts:AssumeRole", Condition: { StringEquals: { "aws:SourceAccount": account }, ...condition } },
  ];
  const forRoles = (of: string, roles: readonly string[]): Grant => ({
    Sid: "OurRoles",
    Principal: { AWS: `arn:aws:iam::${of}:root` },
    Action: "sts:AssumeRole",
    Condition: { ArnEquals: { "aws:PrincipalArn": roles } },
  });
  const { delegated, logArchive } = accounts;
  const deploy = (tier: Tier): readonly Grant[] => [...pipeline(config, tier), forRoles(accountOf(config, tier), [roleArn(breakGlassOf(accountOf(config, tier)), accountOf(config, tier))])];
  const lambda = [...sources.map(({ name }) => roleName.enforcer(name)), roleName.notifier, roleName.watcher];
  const breakGlass = tiers.find((tier) => accountOf(config, tier) === account) ?? "management";
  return {
    ...Object.fromEntries(lambda.map((name) => [name, forService("lambda.amazonaws.com")])),
    [roleName.forwarder]: forService("events.amazonaws.com", { ArnLike: { "aws:SourceArn": `arn:aws:events:*:${account}:rule/${prefix}-*` } }),
    [roleName.redrive]: [forRoles(delegated, [roleArn(roleName.deployDelegated, delegated), roleArn(roleName.breakGlass, delegated)])],
    [roleName.deployManagement]: deploy("management"),
    [roleName.deployLogArchive]: deploy("log-archive"),
    [roleName.deployDelegated]: deploy("delegated"),
    [breakGlassOf(account)]: lastResort(config, breakGlass),
    [roleName.deployBackup]: [forRoles(logArchive, [roleArn(roleName.deployLogArchive, logArchive)])],
    [roleName.replication]: forService("s3.amazonaws.com", { ArnLike: { "aws:SourceArn": storeArns(config, "storage") } }),
    [roleName.configRecorder]: forService("config.amazonaws.com"),
    [roleName.configAggregator]: forService("config.amazonaws.com"),
    [roleName.trailStream]: forService("cloudtrail.amazonaws.com", { ArnEquals: { "aws:SourceArn": trailArn(config) } }),
    ...readers(config),
  };
}

/** GitHub's token of our repository, in the tier's environment. */
function pipeline(config: Configuration, tier: Tier): readonly Grant[] {
  if (!config.ci) return [];
  return [
    {
      Sid: "OurPipeline",
      Principal: { Federated: `arn:aws:iam::${accountOf(config, tier)}:oidc-provider/${ciIssuer}` },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: { StringEquals: { [`${ciIssuer}:aud`]: "sts.amazonaws.com", [`${ciIssuer}:sub`]: `repo:${config.ci.repository}:environment:${tier}` } },
    },
  ];
}

/** Break-glass: whom the configuration names, and in the archive's account whom it names for that. */
function lastResort({ breakGlass, people }: Configuration, tier: Tier): readonly Grant[] {
  const named = tier === "log-archive" ? people.administrators : [];
  return persons(named.length > 0 ? named : breakGlass.map((arn): Trusted => (arn.includes(":user/") ? { user: arn } : { role: arn, mfa: true })));
}

const account = (id: string): Pick<Grant, "Principal" | "Action"> => ({ Principal: { AWS: `arn:aws:iam::${id}:root` }, Action: "sts:AssumeRole" });

/** Who reads the archive, each for as long as the configuration says: people by their ARN, an account's administrators for theirs. */
function readers({ people: { analysts, auditors, temporary, siem }, organizationId, ...config }: Configuration): Readonly<Record<string, readonly Grant[]>> {
  const { roleName } = namesFor(config);
  const ours = { "aws:PrincipalOrgID": organizationId };
  const roles: readonly (readonly [string, readonly Grant[]])[] = [
    ...(analysts ? [[roleName.analysts, persons(analysts.trusted)] as const] : []),
    ...auditors.map(({ name, trusted, ...days }) => [roleName.auditor(name), persons(trusted, during(days))] as const),
    ...temporary.map(({ name, account: id, until }) => [roleName.temporary(name), [{ Sid: "TheirAccount", ...account(id), Condition: { StringEquals: ours, ...during({ until }) } }]] as const),
    ...siem.map(({ name, account: id, externalId, outside }) => [roleName.siem(name), [{ Sid: "TheirAccount", ...account(id), Condition: { StringEquals: { "sts:ExternalId": externalId, ...(!outside && ours) } } }]] as const),
  ];
  return Object.fromEntries(roles);
}

/** Days in UTC, the first and the last of them whole. */
export const during = ({ from, until }: { readonly from?: string; readonly until: string }): Condition => ({
  ...(from !== undefined && { DateGreaterThanEquals: { "aws:CurrentTime": `${from}T00:00:00Z` } }),
  DateLessThanEquals: { "aws:CurrentTime": `${until}T23:59:59Z` },
});

/** One grant a person: their ARN, MFA, and the source identity that their sign-in has set; `when` bounds each of them. */
export function persons(trusted: readonly Trusted[], when: Condition = {}): readonly Grant[] {
  return trusted.map(({ user, role, saml, sso, mfa, sourceIdentity }, index) => {
    const ofPermissionSet = (path: string) => `arn:aws:iam::${sso?.account}:role/aws-reserved/sso.amazonaws.com/${path}AWSReservedSSO_${sso?.permissionSet}_${"?".repeat(16)}`;
    const arns = sso ? [ofPermissionSet(""), ofPermissionSet("*/")] : [user ?? role ?? saml ?? ""];
    return {
      Sid: `Person${index + 1}`,
      Principal: { AWS: `arn:aws:iam::${arns[0]!.split(":")[4]}:root` },
      Action: sourceIdentity ? ["sts:AssumeRole", "sts:SetSourceIdentity"] : "sts:AssumeRole",
      Condition: {
        ArnLike: { "aws:PrincipalArn": arns },
        ...((user !== undefined || mfa === true) && { Bool: { "aws:MultiFactorAuthPresent": "true" } }),
        ...(sourceIdentity && { StringLike: { "aws:SourceIdentity": sourceIdentity } }),
        ...when,
      },
    };
  });
}
