/**
 * Network Load Balancers: access logs. AWS writes them for TLS listeners only, by either way: one without a TLS listener
 * is forced like the rest and stays silent (its traffic is in the VPC's flow logs).
 */
import { ANY_ACCOUNT } from "../../../infra/names";
import { deliveredKind } from "../../mechanisms/delivery/facts";
import { deliveredOrSwitched } from "../../mechanisms/load-balancers/source";
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
  ...deliveredOrSwitched("nlb", "net/*", deliveries, switches),
  title: "Network Load Balancer access logs",
  reference: `${guide}/load-balancer-access-logs.html`,
};
