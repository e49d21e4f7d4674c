/** Without a policy of its own a bucket takes calls without TLS, and lets in whom its account's roles let in. */
import { demand, type Rule } from "../rule";
import { refersTo } from "../subjects/subject";

export const rule: Rule = {
  requirement: "Every bucket has a bucket policy.",
  needs: "siblings",
  judge: (subject, siblings) => {
    if (subject.kind !== "bucket") return "not-applicable";
    const has = siblings.some((other) => other.kind === "bucket-policy" &&
      (other.resource === subject.resource || refersTo(other.resource, other.owner, subject.resource, subject.names)));
    return demand(has, "It has no bucket policy.");
  },
};
