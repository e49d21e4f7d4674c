/** Forces the logs of Application Load Balancers. */
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
      ? deliveryHints(detail, (arn) => arn.includes(":loadbalancer/app/"))
      : loadBalancerHints(detail, "app"),
  adapter: (settings) => {
    const client = new ElasticLoadBalancingV2Client({ ...settings.client, region: settings.region, maxAttempts: 6 });
    const bucket = settings.names.logBucket("sse-s3", settings.region);
    const switches = [
      loadBalancerSwitch("access logs", "access_logs.s3", bucket),
      loadBalancerSwitch("connection logs", "connection_logs.s3", bucket),
    ];
    return {
      ...loadBalancers(client, settings, "application", "app"),
      ...(settings.via === "switch"
        ? loadBalancerSwitches(client, switches)
        : deliveries(settings, source.name, deliveredLogs(source.kinds("delivery")))),
    };
  },
};
