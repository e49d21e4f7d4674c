import { limit } from "./query";
import type { Query } from "./query";

export const query: Query = {
  name: "who-read-the-archive",
  title: "Who read or touched stored logs?",
  tables: ["store_access"],
  parameters: { limit },
  sql: () => `SELECT requester, address, operation, bucket, status, error, count(*) AS requests, count(DISTINCT key) AS objects, min(time) AS first, max(time) AS last
FROM store_access
-- Services deliver as themselves; whoever reads is somebody's principal.
WHERE requester LIKE 'arn:aws:%' OR requester = '-'
GROUP BY 1, 2, 3, 4, 5, 6
ORDER BY requests DESC, requester, operation
LIMIT {limit}`,
};
