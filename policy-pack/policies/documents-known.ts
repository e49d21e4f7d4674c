/**
 * What nobody can read nobody can judge: an unknown document is refused, not passed. (@pulumi/policy would downgrade
 * a mandatory policy that touches an unknown value to advisory, so the pack reads it itself.)
 */
import { demand, type Rule } from "../rule";
import { isPolicy } from "../subjects/subject";
import { sentence } from "../control-policy";

const VERSION = "2012-10-17";

export const rule: Rule = {
  requirement: "A policy document is known before deployment, is JSON and is of IAM's current version.",
  needs: "subject",
  judge: (subject) => {
    if (!isPolicy(subject)) return "not-applicable";
    if (!subject.document.known) return demand(false, `Its ${sentence(subject.kind)} ${subject.document.reason}.`);
    const { version } = subject.document;
    return demand(version === VERSION, `Its ${sentence(subject.kind)} has Version ${JSON.stringify(version)}, ${VERSION} is allowed.`);
  },
};
