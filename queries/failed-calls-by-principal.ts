import { limit } from "./query";
import type { Query } from "./query";

export const query: Query = {
  name: "failed-calls-by-principal",
  title: "Whose calls failed, which, and how often?",
  tables: ["trail"],
  parameters: { limit },
  sql: () => `SELECT principal, service, event, error, count(*) AS calls, min(time) AS first, max(time) AS last,
  array_join(array_agg(DISTINCT account ORDER BY account), ', ') AS accounts, array_join(array_agg(DISTINCT address ORDER BY address), ', ') AS addresses
FROM trail
WHERE error IS NOT NULL
GROUP BY principal, service, event, error
ORDER BY calls DESC, principal, service, event, error
LIMIT {limit}`,
};
