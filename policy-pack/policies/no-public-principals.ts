/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html (what AWS calls public) */
import { isBounded, isEveryone } from "../principals";
import { verdict, type Rule } from "../rule";
import { isResourcePolicy } from "../subjects/subject";

export const rule: Rule = {
  requirement: "No resource policy lets everyone in: `*` is confined to the organization, to accounts or to one source.",
  needs: "subject",
  judge: (subject) => {
    if (!isResourcePolicy(subject) || !subject.document.known) return "not-applicable";
    const open = subject.document.statements.filter(
      (statement) => statement.effect === "Allow" && statement.principals.some(isEveryone) && !isBounded(statement),
    );
    return verdict(open.map(({ sid }) => `Statement ${sid} lets in everyone ("*") without a condition on organization, account or source.`));
  },
};
