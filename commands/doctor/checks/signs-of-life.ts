/**
 * Whether each enforcer has swept: its function's own log has a line of the last two sweeps.
 *
 * Its heartbeat in the status table says the same (`npm run status`), but only where bus, queue and notifier are well too; a
 * function's own log says it by itself.
 */
import { CloudWatchLogsClient, DescribeLogStreamsCommand, GetLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { PERIODS } from "../../../functions/watcher/silences";
import { cause, type Check, type Ground, type Place } from "../check";
import { enforced } from "../enforced";
import { enforcerNodes } from "../nodes";

export interface LifeReading extends Place {
  readonly source: string;
  /** Milliseconds since 1970 of the last line; null where there is none. */
  readonly last: number | null | undefined;
}

async function lastLine({ access, names }: Ground, source: string, place: Place): Promise<number | null | undefined> {
  const logGroupName = `/aws/lambda/${names.enforcerFunction(source)}`;
  const logs = <T>(action: string, work: (client: CloudWatchLogsClient) => Promise<T>) => access.attempt(place, action, (entered) => work(entered.client(CloudWatchLogsClient, place.region)), ["ResourceNotFoundException"]);
  const streams = await logs("logs:DescribeLogStreams", async (client) => (await client.send(new DescribeLogStreamsCommand({ logGroupName, orderBy: "LastEventTime", descending: true, limit: 1 }))).logStreams ?? []);
  if (!streams) return streams;
  const [newest] = streams;
  if (!newest?.logStreamName) return null;
  // The stream's own lastEventTimestamp may lag by an hour.
  return logs("logs:GetLogEvents", async (client) => {
    const { events = [] } = await client.send(new GetLogEventsCommand({ logGroupName, logStreamName: newest.logStreamName, startFromHead: false, limit: 1 }));
    return events.at(-1)?.timestamp ?? newest.lastEventTimestamp ?? null;
  });
}

/** Minutes that a sweep of a large account may take to write its first line, and Lambda to begin it. */
const PATIENCE = 15;

export const check: Check<LifeReading> = {
  looksAt: "the last line of each enforcer's log",
  causes: {
    "enforcer-silent": { symptom: "resources stay unlogged, and the watcher tells of a missing heartbeat", cause: "the enforcer has not run for two sweeps, although everything that it is made of stands" },
  },
  read: async (ground) =>
    Promise.all((await enforced(ground)).map(async ({ source, account, region }) => ({ source: source.name, account, region, last: await lastLine(ground, source.name, { account, region }) }))),
  judge({ source, account, region, last }, { config, names, now }) {
    if (last === undefined) return [];
    const minutes = PERIODS * config.sweepMinutes + PATIENCE;
    if (last !== null && now - last <= minutes * 60_000) return [];
    const nodes = enforcerNodes(config, source, { account, region });
    const found = last === null ? "its log holds no line" : `its last line is of ${new Date(last).toISOString()}, over ${minutes} minutes ago`;
    const mend = `look for throttles: aws cloudwatch get-metric-statistics --region ${region} --namespace AWS/Lambda --metric-name Throttles --dimensions Name=FunctionName,Value=${names.enforcerFunction(source)}; then set fall:reservedConcurrency`;
    return [cause("enforcer-silent", `sweeps of ${nodes.function}`, { account, region, source }, found, mend, Object.values(nodes))];
  },
};
