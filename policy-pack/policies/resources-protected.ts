/** https://www.pulumi.com/docs/iac/concepts/options/protect/ */
import { demand, type Rule } from "../rule";
import type { Kind } from "../subjects/subject";

/** What holds the logs, what reads them, and what keeps both as they are. */
const kept: readonly Kind[] = ["bucket", "key", "bucket-policy", "key-policy", "service-control-policy", "resource-control-policy"];

export const rule: Rule = {
  requirement: "Log storage, keys and their policies are protected from deletion.",
  needs: "subject",
  judge: (subject) => {
    if (!kept.includes(subject.kind) || subject.resource.template !== undefined) return "not-applicable";
    const destroys = subject.kind === "bucket" && subject.forceDestroy === true;
    return destroys
      ? demand(false, "It has forceDestroy, which deletes what is in it.")
      : demand(subject.resource.protect, "Its resource option `protect` is not set.");
  },
};
