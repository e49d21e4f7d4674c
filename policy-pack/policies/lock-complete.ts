/** A document of the lock that is missing, of another type or attached to less than is configured denies nothing there. */
import type { Configuration } from "../../infra/config/configuration";
import { resourceControlPolicies } from "../../infra/documents/resource-control-policies";
import { serviceControlPolicies } from "../../infra/documents/service-control-policies";
import { attached, wantedThere, type Wanted } from "../wanted";

const documents = (names: readonly string[], type: string, targets: readonly string[]): readonly Wanted[] =>
  names.flatMap((name) => [{ type: "organizations:policy", by: { name }, what: `The policy ${name}`, settings: { type } }, ...targets.map((target) => attached(name, target))]);

function wanted(config: Configuration): readonly Wanted[] {
  const { tier, phase, lock: { scpTargets, rcpTargets } } = config;
  if (tier !== "management" || phase !== "lock") return [];
  const named = (policies: readonly { readonly name: string }[]) => policies.map(({ name }) => name);
  return [...documents(named(serviceControlPolicies(config)), "SERVICE_CONTROL_POLICY", scpTargets), ...documents(named(resourceControlPolicies(config)), "RESOURCE_CONTROL_POLICY", rcpTargets)];
}

export const rule = wantedThere({ requirement: "Every document of the lock is there and attached to every target that the configuration names.", wanted });
