/** https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html */
import { UNKNOWN } from "../subjects/plain";
import { demand, verdict, type Rule } from "../rule";
import { isControlPolicy, refersTo, type Subject, type SubjectOf } from "../subjects/subject";

/** Per root, OU or account; AWS's own FullAWSAccess and RCPFullAWSAccess take one of them. */
const QUOTA = { "service-control-policy": 10, "resource-control-policy": 5 } as const;
const AWS_OWN = 1;

type Attachment = SubjectOf<"control-policy-attachment">;

/** The kind of the attached policy; undefined where it is neither an SCP nor an RCP of this stack. */
function attachedKind(attachment: Attachment, siblings: readonly Subject[]): keyof typeof QUOTA | undefined {
  const policy = siblings.filter(isControlPolicy).find(({ resource }) =>
    resource === attachment.resource || refersTo(attachment.resource, attachment.policy, resource, [resource.name]));
  return policy?.kind as keyof typeof QUOTA | undefined;
}

export const rule: Rule = {
  requirement: "A root, OU or account has at most 10 service and 5 resource control policies, AWS's own among them.",
  needs: "siblings",
  judge: (subject, siblings) => {
    if (subject.kind !== "control-policy-attachment") return "not-applicable";
    if (subject.targets.includes(UNKNOWN)) return demand(false, "The target it is attached to is not known before deployment.");
    const kind = attachedKind(subject, siblings);
    if (kind === undefined) return "not-applicable";
    const attachments = siblings.filter(
      (other): other is Attachment => other.kind === "control-policy-attachment" && attachedKind(other, siblings) === kind,
    );
    return verdict(
      subject.targets.flatMap((target) => {
        const count = attachments.filter(({ targets }) => targets.includes(target)).length + AWS_OWN;
        if (count <= QUOTA[kind]) return [];
        return [`${String(target)} would have ${count} policies of this type with AWS's own, at most ${QUOTA[kind]} are allowed.`];
      }),
    );
  },
};
