/**
 * An enforcer is in every account: what it could do beyond its task, whoever gets at it could do everywhere. Making a
 * flow log with s3:PutBucketPolicy at hand overwrites the archive's bucket policy.
 * https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-permissions.html
 */
import { covers } from "../actions";
import { verdict, type Rule } from "../rule";
import { refersTo, type PolicySubject, type Subject } from "../subjects/subject";

/** Calls that no log source needs, and that would make the enforcer an administrator or open the archive. */
const never = [
  "s3:PutBucketPolicy", "s3:DeleteBucketPolicy", "s3:PutBucketAcl",
  "iam:CreateRole", "iam:PutRolePolicy", "iam:AttachRolePolicy", "iam:UpdateAssumeRolePolicy", "iam:CreatePolicyVersion",
  "kms:PutKeyPolicy", "kms:CreateGrant", "lambda:UpdateFunctionCode",
];

const isEnforcerName = (name: string): boolean => /enforcer/i.test(name);

/** Whether the policy is an enforcer's: by the name of its role, or its own where the role is not in this stack. */
function isEnforcers(policy: PolicySubject, siblings: readonly Subject[]): boolean {
  const role = siblings.find((other) => other.kind === "role" &&
    (other.resource === policy.resource || refersTo(policy.resource, policy.owner, other.resource, other.names)));
  if (role?.kind === "role") return role.names.some(isEnforcerName);
  return isEnforcerName(typeof policy.owner === "string" ? policy.owner : policy.resource.name);
}

export const rule: Rule = {
  requirement: "An enforcer's role names its actions one by one, passes one role at most, and changes no bucket policy, role or key.",
  needs: "siblings",
  judge: (subject, siblings) => {
    if (subject.kind !== "identity-policy" || !subject.document.known || !isEnforcers(subject, siblings)) return "not-applicable";
    return verdict(subject.document.statements.filter(({ effect }) => effect === "Allow").flatMap(({ sid, actions, resources }) => [
      ...(actions.some((action) => covers(action, "iam:PassRole")) && (resources.length > 1 || resources.some((arn) => /:role\/.*[*?]/.test(arn)))
        ? [`Statement ${sid} lets ${resources.join(", ")} be passed, one role is allowed.`]
        : []),
      ...actions.filter((action) => /[*?]/.test(action)).map((action) => `Statement ${sid} grants ${action}, which is not one action.`),
      ...never.filter((call) => actions.some((action) => covers(action, call))).map((call) => `Statement ${sid} grants ${call}.`),
    ]));
  },
};
