/** Application Load Balancers: access logs and connection logs. */
import { deliveredKind } from "../../mechanisms/delivery/facts";
import { anyLoadBalancer } from "../../mechanisms/load-balancers/facts";
import { deliveredOrSwitched } from "../../mechanisms/load-balancers/source";
import type { LogKind, LogSource } from "../log-source";

const guide = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application";
const delivered = "AWSLogs/{account}/elasticloadbalancing/*";

const deliveries: readonly LogKind[] = [
  deliveredKind("alb-access", "ALB_ACCESS_LOGS", delivered, `${guide}/load-balancer-cloudwatch-logs.html`),
  deliveredKind("alb-connection", "ALB_CONNECTION_LOGS", delivered, `${guide}/load-balancer-cloudwatch-logs.html`),
];

/** A test object (`AWSLogs/<account>/ELBAccessLogTestFile`) comes before the logs, so the keys are the whole account's. */
const switched = (kind: string, page: string): LogKind => ({
  kind,
  store: "sse-s3",
  writer: "logdelivery.elasticloadbalancing.amazonaws.com",
  keys: "AWSLogs/{account}/*",
  sourceArn: anyLoadBalancer,
  reference: `${guide}/${page}`,
});

const switches: readonly LogKind[] = [
  switched("alb-access", "enable-access-logging.html"),
  switched("alb-connection", "enable-connection-logging.html"),
];

export const source: LogSource = {
  ...deliveredOrSwitched("alb", "app/*", deliveries, switches),
  title: "Application Load Balancer access and connection logs",
  reference: `${guide}/load-balancer-monitoring.html`,
};
