/** Trust of people: the statements of a role's trust policy for the principals that the configuration names. */
import type { Condition } from "../../functions/sources/log-source";
import type { Trusted } from "../config/people";
import type { Statement } from "./policy";

/**
 * The role that IAM Identity Center makes for a permission set in an account; nobody else can make one under this path.
 * https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
 */
const permissionSetRoles = ({ account, permissionSet }: NonNullable<Trusted["sso"]>): readonly string[] => {
  const path = `arn:aws:iam::${account}:role/aws-reserved/sso.amazonaws.com/`;
  const name = `AWSReservedSSO_${permissionSet}_${"?".repeat(16)}`;
  // In us-east-1 the path has no Region.
  return [`${path}${name}`, `${path}*/${name}`];
};

/** Who, of which account, and under which conditions of their session. */
interface Admitted {
  readonly account: string;
  readonly principals: readonly string[];
  readonly condition: Condition;
}

function admitted({ user, role, sso, saml, mfa, sourceIdentity }: Trusted): Admitted {
  const principals = sso ? permissionSetRoles(sso) : [user, role, saml].filter((one) => one !== undefined);
  const withMfa: Condition = user !== undefined || mfa === true ? { Bool: { "aws:MultiFactorAuthPresent": "true" } } : {};
  // The session's own, set where it was signed in to: what a caller asks for now (sts:SourceIdentity) could be anything.
  const asWho: Condition = sourceIdentity ? { StringLike: { "aws:SourceIdentity": sourceIdentity } } : {};
  return { account: principals[0]!.split(":")[4]!, principals, condition: { ...withMfa, ...asWho } };
}

/**
 * One statement for those of an account who are judged alike.
 *
 * @param when a further condition on each: the days of an auditor
 */
export function trustStatements(trusted: readonly Trusted[], when: Condition = {}): readonly Statement[] {
  const groups: Admitted[] = [];
  for (const one of trusted.map(admitted)) {
    const same = groups.findIndex(({ account, condition }) => account === one.account && JSON.stringify(condition) === JSON.stringify(one.condition));
    if (same < 0) groups.push(one);
    else groups[same] = { ...one, principals: [...groups[same]!.principals, ...one.principals] };
  }
  return groups.map(({ account, principals, condition }, index) => ({
    Sid: `Trusted${index + 1}`,
    Effect: "Allow",
    // By condition: a principal that does not exist yet is refused in a trust policy, one made again under its name shut out.
    Principal: { AWS: `arn:aws:iam::${account}:root` },
    // A session that has a source identity hands it on, which is a right of its own.
    Action: condition.StringLike ? ["sts:AssumeRole", "sts:SetSourceIdentity"] : "sts:AssumeRole",
    Condition: { ArnLike: { "aws:PrincipalArn": principals }, ...condition, ...when },
  }));
}

/** A principal of `breakGlass`, user or role, which is given as an ARN alone: with MFA. */
export const trustedByArn = (arn: string): Trusted => ({ role: arn, mfa: true });
