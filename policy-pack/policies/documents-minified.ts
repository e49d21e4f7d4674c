/** AWS Organizations counts white space when a policy comes by API, and a diff of one line is a diff of one document. */
import { demand, type Rule } from "../rule";
import { isPolicy } from "../subjects/subject";

export const rule: Rule = {
  requirement: "A policy document is deployed without white space between its elements.",
  needs: "subject",
  judge: (subject) => {
    if (!isPolicy(subject) || !subject.document.known || subject.document.text === undefined) return "not-applicable";
    const { text, json } = subject.document;
    const shortest = JSON.stringify(json).length;
    return demand(text.length <= shortest, `It has ${text.length} characters where ${shortest} say the same.`);
  },
};
