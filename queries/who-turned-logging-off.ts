import { sources } from "../functions/sources";
import type { Configuration } from "../infra/config/configuration";
import { lockServices } from "../infra/documents/lock-services";
import { watchedCalls } from "../infra/documents/watched-calls";
import { namesFor } from "../infra/names";
import { limit, listOf } from "./query";
import type { Query } from "./query";

/** The recorders whose watched calls end logging; the others' concern the organization. */
const recorders = ["cloudtrail", "config", "guardduty", "securityhub"];

/** Those calls of the lock and of the sources' tables that end a log; what only makes something is no end of one. */
function ending(config: Configuration): readonly string[] {
  const names = namesFor(config);
  const ofSources = sources.flatMap((source) => source.weakening(names, config.sources[source.name]!.via)).flatMap(({ actions }) => actions);
  const ofServices = lockServices(config).flatMap(({ statement }) => ("Action" in statement ? [statement.Action].flat() : [])).filter((action): action is string => typeof action === "string");
  const called = [...ofSources, ...ofServices].map((action) => action.split(":")[1]!).filter((name) => !name.includes("*"));
  const watched = watchedCalls.filter(({ eventSource }) => recorders.includes(eventSource.split(".")[0]!)).flatMap(({ eventNames }) => eventNames);
  return [...called, ...watched, "PutBucketLogging"].filter((name) => !/^(Create|Associate|Register|Enable)|Tag/.test(name));
}

export const query: Query = {
  name: "who-turned-logging-off",
  title: "Who turned logging off, weakened it, or tried to?",
  tables: ["trail"],
  parameters: { limit },
  sql: (config) => `SELECT time, account, event_region, event, principal, session, address, error, request
FROM trail
WHERE (
    event IN (${listOf(ending(config))})
    -- A tag is what the lock knows our logs by: a call on tags counts where it names ours.
    OR (event IN ('CreateTags', 'DeleteTags', 'TagResource', 'UntagResource') AND strpos(request, ${listOf([namesFor(config).tagKey])}) > 0)
  )
  -- The enforcers repair with the same calls.
  AND coalesce(principal, '') NOT LIKE '%:role/${config.prefix}/enforcer-%'
ORDER BY time DESC
LIMIT {limit}`,
};
