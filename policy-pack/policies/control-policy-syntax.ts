/**
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_syntax.html,
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html
 */
import { eachStatement } from "../control-policy";
import type { Rule } from "../rule";
import type { Statement } from "../subjects/document";

function service(statement: Statement): readonly string[] {
  return statement.principals.length > 0 ? [`Statement ${statement.sid} names a Principal, which a service control policy has not.`] : [];
}

function resource(statement: Statement): readonly string[] {
  const { sid, principals, actions, notActions } = statement;
  const found: string[] = [];
  if (principals.length !== 1 || principals[0]?.type !== "*") found.push(`Statement ${sid} has a Principal other than "*".`);
  if (notActions.length > 0) found.push(`Statement ${sid} has NotAction, which a resource control policy has not.`);
  if (actions.some((action) => !/^[a-z0-9-]+:/.test(action))) found.push(`Statement ${sid} has an Action without a service.`);
  return found;
}

export const rule: Rule = {
  requirement: "A service or resource control policy of ours only denies, and keeps to the elements AWS Organizations takes.",
  needs: "subject",
  judge: (subject) =>
    eachStatement(subject, (statement, { kind }) => [
      ...(statement.effect === "Allow" ? [`Statement ${statement.sid} allows; what is attached beside FullAWSAccess only denies.`] : []),
      ...(statement.actions.length + statement.notActions.length === 0 ? [`Statement ${statement.sid} names no action.`] : []),
      ...(statement.resources.length + statement.notResources.length === 0 ? [`Statement ${statement.sid} names no resource.`] : []),
      ...(kind === "service-control-policy" ? service(statement) : resource(statement)),
    ]),
};
