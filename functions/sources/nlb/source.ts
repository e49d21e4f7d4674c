/**
 * Network Load Balancers: access logs. AWS writes them for TLS listeners only, by either way: one without a TLS listener
 * is forced like the rest and stays silent (its traffic is in the VPC's flow logs).
 */
import {
  allowLoadBalancerDelivery,
  creatingLoadBalancers,
  findLoadBalancers,
  loadBalancerTaggers,
  loadBalancerTrigger,
  switchWeakening,
  turnSwitch,
} from "../../mechanisms/load-balancers/facts";
import { ANY_ACCOUNT } from "../../../infra/names";
import { deliveredKind, deliveryPermissions, deliveryTrigger, deliveryWeakening } from "../../mechanisms/delivery/facts";
import type { LogKind, LogSource } from "../log-source";

const guide = "https://docs.aws.amazon.com/elasticloadbalancing/latest/network";

// AWS shows an Application Load Balancer's keys only; that a network one's begin alike is NC, so the account is the bound.
const deliveries: readonly LogKind[] = [
  deliveredKind("nlb-access", "NLB_ACCESS_LOGS", "AWSLogs/{account}/*", `${guide}/load-balancer-cloudwatch-logs.html`),
];

/** Unlike the other load balancers', this switch writes as the log delivery service, which can use our key. */
const switches: readonly LogKind[] = [
  {
    kind: "nlb-access",
    store: "kms",
    writer: "delivery.logs.amazonaws.com",
    keys: "AWSLogs/{account}/*",
    sourceArn: `arn:aws:logs:*:${ANY_ACCOUNT}:*`,
    reference: `${guide}/enable-access-logs.html`,
  },
];

export const source: LogSource = {
  name: "nlb",
  title: "Network Load Balancer access logs",
  scope: "regional",
  via: ["delivery", "switch"],
  triggers: [loadBalancerTrigger, deliveryTrigger],
  kinds: (via) => (via === "switch" ? switches : deliveries),
  permissions: (names, via) =>
    via === "switch"
      ? [findLoadBalancers, ...turnSwitch("net/*")]
      : [findLoadBalancers, allowLoadBalancerDelivery, ...deliveryPermissions(names, "nlb", deliveries)],
  weakening: (names, via) => (via === "switch" ? [switchWeakening] : deliveryWeakening(names, deliveries)),
  creating: creatingLoadBalancers,
  exclusionTaggers: loadBalancerTaggers,
  reference: `${guide}/load-balancer-access-logs.html`,
};
