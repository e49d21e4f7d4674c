/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html */
import { demand, type Rule } from "../rule";

export const rule: Rule = {
  requirement: "Every target of an event rule or schedule has a dead-letter queue.",
  needs: "subject",
  judge: (subject) => {
    if (subject.kind !== "event-target") return "not-applicable";
    return demand(subject.deadLetter !== null, `Its target ${subject.id} has no deadLetterConfig.`);
  },
};
