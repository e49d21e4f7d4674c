import { limit } from "./query";
import type { Query } from "./query";

export const query: Query = {
  name: "top-talkers",
  title: "With whom did a network interface exchange most?",
  tables: ["vpc_flow_log"],
  parameters: { interface: { what: "the interface", kind: "interface" }, limit },
  sql: () => `SELECT direction, action,
  CASE WHEN direction = 'egress' THEN packet_destination ELSE packet_source END AS peer,
  CASE WHEN direction = 'egress' THEN destination_port ELSE source_port END AS peer_port,
  protocol, sum(bytes) AS bytes, sum(packets) AS packets, count(*) AS flows, min(time) AS first, max(time) AS last
FROM vpc_flow_log
WHERE interface = {interface}
GROUP BY 1, 2, 3, 4, 5
ORDER BY bytes DESC, peer, peer_port
LIMIT {limit}`,
};
