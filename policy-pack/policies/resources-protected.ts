/** https://www.pulumi.com/docs/iac/concepts/options/protect/ */
import { demand, type Rule } from "../rule";
import { canonicalType } from "../subjects/read";
import type { Kind } from "../subjects/subject";

/** What holds the logs, what brings them there, what records, and what keeps all of it as it is. */
const kept: readonly Kind[] = [
  "bucket", "bucket-policy", "bucket-setting", "public-access-block", "key", "key-policy", "alias", "delivery-destination-policy", "settings",
  "service-control-policy", "resource-control-policy", "control-policy-attachment", "stack", "stack-set",
];

/** They hold no log: what the configuration no longer has goes with the next deployment. */
const replaceable = ["athena:workgroup", "config:configurationaggregator", "events:rule"];

const NOT_SET = "Its resource option `protect` is not set.";

export const rule: Rule = {
  requirement: "Log storage, recorders, the lock, and what each of them rests on are protected from deletion.",
  needs: "siblings",
  judge: (subject, siblings) => {
    const { protect, template, type } = subject.resource;
    // CloudFormation keeps what is in a template.
    if (!kept.includes(subject.kind) || template !== undefined || type.startsWith("AWS::") || replaceable.includes(canonicalType(type))) return "not-applicable";
    if (subject.kind === "bucket" && subject.forceDestroy === true) return demand(false, "It has forceDestroy, which deletes what is in it.");
    // One protected resource proves that options are sent; none at all may mean that whoever asks leaves them out.
    const optionsAreSent = protect !== "unsaid" || siblings.some((other) => other.resource.protect === true);
    return optionsAreSent ? demand(protect === true, NOT_SET) : { violations: [`${NOT_SET} Nor is any other's: are options sent?`], advisory: true };
  },
};
