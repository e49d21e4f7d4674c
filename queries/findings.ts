import { limit } from "./query";
import type { Query } from "./query";

export const query: Query = {
  name: "findings",
  title: "What did GuardDuty find, from a severity on?",
  tables: ["guardduty"],
  parameters: { severity: { what: "the least severity", kind: "severity", default: "4" }, limit },
  sql: () => `SELECT finding, max(time) AS last, found_in AS account, region, type, max(severity) AS severity, title, resource_type, max(count) AS seen
FROM guardduty
WHERE severity >= {severity}
GROUP BY finding, found_in, region, type, title, resource_type
ORDER BY severity DESC, last DESC
LIMIT {limit}`,
};
