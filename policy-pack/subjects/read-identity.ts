/** Readers for AWS Organizations, IAM and the providers themselves: who may do what. */
import { list, pick, UNKNOWN, type Plain } from "./plain";
import { namesOf, policy, type Reader } from "./reader";
import type { Resource, Subject } from "./subject";

const identityPolicy: Reader = (resource) => {
  const owner = pick(resource.props, "role", "roleName", "user", "userName", "group", "groupName") ?? resource.name;
  return [policy("identity-policy", resource, pick(resource.props, "policy", "policyDocument"), owner, true)];
};

/** `iam:policy` is a managed policy to @pulumi/aws, and an inline policy of the roles it lists to CloudFormation. */
const managedPolicy: Reader = (resource) => {
  const inline = resource.type === "AWS::IAM::Policy";
  const owner = inline ? list(pick(resource.props, "roles", "users", "groups"))[0] : undefined;
  return [policy("identity-policy", resource, pick(resource.props, "policy", "policyDocument"), owner, inline)];
};

const attachment: Reader = (resource) => [managed(resource, pick(resource.props, "policyArn", "policyArns"))];

function managed(resource: Resource, arns: Plain | undefined): Subject {
  return { kind: "managed-policies", resource, arns: arns === UNKNOWN ? [UNKNOWN] : list(arns) };
}

/** Inline policies as @pulumi/aws (`{name, policy}`) and CloudFormation (`{policyName, policyDocument}`) write them. */
function inlinePolicies(resource: Resource): readonly Subject[] {
  const value = pick(resource.props, "inlinePolicies", "policies");
  if (value === UNKNOWN) return [policy("identity-policy", resource, UNKNOWN, undefined, true)];
  return list(value)
    // The AWS provider reads back a role without inline policies as one empty entry.
    .filter((item) => item === UNKNOWN || pick(item, "name", "policyName", "policy", "policyDocument") !== undefined)
    .map((item) => policy("identity-policy", resource, pick(item, "policy", "policyDocument"), undefined, true));
}

const role: Reader = (resource) => [
  { kind: "role", resource, names: namesOf(resource, "name", "roleName") },
  policy("trust-policy", resource, pick(resource.props, "assumeRolePolicy", "assumeRolePolicyDocument")),
  ...inlinePolicies(resource),
  ...(pick(resource.props, "managedPolicyArns") === undefined ? [] : [managed(resource, pick(resource.props, "managedPolicyArns"))]),
];

const principalWithPolicies: Reader = (resource) => [
  ...inlinePolicies(resource),
  ...(pick(resource.props, "managedPolicyArns") === undefined ? [] : [managed(resource, pick(resource.props, "managedPolicyArns"))]),
];

/** A policy of AWS Organizations: judged where it is an SCP (also AWS's default, and an unknown type) or an RCP. */
const organizationsPolicy: Reader = (resource) => {
  const type = pick(resource.props, "type") ?? "SERVICE_CONTROL_POLICY";
  const content = pick(resource.props, "content");
  const attached = pick(resource.props, "targetIds");
  const subjects: Subject[] = attached === undefined ? [] : [attach(resource, resource.name, attached)];
  if (type === "RESOURCE_CONTROL_POLICY") return [policy("resource-control-policy", resource, content), ...subjects];
  if (type === "SERVICE_CONTROL_POLICY" || type === UNKNOWN) return [policy("service-control-policy", resource, content), ...subjects];
  // Of another type it has no statements; GuardDuty's says what is switched on.
  return [{ kind: "settings", resource }, ...subjects];
};

function attach(resource: Resource, attached: Plain, targets: Plain): Subject {
  return { kind: "control-policy-attachment", resource, policy: attached, targets: targets === UNKNOWN ? [UNKNOWN] : list(targets) };
}

/** The provider's list arrives as JSON text when the engine sends it, and as a list from a graph. */
const provider: Reader = (resource) => {
  const value = pick(resource.props, "allowedAccountIds") ?? null;
  let accounts: Plain = value;
  if (typeof value === "string") {
    try {
      accounts = JSON.parse(value) as Plain;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      accounts = [value];
    }
  }
  return [{ kind: "provider", resource, allowedAccounts: accounts }];
};

export const identityReaders: Readonly<Record<string, Reader>> = {
  "iam:role": role,
  "iam:user": principalWithPolicies,
  "iam:group": principalWithPolicies,
  "iam:rolepolicy": identityPolicy,
  "iam:userpolicy": identityPolicy,
  "iam:grouppolicy": identityPolicy,
  "iam:rolepoliciesexclusive": () => [],
  "iam:policy": managedPolicy,
  "iam:managedpolicy": managedPolicy,
  "iam:rolepolicyattachment": attachment,
  "iam:rolepolicyattachmentsexclusive": attachment,
  "iam:userpolicyattachment": attachment,
  "iam:grouppolicyattachment": attachment,
  "iam:policyattachment": attachment,
  "organizations:organization": (resource) => [{ kind: "organization", resource }],
  "organizations:policy": organizationsPolicy,
  "organizations:policyattachment": (resource) => [
    attach(resource, pick(resource.props, "policyId") ?? UNKNOWN, pick(resource.props, "targetId") ?? UNKNOWN),
  ],
  "organizations:resourcepolicy": (resource) => [policy("resource-policy", resource, pick(resource.props, "content"))],
  "provider:aws": provider,
  "provider:aws-native": provider,
};
