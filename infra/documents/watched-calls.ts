/**
 * Calls in the management account that no service control policy can bind, and that would undo what the project does: they
 * are told to people.
 */
import type { Trigger } from "../../functions/sources/log-source";
import { callPattern, type EventPattern } from "./event-patterns";

/** Recorded in us-east-1, where AWS Organizations and IAM are. */
const ofTheOrganization: readonly Trigger[] = [
  {
    eventSource: "organizations.amazonaws.com",
    // By prefix: AttachPolicy, CreatePolicy, DeletePolicy, DetachPolicy, UpdatePolicy, PutResourcePolicy and so on.
    eventNames: [
      "AttachPolicy",
      "CloseAccount",
      "CreatePolicy",
      "DeleteOrganization",
      "DeletePolicy",
      "DeleteResourcePolicy",
      "DeregisterDelegatedAdministrator",
      "DetachPolicy",
      "DisableAWSServiceAccess",
      "DisablePolicyType",
      "EnableAWSServiceAccess",
      "EnablePolicyType",
      "MoveAccount",
      "PutResourcePolicy",
      "RegisterDelegatedAdministrator",
      "RemoveAccountFromOrganization",
      "UpdatePolicy",
    ],
  },
  { eventSource: "iam.amazonaws.com", eventNames: ["DisableOrganizationsRoot", "EnableOrganizationsRoot"] },
];

/** Recorded where they are made: a trail is changed in its home Region, a recorder and an administrator in each. */
const ofARegion: readonly Trigger[] = [
  {
    eventSource: "cloudtrail.amazonaws.com",
    eventNames: [
      "AddTags",
      "DeleteTrail",
      "DeregisterOrganizationDelegatedAdmin",
      "PutEventSelectors",
      "PutInsightSelectors",
      "RegisterOrganizationDelegatedAdmin",
      "RemoveTags",
      "StopLogging",
      "UpdateTrail",
    ],
  },
  { eventSource: "cloudformation.amazonaws.com", eventNames: ["DeactivateOrganizationsAccess"] },
  { eventSource: "config.amazonaws.com", eventNames: ["DeleteConfigurationRecorder", "DeleteDeliveryChannel", "PutConfigurationRecorder", "PutDeliveryChannel", "StopConfigurationRecorder"] },
  { eventSource: "guardduty.amazonaws.com", eventNames: ["DeleteDetector", "DisableOrganizationAdminAccount", "EnableOrganizationAdminAccount", "UpdateDetector"] },
  { eventSource: "securityhub.amazonaws.com", eventNames: ["DisableOrganizationAdminAccount", "DisableSecurityHub", "EnableOrganizationAdminAccount"] },
  { eventSource: "sts.amazonaws.com", eventNames: ["AssumeRoot"] },
];

export const watchedCalls: readonly Trigger[] = [...ofTheOrganization, ...ofARegion];

/** The pattern of a Region's rule in the management account that forwards them to the central bus. */
export const watchedPattern = (home: boolean): EventPattern => callPattern(home ? watchedCalls : ofARegion);
