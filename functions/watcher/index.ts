/**
 * The watcher: on a schedule, tells of enforcers that have gone silent and of stack instances that are not CURRENT, and
 * keeps what is governed and the day's totals for `npm run status`.
 *
 * An enforcer that never arrived, was deleted, or can't run sends nothing at all, so only somebody who knows whom to
 * expect can miss it.
 */
import { CloudFormationClient } from "@aws-sdk/client-cloudformation";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { OUTCOME_DETAIL_TYPE, OUTCOME_SOURCE, type Outcome } from "../outcome";
import { notCurrent, operationKey, stackInstances, suspended, underWay } from "./instances";
import { silentOutcome, stackInstanceOutcome } from "./outcomes";
import { watcherSettings } from "./settings";
import { keyOf } from "../status-keys";
import { expectedEnforcers, PERIODS, silences } from "./silences";
import { firstSeen, heartbeats, record, remember } from "./status-table";
import { totalsOf } from "./totals";

/** Entries in one PutEvents. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html */
const ENTRIES = 10;

/** Seconds that the first sight of an operation is kept: longer than StackSets lets one run. */
const OPERATION_KEPT = 30 * 86_400;

/** Puts outcomes on the bus. @throws Error with the bus's reason if it does not take one: the run is repeated */
async function tell(client: Pick<EventBridgeClient, "send">, busArn: string, outcomes: readonly Outcome[]): Promise<void> {
  for (let first = 0; first < outcomes.length; first += ENTRIES) {
    const entries = outcomes.slice(first, first + ENTRIES).map((outcome) => ({
      EventBusName: busArn,
      Source: OUTCOME_SOURCE,
      DetailType: OUTCOME_DETAIL_TYPE,
      Detail: JSON.stringify(outcome),
    }));
    const answer = await client.send(new PutEventsCommand({ Entries: entries }));
    const refused = (answer.Entries ?? []).filter(({ ErrorCode }) => ErrorCode !== undefined);
    if (refused.length > 0) throw new Error(`the bus did not take ${refused.length} outcomes: ${refused[0]?.ErrorCode} ${refused[0]?.ErrorMessage ?? ""}`);
  }
}

/**
 * Builds the handler with its clients; called once an execution environment.
 *
 * @returns a handler that answers how many it expected and told of, for the log
 * @throws Error naming an environment variable that is missing or wrong
 */
export function watcher(): () => Promise<{ readonly expected: number; readonly silent: number; readonly notCurrent: number }> {
  const { names, sources, regions, sweepMinutes, stackSets } = watcherSettings(process.env);
  const region = names.homeRegion;
  const cloudFormation = new CloudFormationClient({ region });
  const dynamodb = new DynamoDBClient({ region });
  const eventBridge = new EventBridgeClient({ region });

  return async () => {
    const now = Date.now();
    const instances = (await Promise.all(stackSets.map((stackSet) => stackInstances(cloudFormation, stackSet)))).flat();
    const accounts = [names.accounts.management, ...instances.filter((instance) => !suspended(instance)).map(({ account }) => account)];
    const expected = expectedEnforcers(accounts, regions, sources);
    const [heard, first] = await Promise.all([heartbeats(dynamodb, names.statusTable), firstSeen(dynamodb, names.statusTable)]);

    // Before anything is told: what a failure below repeats, it must not give more time.
    const isNew = (key: string) => first[key] === undefined;
    const at = new Date(now).toISOString();
    await remember(dynamodb, names.statusTable, expected.map(keyOf).filter(isNew), at);
    const operations = instances.filter((instance) => instance.status !== "CURRENT" && underWay(instance)).map(operationKey);
    await remember(dynamodb, names.statusTable, [...new Set(operations)].filter(isNew), at, Math.floor(now / 1_000) + OPERATION_KEPT);

    const times = Object.fromEntries(Object.entries(heard).map(([key, heartbeat]) => [key, heartbeat.at]));
    const silent = silences(expected, times, now, sweepMinutes, first);
    const stuck = notCurrent(instances, now, PERIODS * sweepMinutes * 60_000, first);
    await tell(eventBridge, names.busArn, [
      ...silent.map((silence) => silentOutcome(silence, now, sweepMinutes)),
      ...stuck.map((instance) => stackInstanceOutcome(instance, now)),
    ]);
    const governed = { accounts: [...new Set(accounts)].sort(), regions, sources, sweepMinutes };
    await record(dynamodb, names.statusTable, governed, totalsOf(expected, heard, silent.map(keyOf)), now);

    const found = { expected: expected.length, silent: silent.length, notCurrent: stuck.length };
    console.log(JSON.stringify({ level: "info", message: "watched", ...found }));
    return found;
  };
}
