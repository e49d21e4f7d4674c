import { namesFor } from "../infra/names";
import { limit, listOf } from "./query";
import type { Query } from "./query";

export const query: Query = {
  name: "what-break-glass-did",
  title: "What was done as LogArchive-Administrator or break-glass?",
  tables: ["trail"],
  parameters: { limit },
  sql: (config) => {
    const { rolePath, roleName } = namesFor(config);
    const roles = [roleName.administrator, roleName.breakGlass].map((role) => `:role${rolePath}${role}`);
    return `SELECT time, account, event_region, service, event, session, source_identity, address, error, request
FROM trail
WHERE regexp_extract(principal, ':role/.*$') IN (${listOf(roles)})
ORDER BY time DESC
LIMIT {limit}`;
  },
};
