import { limit } from "./query";
import type { Query } from "./query";

export const query: Query = {
  name: "tls-refused",
  title: "Whose TLS connections to an Application Load Balancer came to nothing, and why?",
  tables: ["alb_connection"],
  parameters: { limit },
  sql: () => `SELECT address, listener_port, protocol, cipher, verified, subject, count(*) AS connections, min(time) AS first, max(time) AS last
FROM alb_connection
WHERE verified LIKE 'Failed%'
GROUP BY 1, 2, 3, 4, 5, 6
ORDER BY connections DESC, address
LIMIT {limit}`,
};
