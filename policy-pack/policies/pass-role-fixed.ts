/** Whoever may pass any role may act as any role: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html */
import { covers } from "../actions";
import { verdict, type Rule } from "../rule";

/** A role's ARN in which the account may be open, and the end of the name under a path: `role/fall/enforcer-*`. */
const namedRoles = /^(arn:aws:iam::(\d{12}|\?{12}|\*|\$\{AWS::AccountId\}):role\/([^*?]+|[^*?]+\/[^*?/]+\*)|\$\{[A-Za-z0-9]+\.Arn\})$/;

export const rule: Rule = {
  requirement: "A role may pass other roles (iam:PassRole) only by their path and name, or the start of it.",
  needs: "subject",
  judge: (subject) => {
    if (subject.kind !== "identity-policy" || !subject.document.known) return "not-applicable";
    const passing = subject.document.statements.filter(
      ({ effect, actions }) => effect === "Allow" && actions.some((action) => covers(action, "iam:PassRole")),
    );
    return verdict(passing.flatMap(({ sid, resources }) =>
      resources.filter((arn) => !namedRoles.test(arn)).map((arn) => `Statement ${sid} lets ${arn} be passed.`)));
  },
};
