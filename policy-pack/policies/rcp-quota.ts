/** https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html */
import { demand, type Rule } from "../rule";

const QUOTA = 5_120;

export const rule: Rule = {
  requirement: `A resource control policy has at most ${QUOTA.toLocaleString("en-US")} characters.`,
  needs: "subject",
  judge: (subject) => {
    if (subject.kind !== "resource-control-policy" || !subject.document.known) return "not-applicable";
    const { length } = subject.document.text ?? JSON.stringify(subject.document.json);
    return demand(length <= QUOTA, `It has ${length} characters, at most ${QUOTA} are allowed.`);
  },
};
