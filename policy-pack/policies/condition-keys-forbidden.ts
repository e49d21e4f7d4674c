/**
 * Keys by which the one who is to be stopped could step aside: a service called on his behalf (any user may call
 * CloudFormation), a tag he can set, or what his own client says of itself.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
import { eachTest } from "../control-policy";
import type { Rule } from "../rule";

const forbidden = [
  /^aws:viaawsservice$/,
  /^aws:calledvia/,
  /^aws:principaltag\//,
  /^aws:(useragent|referer|sourceip|vpcsourceip|sourcevpc|sourcevpce|sourcevpcarn|currenttime|epochtime|tokenissuetime)$/,
];

export const rule: Rule = {
  requirement: "No control policy hangs on a service called on the caller's behalf, a principal's tag, or what a client says of itself.",
  needs: "subject",
  judge: (subject) =>
    eachTest(subject, ({ key }, { sid }) =>
      forbidden.some((pattern) => pattern.test(key.toLowerCase())) ? `Statement ${sid} tests ${key}.` : undefined,
    ),
};
