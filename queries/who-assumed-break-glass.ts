import { namesFor } from "../infra/names";
import { limit, listOf } from "./query";
import type { Query } from "./query";

export const query: Query = {
  name: "who-assumed-break-glass",
  title: "Who assumed LogArchive-Administrator or break-glass, or tried to?",
  tables: ["trail"],
  parameters: { limit },
  sql: (config) => {
    const { rolePath, roleName } = namesFor(config);
    const roles = [roleName.administrator, roleName.breakGlass].map((role) => `:role${rolePath}${role}`);
    return `SELECT time, account, split_part(json_extract_scalar(request, '$.roleArn'), '/', 3) AS role, principal, session, source_identity, address, error,
  json_extract_scalar(request, '$.roleSessionName') AS session_name
FROM trail
WHERE event IN ('AssumeRole', 'AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity')
  AND regexp_extract(json_extract_scalar(request, '$.roleArn'), ':role/.*$') IN (${listOf(roles)})
ORDER BY time DESC
LIMIT {limit}`;
  },
};
