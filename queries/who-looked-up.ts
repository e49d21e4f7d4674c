import { limit } from "./query";
import type { Query } from "./query";

export const query: Query = {
  name: "who-looked-up",
  title: "Who looked up a domain, or a name below it?",
  tables: ["resolver_query_log"],
  parameters: { domain: { what: "the domain", kind: "domain" }, limit },
  sql: () => `SELECT time, account, vpc, source, instance, name, type, answer_code, firewall_action
FROM resolver_query_log
WHERE substr('.' || lower(name), -(length({domain}) + 1)) = '.' || lower({domain})
ORDER BY time, source
LIMIT {limit}`,
};
