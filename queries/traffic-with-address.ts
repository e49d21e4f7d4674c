import { limit } from "./query";
import type { Query } from "./query";

export const query: Query = {
  name: "traffic-with-address",
  title: "Which interfaces exchanged packets with an address, or refused to?",
  tables: ["vpc_flow_log"],
  parameters: { address: { what: "the address", kind: "address" }, limit },
  sql: () => `SELECT account, region, vpc, interface, instance, direction, action, sum(bytes) AS bytes, count(*) AS flows, min(time) AS first, max(time) AS last
FROM vpc_flow_log
WHERE {address} IN (source, destination, packet_source, packet_destination)
GROUP BY 1, 2, 3, 4, 5, 6, 7
ORDER BY first, interface, direction, action
LIMIT {limit}`,
};
