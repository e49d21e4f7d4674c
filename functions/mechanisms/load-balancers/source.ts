/** What the load balancers' log sources have alike: all of them, and those that AWS can log in two ways. */
import type { LogKind, LogSource } from "../../sources/log-source";
import { deliveryPermissions, deliveryTrigger, deliveryWeakening } from "../delivery/facts";
import { allowLoadBalancerDelivery, findLoadBalancers, loadBalancerTrigger, switchWeakening, turnSwitch } from "./facts";

export const ofAnyLoadBalancer = {
  scope: "regional",
  /** IAM actions that make a load balancer of any type. */
  creating: ["elasticloadbalancing:CreateLoadBalancer"],
  /** Both take aws:TagKeys, in both API versions (they share their action names). */
  exclusionTaggers: ["elasticloadbalancing:AddTags", "elasticloadbalancing:CreateLoadBalancer"],
} as const satisfies Partial<LogSource>;

/**
 * A source whose logs AWS delivers, or writes where the classic switch says so.
 *
 * @param path the ARN after `loadbalancer/`: `app/*`
 */
export function deliveredOrSwitched(name: string, path: string, deliveries: readonly LogKind[], switches: readonly LogKind[]) {
  return {
    ...ofAnyLoadBalancer,
    name,
    via: ["delivery", "switch"],
    triggers: [loadBalancerTrigger, deliveryTrigger],
    kinds: (via) => (via === "switch" ? switches : deliveries),
    permissions: (names, via) =>
      via === "switch"
        ? [findLoadBalancers, ...turnSwitch(path)]
        : [findLoadBalancers, allowLoadBalancerDelivery, ...deliveryPermissions(names, name, deliveries)],
    weakening: (names, via) => (via === "switch" ? [switchWeakening] : deliveryWeakening(names, deliveries)),
  } as const satisfies Partial<LogSource>;
}
