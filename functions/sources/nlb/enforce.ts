/** Forces the logs of Network Load Balancers. */
import { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { EnforcerModule } from "../../enforcer/adapter";
import { deliveries } from "../../mechanisms/delivery/adapter";
import { deliveredLogs } from "../../mechanisms/delivery/facts";
import { deliveryHints } from "../../mechanisms/delivery/hints";
import { loadBalancerSwitches, loadBalancers } from "../../mechanisms/load-balancers/client";
import { loadBalancerHints } from "../../mechanisms/load-balancers/hints";
import { loadBalancerSwitch } from "../../mechanisms/switch/decide";
import { source } from "./source";

export const enforcer: EnforcerModule = {
  hints: (detail) =>
    detail.eventSource === "logs.amazonaws.com"
      ? deliveryHints(detail, (arn) => arn.includes(":loadbalancer/net/"))
      : loadBalancerHints(detail, "net"),
  adapter: (settings) => {
    const client = new ElasticLoadBalancingV2Client({ ...settings.client, region: settings.region, maxAttempts: 6 });
    const bucket = settings.names.logBucket("kms", settings.region);
    return {
      ...loadBalancers(client, settings, "network", "net"),
      ...(settings.via === "switch"
        ? loadBalancerSwitches(client, [loadBalancerSwitch("access logs", "access_logs.s3", bucket)])
        : deliveries(settings, source.name, deliveredLogs(source.kinds("delivery")))),
    };
  },
};
