/** https://www.pulumi.com/docs/iac/concepts/options/protect/ */
import { demand, type Rule } from "../rule";
import type { Kind } from "../subjects/subject";

/** What holds the logs, what reads them, and what keeps both as they are. */
const kept: readonly Kind[] = ["bucket", "key", "bucket-policy", "key-policy", "service-control-policy", "resource-control-policy"];

const NOT_SET = "Its resource option `protect` is not set.";

export const rule: Rule = {
  requirement: "Log storage, keys and their policies are protected from deletion.",
  needs: "siblings",
  judge: (subject, siblings) => {
    const { protect, template } = subject.resource;
    if (!kept.includes(subject.kind) || template !== undefined) return "not-applicable";
    if (subject.kind === "bucket" && subject.forceDestroy === true) return demand(false, "It has forceDestroy, which deletes what is in it.");
    // One protected resource proves that options are sent; none at all may mean that whoever asks leaves them out.
    const optionsAreSent = protect !== "unsaid" || siblings.some((other) => other.resource.protect === true);
    return optionsAreSent ? demand(protect === true, NOT_SET) : { violations: [`${NOT_SET} Nor is any other's: are options sent?`], advisory: true };
  },
};
