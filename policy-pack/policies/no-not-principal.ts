/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html */
import { verdict, type Rule } from "../rule";
import { isPolicy } from "../subjects/subject";

export const rule: Rule = {
  requirement: "No policy has a NotPrincipal: AWS does not take it in control policies, and elsewhere it lets in whoever is not listed.",
  needs: "subject",
  judge: (subject) => {
    if (!isPolicy(subject) || !subject.document.known) return "not-applicable";
    const found = subject.document.statements.filter(({ notPrincipals }) => notPrincipals.length > 0);
    return verdict(found.map(({ sid }) => `Statement ${sid} has a NotPrincipal.`));
  },
};
