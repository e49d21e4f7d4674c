/**
 * The resource control policies: what nobody outside the organization may do to what the project owns, and no service that
 * acts for somebody outside.
 *
 * They name our own resources only, in whichever account, and bind what service control policies don't: principals of
 * other organizations, and AWS's services. Patterns after AWS's own examples,
 * https://github.com/aws-samples/resource-control-policy-examples.
 */
import type { Configuration } from "../config/configuration";
import { tiers } from "../config/configuration";
import { ANY_ACCOUNT, namesFor } from "../names";
import { packed } from "./lock";
import type { Concern, ControlPolicy, Lock } from "./lock";
import { archiveArns, delegatedArns, memberArns } from "./owned-arns";
import type { Statement } from "./policy";
import { ciIssuer, ciSubject } from "./trust-policies";

const services = ["dynamodb", "events", "kms", "logs", "s3", "secretsmanager", "sqs"].map((service) => `${service}:*`);

const lock = (Sid: string, reason: string, Action: readonly string[], Resource: readonly string[], Condition?: Statement["Condition"]): Lock => ({
  reason,
  statement: { Sid, Effect: "Deny", Principal: "*", Action, Resource, ...(Condition && { Condition }) },
});

export function resourceControlConcerns(config: Configuration): readonly Concern[] {
  const { roleArn, roleName, accounts } = namesFor(config);
  const [member, delegated, archive] = [memberArns(config), delegatedArns(config), archiveArns(config)];
  // A vendor's SIEM alone gets in from outside, into its own role; which, that role's trust policy says.
  const vendors = config.people.siem.filter(({ outside }) => outside);
  const vendorRoles = vendors.map(({ name }) => roleArn(roleName.siem(name), accounts.logArchive));
  const executionRole = `arn:aws:iam::${ANY_ACCOUNT}:role/stacksets-exec-*`;
  const roles = [roleArn("*"), executionRole];
  const insiders = [
    ...member.roles, ...delegated.roles, roleArn("deploy-*"), roleArn(roleName.breakGlass), roleArn(roleName.administrator),
    ...archive.roles.filter((arn) => arn !== roleArn(roleName.siem("*"), accounts.logArchive)),
    ...config.people.siem.filter(({ outside }) => !outside).map(({ name }) => roleArn(roleName.siem(name), accounts.logArchive)),
  ];
  const inside = { StringNotEqualsIfExists: { "aws:PrincipalOrgID": config.organizationId }, BoolIfExists: { "aws:PrincipalIsAWSService": "false" } };
  const owned = [
    ...archive.logBuckets, ...archive.placeBuckets, ...archive.keys, ...archive.aliases, ...archive.destinations, ...archive.queues, ...archive.rules,
    ...delegated.codeBuckets, ...delegated.queues, ...delegated.secrets, ...delegated.tables, delegated.bus, ...delegated.rules, ...delegated.logGroups,
    ...member.queues, ...member.rules, ...member.logGroups,
  ];
  const subjects = config.ci ? tiers.map((tier) => ciSubject(config.ci!.repository, tier)) : [];
  // With a list of accounts instead of the organization's id, that list and the three tiers are whom services act for.
  const ours: Readonly<Record<string, string | readonly string[]>> =
    config.writers === "organization"
      ? { "aws:SourceOrgID": config.organizationId }
      : { "aws:SourceAccount": [...new Set([...Object.values(accounts), ...config.writers])].sort() };
  return [
    {
      name: "outsiders",
      description: "Force-and-Lock-Logs: what it owns is this organization's alone",
      locks: [
        lock(
          "OutsidersStayOut",
          "reads, writes, deletes or re-keys from outside what is the organization's, whatever a resource's own policy says",
          [...services, ...(vendors.length === 0 ? ["sts:AssumeRole"] : [])],
          [...owned, ...(vendors.length === 0 ? roles : [])],
          inside,
        ),
        ...(vendors.length === 0
          ? []
          : [
              lock("OutsidersAssumeNothing", "assumes from outside a role of ours that is not a vendor's", ["sts:AssumeRole"], [...insiders, executionRole], inside),
              lock("VendorsAloneAssume", "assumes a vendor's role from outside, without being that vendor", ["sts:AssumeRole"], vendorRoles, {
                ...inside,
                StringNotEqualsIfExists: { "aws:PrincipalOrgID": config.organizationId, "aws:PrincipalAccount": vendors.map(({ account }) => account) },
              }),
            ]),
        lock(
          "ServicesActForUs",
          "has an AWS service write into the archive, or read from it, for an account outside",
          services,
          owned,
          {
            StringNotEqualsIfExists: ours,
            // AWS services alone send it; without it one acts for no account in particular.
            Null: { "aws:SourceAccount": "false" },
          },
        ),
        // A federated caller has no aws:PrincipalOrgID: who it is, its issuer says.
        lock(
          "OurPipelineAloneFederates",
          "becomes exempt by a token of another repository, another environment or another identity provider",
          ["sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity"],
          roles,
          subjects.length === 0 ? undefined : { StringNotEqualsIfExists: { [`${ciIssuer}:sub`]: subjects } },
        ),
      ],
    },
  ];
}

/** At most four, each within AWS's quota, the same for the same configuration. @throws Error in one line if they can't be */
export function resourceControlPolicies(config: Configuration): readonly ControlPolicy[] {
  return packed("resource control policy", `${config.prefix}-boundary`, resourceControlConcerns(config));
}
