/** Whoever may pass any role may act as any role: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html */
import { covers } from "../actions";
import { verdict, type Rule } from "../rule";

/** A role's ARN in which nothing but the account may be open. */
const oneRole = /^(arn:aws:iam::(\d{12}|\?{12}|\*|\$\{AWS::AccountId\}):role\/[^*?]+|\$\{[A-Za-z0-9]+\.Arn\})$/;

export const rule: Rule = {
  requirement: "A role may pass other roles (iam:PassRole) only by their full names.",
  needs: "subject",
  judge: (subject) => {
    if (subject.kind !== "identity-policy" || !subject.document.known) return "not-applicable";
    const passing = subject.document.statements.filter(
      ({ effect, actions }) => effect === "Allow" && actions.some((action) => covers(action, "iam:PassRole")),
    );
    return verdict(passing.flatMap(({ sid, resources }) =>
      resources.filter((arn) => !oneRole.test(arn)).map((arn) => `Statement ${sid} lets ${arn} be passed.`)));
  },
};
