/** Every named query, in the order of its name. */
import { query as changesOfResource } from "./changes-of-resource";
import { query as dnsQueriesByVpc } from "./dns-queries-by-vpc";
import { query as failedCallsByPrincipal } from "./failed-calls-by-principal";
import { query as findings } from "./findings";
import type { Query } from "./query";
import { query as requestsByAddress } from "./requests-by-address";
import { query as tlsRefused } from "./tls-refused";
import { query as topTalkers } from "./top-talkers";
import { query as trafficWithAddress } from "./traffic-with-address";
import { query as whatBreakGlassDid } from "./what-break-glass-did";
import { query as whoAssumedBreakGlass } from "./who-assumed-break-glass";
import { query as whoLookedUp } from "./who-looked-up";
import { query as whoReadTheArchive } from "./who-read-the-archive";
import { query as whoTurnedLoggingOff } from "./who-turned-logging-off";

export const queries: readonly Query[] = [
  changesOfResource,
  dnsQueriesByVpc,
  failedCallsByPrincipal,
  findings,
  requestsByAddress,
  tlsRefused,
  topTalkers,
  trafficWithAddress,
  whatBreakGlassDid,
  whoAssumedBreakGlass,
  whoLookedUp,
  whoReadTheArchive,
  whoTurnedLoggingOff,
];
