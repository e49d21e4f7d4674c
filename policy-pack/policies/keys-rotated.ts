/** https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html; whoever schedules a key's deletion leaves the longest time to undo it. */
import { verdict, type Rule } from "../rule";
import { pick } from "../subjects/plain";

const LONGEST = 30;

export const rule: Rule = {
  requirement: "Every key is enabled, rotated, and deleted no sooner than 30 days after somebody asked for it.",
  needs: "subject",
  judge: (subject) => {
    if (subject.kind !== "key") return "not-applicable";
    const { props } = subject.resource;
    const isTrue = (value: unknown) => value === true || value === "true";
    const window = pick(props, "deletionWindowInDays", "pendingWindowInDays");
    return verdict([
      ...(isTrue(pick(props, "enableKeyRotation")) ? [] : ["It is not rotated."]),
      ...([pick(props, "isEnabled"), pick(props, "enabled")].every((enabled) => enabled === undefined || isTrue(enabled)) ? [] : ["It is disabled."]),
      // AWS KMS takes 30 where nothing is said.
      ...(window === undefined || window === LONGEST ? [] : [`It can be gone after ${String(window)} days; ${LONGEST} are allowed.`]),
    ]);
  },
};
