import { limit } from "./query";
import type { Query } from "./query";

export const query: Query = {
  name: "changes-of-resource",
  title: "How was a resource configured over time, as AWS Config recorded it?",
  tables: ["config"],
  parameters: { resource: { what: "its id, name or ARN", kind: "resource" }, limit },
  sql: () => `SELECT DISTINCT time, account, region, type, id, name, status, configuration
FROM config
WHERE {resource} IN (id, name, arn)
ORDER BY time DESC
LIMIT {limit}`,
};
