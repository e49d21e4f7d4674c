/**
 * A service acts for whoever asks it to: without a condition on whom it acts for, a stranger's trail writes here too.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
import { isBounded } from "../principals";
import { verdict, type Rule } from "../rule";
import { isResourcePolicy } from "../subjects/subject";

export const rule: Rule = {
  requirement: "A resource policy lets an AWS service in only for this organization, for named accounts or for a named source.",
  needs: "subject",
  judge: (subject) => {
    if (!isResourcePolicy(subject) || subject.kind === "trust-policy" || !subject.document.known) return "not-applicable";
    const open = subject.document.statements.filter(
      (statement) => statement.effect === "Allow" && statement.principals.some(({ type }) => type === "Service") && !isBounded(statement),
    );
    return verdict(open.map(({ sid, principals }) =>
      `Statement ${sid} lets in ${principals.map(({ value }) => value).join(", ")} without aws:SourceOrgID, aws:SourceAccount or aws:SourceArn.`));
  },
};
