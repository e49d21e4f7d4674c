/**
 * The service control policies: what nobody in a member account may do to the logs, but a short list of roles.
 *
 * Built from the table of log sources and from the names of what the project owns; see
 * docs/decisions/0003-lock-by-resource.md. They bind every principal of a member, its root user and the delegated
 * administrator included; they don't bind the management account and service-linked roles.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
 */
import { sources } from "../../functions/sources";
import type { LogSource } from "../../functions/sources/log-source";
import type { Configuration } from "../config/configuration";
import { packed } from "./lock";
import type { Concern, ControlPolicy } from "./lock";
import { lockGround, lockTags } from "./lock-organization";
import { lockArchive, lockDelegated, lockExemptions, lockMembers } from "./lock-owned";
import { lockServices } from "./lock-services";
import { lockSources } from "./lock-sources";

/** Every statement with its reason, by concern; `table` are the log sources, and a test may give others. */
export function serviceControlConcerns(config: Configuration, table: readonly LogSource[] = sources): readonly Concern[] {
  return [
    {
      name: "owned",
      description: "Force-and-Lock-Logs: what it owns, and who is exempt",
      locks: [...lockExemptions(config), ...lockMembers(config), ...lockDelegated(config), ...lockArchive(config)],
    },
    {
      name: "services",
      description: "Force-and-Lock-Logs: the organization's trail, AWS Config, GuardDuty, Access Analyzer and Security Hub",
      locks: lockServices(config),
    },
    {
      name: "sources",
      description: "Force-and-Lock-Logs: the logging of each source, its tags, accounts and Regions",
      locks: [...lockSources(config, table), ...lockTags(config, table), ...lockGround(config, table)],
    },
  ];
}

/** At most eight, each within AWS's quota, the same for the same configuration. @throws Error in one line if they can't be */
export function serviceControlPolicies(config: Configuration, table: readonly LogSource[] = sources): readonly ControlPolicy[] {
  return packed("service control policy", `${config.prefix}-lock`, serviceControlConcerns(config, table));
}

/** Why each statement of a control policy is there, by its Sid; for the documentation and reports. */
export const reasons = (concerns: readonly Concern[]): Readonly<Record<string, string>> =>
  Object.fromEntries(concerns.flatMap(({ locks }) => locks.map(({ reason, statement }) => [statement.Sid, reason])));
