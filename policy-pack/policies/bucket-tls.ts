/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html */
import { covers } from "../actions";
import { isEveryone, operatorOf } from "../principals";
import { demand, type Rule } from "../rule";
import type { Statement } from "../subjects/document";

/** A Deny for everyone and every call on the bucket and its objects, with nothing asked but that TLS is missing. */
function refusesPlainText({ effect, principals, actions, resources, tests }: Statement): boolean {
  const onlyTest = tests.length === 1 ? tests[0] : undefined;
  return effect === "Deny" && principals.some(isEveryone) &&
    actions.some((action) => covers(action, "s3:*")) &&
    (resources.includes("*") || (resources.some((arn) => arn.endsWith("/*")) && resources.some((arn) => !arn.includes("/")))) &&
    onlyTest !== undefined && operatorOf(onlyTest) === "bool" && onlyTest.key.toLowerCase() === "aws:securetransport" &&
    onlyTest.values.every((value) => value === "false");
}

export const rule: Rule = {
  requirement: "A bucket policy refuses every call that does not come over TLS.",
  needs: "subject",
  judge: (subject) => {
    if (subject.kind !== "bucket-policy" || !subject.document.known) return "not-applicable";
    return demand(
      subject.document.statements.some(refusesPlainText),
      "No statement denies s3:* on the bucket and its objects to everyone when aws:SecureTransport is false.",
    );
  },
};
