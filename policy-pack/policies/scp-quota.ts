/** https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html (10,240 since May 2026) */
import { demand, type Rule } from "../rule";

const QUOTA = 10_240;

export const rule: Rule = {
  requirement: `A service control policy has at most ${QUOTA.toLocaleString("en-US")} characters.`,
  needs: "subject",
  judge: (subject) => {
    if (subject.kind !== "service-control-policy" || !subject.document.known) return "not-applicable";
    const { length } = subject.document.text ?? JSON.stringify(subject.document.json);
    return demand(length <= QUOTA, `It has ${length} characters, at most ${QUOTA} are allowed.`);
  },
};
