/** Which calls in the archive's account people are told of. */
import type { Configuration } from "../config/configuration";
import { namesFor } from "../names";
import type { EventPattern } from "./event-patterns";

/**
 * Whatever writes in the archive's account, its objects included (the trail records those that somebody touches), but for our
 * enforcers, the StackSets and AWS's service-linked roles, which work there as everywhere; and everything around the administrator's role, reads too.
 *
 * A service that delivers a log is no principal of the account, and the trail does not record the delivery. Refused calls
 * come by the rule for denials. A payload is asked for in one place alone, which role is assumed: that call is never as
 * large as what CloudTrail leaves out.
 */
export function archivePattern(config: Configuration): EventPattern {
  const { roleArn, roleName, accounts, stackSetsExecutionRoleArn } = namesFor(config);
  const administrator = roleArn(roleName.administrator, accounts.logArchive);
  const issuer = (arn: unknown) => ({ userIdentity: { sessionContext: { sessionIssuer: { arn: [arn] } } } });
  const enforcers = roleArn("enforcer-", accounts.logArchive);
  // EventBridge knows no `?`, and the path of either can't be given to a role of anybody else's.
  const stackSets = stackSetsExecutionRoleArn(accounts.logArchive).replace(/\?+$/, "");
  const replication = roleArn(roleName.replication, accounts.logArchive);
  const serviceLinked = `arn:aws:iam::${accounts.logArchive}:role/aws-service-role/`;
  return {
    source: [{ prefix: "aws." }],
    "detail-type": ["AWS API Call via CloudTrail"],
    detail: {
      errorCode: [{ exists: false }],
      $or: [
        { readOnly: [false], ...issuer({ "anything-but": { prefix: [enforcers, stackSets, replication, serviceLinked] } }) },
        { readOnly: [false], userIdentity: { type: ["FederatedUser", "IAMUser", "Root", "SAMLUser", "WebIdentityUser"] } },
        issuer(administrator),
        { eventName: [{ prefix: "AssumeRole" }], requestParameters: { roleArn: [administrator] } },
      ],
    },
  };
}
