/**
 * Calls in the management account that no service control policy can bind, and that would undo what the project does: they
 * are told to people.
 */
import type { Trigger } from "../../functions/sources/log-source";
import { callPattern, type EventPattern } from "./event-patterns";

/** Their events are recorded in us-east-1, where AWS Organizations, IAM and a multi-Region trail's home are. */
export const watchedCalls: readonly Trigger[] = [
  {
    eventSource: "organizations.amazonaws.com",
    eventNames: [
      "CloseAccount",
      "DeleteOrganization",
      "DeletePolicy",
      "DeleteResourcePolicy",
      "DeregisterDelegatedAdministrator",
      "DetachPolicy",
      "DisableAWSServiceAccess",
      "DisablePolicyType",
      "MoveAccount",
      "PutResourcePolicy",
      "RegisterDelegatedAdministrator",
      "RemoveAccountFromOrganization",
      "UpdatePolicy",
    ],
  },
  { eventSource: "cloudtrail.amazonaws.com", eventNames: ["DeleteTrail", "PutEventSelectors", "StopLogging", "UpdateTrail"] },
  { eventSource: "cloudformation.amazonaws.com", eventNames: ["DeactivateOrganizationsAccess"] },
  { eventSource: "iam.amazonaws.com", eventNames: ["DisableOrganizationsRoot", "EnableOrganizationsRoot"] },
  { eventSource: "sts.amazonaws.com", eventNames: ["AssumeRoot"] },
];

/** The pattern of the rule in the management account that forwards them to the central bus. */
export const watchedPattern = (): EventPattern => callPattern(watchedCalls);
