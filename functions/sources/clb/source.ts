/**
 * Classic Load Balancers: access logs. AWS offers no vended delivery for them, so there is only the switch: it has one
 * target, cannot be locked, and is repaired.
 */
import { anyLoadBalancer, findLoadBalancers, loadBalancerTrigger, switchWeakening, turnSwitch } from "../../mechanisms/load-balancers/facts";
import { ofAnyLoadBalancer } from "../../mechanisms/load-balancers/source";
import type { LogSource } from "../log-source";

const reference = "https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/enable-access-logs.html";

export const source: LogSource = {
  ...ofAnyLoadBalancer,
  name: "clb",
  title: "Classic Load Balancer access logs",
  via: ["switch"],
  triggers: [loadBalancerTrigger],
  kinds: () => [
    {
      kind: "clb-access",
      store: "sse-s3",
      writer: "logdelivery.elasticloadbalancing.amazonaws.com",
      // The test object that comes first lies beside the logs' folder: AWSLogs/<account>/ELBAccessLogTestFile.
      keys: "AWSLogs/{account}/*",
      sourceArn: anyLoadBalancer,
      reference,
    },
  ],
  permissions: () => [findLoadBalancers, ...turnSwitch("*")],
  weakening: () => [switchWeakening],
  reference,
};
