import { limit } from "./query";
import type { Query } from "./query";

export const query: Query = {
  name: "dns-queries-by-vpc",
  title: "Which names did a VPC, or each, look up most?",
  tables: ["resolver_query_log"],
  parameters: { vpc: { what: "the VPC", kind: "vpc", default: "any" }, limit },
  sql: () => `SELECT account, vpc, name, type, answer_code, firewall_action, count(*) AS queries, count(DISTINCT source) AS sources, min(time) AS first, max(time) AS last
FROM resolver_query_log
WHERE {vpc} IN ('any', vpc)
GROUP BY 1, 2, 3, 4, 5, 6
ORDER BY queries DESC, vpc, name
LIMIT {limit}`,
};
