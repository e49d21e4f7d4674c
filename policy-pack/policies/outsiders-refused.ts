/** Whatever a resource's own policy says: nobody outside the organization, and no service that acts for somebody outside. */
import type { Configuration } from "../../infra/config/configuration";
import { tiers } from "../../infra/config/configuration";
import { ciIssuer, ciSubject } from "../../infra/documents/trust-policies";
import { workingRoles } from "../../infra/documents/working-roles";
import { ANY_ACCOUNT, namesFor } from "../../infra/names";
import { catalogue } from "../catalogue";
import { controlQuestions, type ControlAsk } from "../control-questions";
import { exemptRoles, ownedThings, recordingRoles } from "../duties";
import { factsOfAll } from "../goals";
import { obligation } from "../obligation";
import { federated, outsiders, servicesActingFor, type ActionFacts } from "../universe";

/** https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html: not bound by any. */
const unbound = ["kms:RetireGrant"];

const isBound = ({ name, takesRcp }: ActionFacts): boolean => takesRcp && !name.startsWith("sts:") && !unbound.includes(name);

/** Roles that somebody of another organization may assume: a SIEM's that the configuration says is outside. */
function vendorRoles(config: Configuration): readonly { readonly role: string; readonly account: string }[] {
  const { roleArn, roleName } = namesFor(config);
  return config.people.siem.filter(({ outside }) => outside).map(({ name, account }) => ({ role: roleArn(roleName.siem(name), config.accounts.logArchive), account }));
}

async function asks(config: Configuration): Promise<readonly ControlAsk[]> {
  const ours = { organizations: [config.organizationId], ...(config.writers === "organization" ? {} : { accounts: [...Object.values(config.accounts), ...config.writers] }) };
  const strangers = outsiders({ organizations: [config.organizationId] });
  const acting = servicesActingFor(ours);
  const actions = catalogue().filter(isBound);
  const vendors = vendorRoles(config);
  // AWS Config's aggregator stands in one account, of which the archive's is asked.
  const ownRecording = config.services.config.aggregator === "log-archive" ? recordingRoles(config).map((role) => role.replace(ANY_ACCOUNT, config.accounts.logArchive)) : [];
  const roles = [...new Set([...workingRoles(config).map(({ arn }) => arn), ...exemptRoles(config), ...ownRecording])].filter((role) => !vendors.some((vendor) => vendor.role === role));
  const assuming = await factsOfAll(["sts:AssumeRole"]);
  const subjects = config.ci ? tiers.map((tier) => ciSubject(config.ci!.repository, tier)) : [];
  return [
    ...ownedThings(config).flatMap(({ what, patterns }): readonly ControlAsk[] => [
      { id: `${what}, from outside the organization`, demand: "denied", ...strangers, actions, resources: patterns },
      { id: `${what}, by a service that acts for outsiders`, demand: "denied", ...acting, actions, resources: patterns },
    ]),
    { id: "our roles, from outside the organization", demand: "denied", ...strangers, actions: assuming, resources: roles },
    ...(vendors.length === 0
      ? []
      : [{
          id: "vendors' roles, from outside the organization and by no vendor",
          demand: "denied" as const,
          ...outsiders({ organizations: [config.organizationId], accounts: vendors.map(({ account }) => account) }),
          actions: assuming,
          resources: vendors.map(({ role }) => role),
        }]),
    {
      id: "our roles, by tokens of another pipeline or identity provider",
      demand: "denied",
      principals: federated().principals,
      keys: { [`${ciIssuer}:sub`]: { kind: "free", presence: "either", many: false, values: { reading: "text", like: ["*"], unlike: subjects } } },
      actions: await factsOfAll(["sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity"]),
      resources: roles,
    },
  ];
}

export const rule = obligation({
  requirement: "Nobody outside the organization, and no service that acts for somebody outside, reaches what the project owns.",
  universe:
    "Every principal of another organization or of none, callers without credentials, and every AWS service that says it acts for an account outside; every action that is no harmless read, of the services that resource control policies cover, on everything owned; sts:AssumeRole on every role of ours; and tokens of every identity provider but with the subjects of the pinned pipelines.",
  notCovered:
    "Services that resource control policies do not cover (AWS Lambda, AWS IAM, Amazon CloudWatch, AWS CloudFormation); kms:RetireGrant; services that say for nobody in particular that they act; which of several vendors assumes whose role: their trust policies say.",
  about: ({ kind }) => kind === "resource-control-policy",
  questions: async (config, subjects) => controlQuestions(subjects, "resource-control-policy", await asks(config)),
});
