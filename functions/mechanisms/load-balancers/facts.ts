/** What Application, Network and Classic Load Balancers share: one service, one API name, one set of events. */
import { ANY_ACCOUNT } from "../../../infra/names";
import type { Permission, Trigger, WeakeningCall } from "../../sources/log-source";

/**
 * Load balancers that appear, lose their exclusion tag, or have their attributes edited, the classic switch among them.
 * Both API versions send the same names; `hints` tells them apart.
 */
export const loadBalancerTrigger: Trigger = {
  eventSource: "elasticloadbalancing.amazonaws.com",
  eventNames: ["CreateLoadBalancer", "ModifyLoadBalancerAttributes", "RemoveTags"],
};

/** Finding load balancers and reading their tags: none of these actions takes a resource. */
export const findLoadBalancers: Permission = {
  actions: ["elasticloadbalancing:DescribeLoadBalancers", "elasticloadbalancing:DescribeTags"],
  resources: ["*"],
};

/** PutDeliverySource asks for it on behalf of the service; for load balancers it takes no resource. */
export const allowLoadBalancerDelivery: Permission = {
  actions: ["elasticloadbalancing:AllowVendedLogDeliveryForResource"],
  resources: ["*"],
};

/**
 * Turning the classic switch.
 *
 * @param path the ARN after `loadbalancer/`: `app/*`
 */
export function turnSwitch(path: string): readonly Permission[] {
  return [
    { actions: ["elasticloadbalancing:DescribeLoadBalancerAttributes"], resources: ["*"] },
    {
      actions: ["elasticloadbalancing:ModifyLoadBalancerAttributes"],
      resources: [`arn:aws:elasticloadbalancing:*:${ANY_ACCOUNT}:loadbalancer/${path}`],
    },
  ];
}

export const switchWeakening: WeakeningCall = {
  how: "repaired",
  actions: ["elasticloadbalancing:ModifyLoadBalancerAttributes"],
  why: "the call edits every attribute of a load balancer and has no condition key for any of them",
};

/** aws:SourceArn of Elastic Load Balancing's own log writer. */
export const anyLoadBalancer = `arn:aws:elasticloadbalancing:*:${ANY_ACCOUNT}:loadbalancer/*`;
