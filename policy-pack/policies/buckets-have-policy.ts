/** Without a policy of its own a bucket takes calls without TLS, and lets in whom its account's roles let in. */
import { isOf } from "../log-buckets";
import { demand, type Rule } from "../rule";

export const rule: Rule = {
  requirement: "Every bucket has a bucket policy.",
  needs: "siblings",
  judge: (subject, siblings) => {
    if (subject.kind !== "bucket") return "not-applicable";
    const has = siblings.some((other) => other.kind === "bucket-policy" && isOf(other.resource, other.owner, subject));
    return demand(has, "It has no bucket policy.");
  },
};
