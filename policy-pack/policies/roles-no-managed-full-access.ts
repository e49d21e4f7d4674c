/**
 * AWS's managed policies grow without asking, and most grant on `*`. (`CallbackFunction` without a role attaches a
 * dozen of them.) https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html
 */
import { verdict, type Rule } from "../rule";

const tooMuch = /^arn:aws:iam::aws:policy\/(.*\/)?(.*(FullAccess|Full_Access|FullAccess_v\d+|PowerUser.*)|.*Administrator.*|.*Admin|.*_FullAccess|ReadOnlyAccess)$/;

export const rule: Rule = {
  requirement: "No role has a managed policy of AWS's that gives full or administrator's access.",
  needs: "subject",
  judge: (subject) => {
    if (subject.kind !== "managed-policies") return "not-applicable";
    return verdict(subject.arns.flatMap((arn) => {
      if (typeof arn !== "string") return ["It attaches a managed policy whose ARN is not known before deployment."];
      return tooMuch.test(arn) ? [`It attaches ${arn}.`] : [];
    }));
  },
};
