import { limit } from "./query";
import type { Query } from "./query";

/** TLS connections of a Network Load Balancer: it sees no requests within. */
const columns = "time, account, resource, address, method, url, status, agent";

export const query: Query = {
  name: "requests-by-address",
  title: "What did an address ask of load balancers, CloudFront and S3?",
  tables: ["alb_access", "clb_access", "cloudfront_access", "nlb_access", "s3_access"],
  parameters: { address: { what: "the client's address", kind: "address" }, limit },
  sql: () => `SELECT time, kind, account, resource, method, url, status, agent
FROM (
  SELECT 'alb' AS kind, ${columns} FROM alb_access
  UNION ALL SELECT 'clb' AS kind, ${columns} FROM clb_access
  UNION ALL SELECT 'cloudfront' AS kind, ${columns} FROM cloudfront_access
  UNION ALL SELECT 'nlb' AS kind, time, account, resource, address, protocol AS method, domain AS url, CAST(NULL AS bigint) AS status, CAST(NULL AS varchar) AS agent FROM nlb_access
  UNION ALL SELECT 's3' AS kind, ${columns} FROM s3_access
) AS requests
WHERE address = {address}
ORDER BY time, kind, resource
LIMIT {limit}`,
};
