/**
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html,
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/add-bucket-policy.html,
 * https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html,
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
 */
import { demand, type Rule, type Verdict } from "../rule";
import { UNKNOWN } from "../subjects/plain";
import { isPolicy, refersTo, type PolicyKind, type PolicySubject, type Subject } from "../subjects/subject";
import { sentence } from "../control-policy";

/** Bytes for a bucket and a key policy, characters for the rest. */
const QUOTA: Readonly<Partial<Record<PolicyKind, number>>> = {
  "bucket-policy": 20_480,
  "key-policy": 32_768,
  "trust-policy": 2_048,
  "event-bus-policy": 10_240,
};
const INLINE_QUOTA = 10_240;
const MANAGED_QUOTA = 6_144;
const PATTERN_QUOTA = 2_048;

const size = (subject: PolicySubject): number =>
  subject.document.known ? Buffer.byteLength(subject.document.text ?? JSON.stringify(subject.document.json)) : 0;

/** All inline policies of a role count together, wherever they are declared; IAM leaves white space out. */
function inlineSize(subject: PolicySubject, siblings: readonly Subject[]): number {
  const role = siblings.find((other) => other.kind === "role" &&
    (other.resource === subject.resource || refersTo(subject.resource, subject.owner, other.resource, other.names)));
  const mine = siblings.filter((other): other is PolicySubject => other.kind === "identity-policy" && other.inline &&
    (other === subject || (role?.kind === "role" &&
      (other.resource === role.resource || refersTo(other.resource, other.owner, role.resource, role.names)))));
  return mine.reduce((sum, other) => sum + (other.document.known ? JSON.stringify(other.document.json).length : 0), 0);
}

function within(what: string, length: number, quota: number): Verdict {
  return demand(length <= quota, `${what} ${length} characters, at most ${quota} are allowed.`);
}

export const rule: Rule = {
  requirement: "A bucket, key, trust or inline policy and an event pattern keep to AWS's quota of characters.",
  needs: "siblings",
  judge: (subject, siblings) => {
    if (subject.kind === "event-pattern") {
      if (subject.pattern === UNKNOWN) return demand(false, "Its event pattern is not known before deployment.");
      const text = typeof subject.pattern === "string" ? subject.pattern : JSON.stringify(subject.pattern);
      return within("Its event pattern has", text.length, PATTERN_QUOTA);
    }
    if (!isPolicy(subject) || !subject.document.known) return "not-applicable";
    if (subject.kind === "identity-policy") {
      if (!subject.inline) return within("Its policy has", JSON.stringify(subject.document.json).length, MANAGED_QUOTA);
      return within("The inline policies of its role have", inlineSize(subject, siblings), INLINE_QUOTA);
    }
    const quota = QUOTA[subject.kind];
    return quota === undefined ? "not-applicable" : within(`Its ${sentence(subject.kind)} has`, size(subject), quota);
  },
};
