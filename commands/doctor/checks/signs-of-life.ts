/**
 * Whether each enforcer has swept: its heartbeat in the status table, which is what the watcher goes by. Where the caller may
 * not read the table, the last line of the function's own log.
 */
import { CloudWatchLogsClient, DescribeLogStreamsCommand, GetLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { keyOf } from "../../../functions/status-keys";
import { PERIODS } from "../../../functions/watcher/silences";
import { firstSeen, heartbeats } from "../../../functions/watcher/status-table";
import type { Configuration } from "../../../infra/config/configuration";
import { cause, type Check, type Ground, type Place } from "../check";
import { enforced, enforcedPlaces } from "../enforced";
import { enforcerNodes } from "../nodes";

export interface LifeReading extends Place {
  readonly source: string;
  /** Milliseconds since 1970 of its last heartbeat, where the table can be read; null where it holds none. */
  readonly heartbeat?: number | null;
  /** Of when the watcher first expected it; null for one that it does not expect yet. */
  readonly expected?: number | null;
  /** Of the last line of its log, where it was read; null where there is none. */
  readonly line?: number | null;
}

/** Minutes that a sweep of a large account may take to say something, and Lambda to begin it. */
const PATIENCE = 15;
const patience = ({ sweepMinutes }: Pick<Configuration, "sweepMinutes">) => PERIODS * sweepMinutes + PATIENCE;

async function lastLine({ access, names }: Ground, { source, ...place }: Place & { readonly source: string }): Promise<Pick<LifeReading, "line">> {
  const logGroupName = `/aws/lambda/${names.enforcerFunction(source)}`;
  const logs = <T>(action: string, work: (client: CloudWatchLogsClient) => Promise<T>) => access.attempt(place, action, (entered) => work(entered.client(CloudWatchLogsClient, place.region)), ["ResourceNotFoundException"]);
  const streams = await logs("logs:DescribeLogStreams", async (client) => (await client.send(new DescribeLogStreamsCommand({ logGroupName, orderBy: "LastEventTime", descending: true, limit: 1 }))).logStreams ?? []);
  if (streams === undefined) return {};
  const newest = streams?.[0];
  if (!newest?.logStreamName) return { line: null };
  // The stream's own lastEventTimestamp may lag by an hour.
  const line = await logs("logs:GetLogEvents", async (client) => {
    const { events = [] } = await client.send(new GetLogEventsCommand({ logGroupName, logStreamName: newest.logStreamName, startFromHead: false, limit: 1 }));
    return events.at(-1)?.timestamp ?? newest.lastEventTimestamp ?? null;
  });
  return line === undefined ? {} : { line };
}

/** What the watcher goes by; undefined for whoever may not read it. */
const heard = ({ access, config, names }: Ground) =>
  access.ifAllowed({ account: config.accounts.delegated, region: config.homeRegion }, "dynamodb:Query", async (entered) => {
    const client = entered.client(DynamoDBClient, config.homeRegion);
    const [last, first] = await Promise.all([heartbeats(client, names.statusTable), firstSeen(client, names.statusTable)]);
    return { last, first };
  });

const time = (at: string | undefined): number | null => (at === undefined || Number.isNaN(Date.parse(at)) ? null : Date.parse(at));

/** When an enforcer that is silent by the table last gave a sign; undefined for one that is not. */
function silentSince({ heartbeat, expected }: LifeReading, config: Pick<Configuration, "sweepMinutes">, now: number): number | undefined {
  if (heartbeat === undefined || (heartbeat === null && (expected ?? null) === null)) return undefined;
  const since = Math.max(heartbeat ?? -Infinity, expected ?? -Infinity);
  return now - since > patience(config) * 60_000 ? since : undefined;
}

const on = (at: number) => new Date(at).toISOString();
const said = (line: number | null) => (line === null ? "its log holds no line" : `the last line of its log is of ${on(line)}`);

/** What was read of one that has not swept; undefined for one that has, and where nothing could be read. */
function silence(reading: LifeReading, config: Pick<Configuration, "sweepMinutes">, now: number): string | undefined {
  const { heartbeat, line } = reading;
  if (heartbeat === undefined) {
    if (line === undefined || (line !== null && now - line <= patience(config) * 60_000)) return undefined;
    return `${said(line)}, which is what is gone by where the status table may not be read`;
  }
  const since = silentSince(reading, config, now);
  if (since === undefined) return undefined;
  const last = heartbeat === null ? `the status table holds no heartbeat, and one was expected from ${on(since)}` : `its last heartbeat in the status table is of ${on(since)}`;
  const runs = typeof line === "number" && now - line <= patience(config) * 60_000;
  return `${last}, over ${patience(config)} minutes ago${line === undefined ? "" : `; ${said(line)}${runs ? ": it runs, and what it reports does not arrive" : ""}`}`;
}

export const check: Check<LifeReading> = {
  looksAt: "the last heartbeat of each enforcer in the status table; for whoever may not read that, the last line of its log",
  causes: {
    "enforcer-silent": { symptom: "resources stay unlogged, and the watcher tells of a missing heartbeat", cause: "the enforcer has not told of a sweep for two periods, although everything that it is made of stands" },
  },
  async read(ground) {
    const table = await heard(ground);
    const places = (table ? enforcedPlaces(ground, ground.accounts) : await enforced(ground)).map(({ source, account, region }) => ({ source: source.name, account, region }));
    return Promise.all(
      places.map(async (place): Promise<LifeReading> => {
        if (!table) return { ...place, ...(await lastLine(ground, place)) };
        const reading = { ...place, heartbeat: time(table.last[keyOf(place)]?.at), expected: time(table.first[keyOf(place)]) };
        // What the function itself says tells one that does not run from one whose reports are lost.
        return silentSince(reading, ground.config, ground.now) === undefined ? reading : { ...reading, ...(await lastLine(ground, place)) };
      }),
    );
  },
  judge(reading, { config, names, now }) {
    const { source, account, region } = reading;
    const found = silence(reading, config, now);
    if (found === undefined) return [];
    const nodes = enforcerNodes(config, source, { account, region });
    const mend = `look for throttles: aws cloudwatch get-metric-statistics --region ${region} --namespace AWS/Lambda --metric-name Throttles --dimensions Name=FunctionName,Value=${names.enforcerFunction(source)}; then set fall:reservedConcurrency`;
    return [cause("enforcer-silent", `sweeps of ${nodes.function}`, { account, region, source }, found, mend, Object.values(nodes))];
  },
};
