/** What forcing and telling cost: functions, events, queues, the status table, alarms, secrets and keys. */
import { regionalTemplate } from "../../infra/documents/regional-template";
import { backupStores } from "../../infra/documents/stores";
import { HOURS_A_MONTH } from "./ageing";
import { changes, SWEEP_ROW_BYTES, SWEEP_ROW_BYTES_A_RESOURCE, SWEEP_SECONDS_A_RESOURCE } from "./assumptions";
import { memoryOf, POLLS_A_MONTH, runCost, sweep, sweepsAMonth } from "./idle";
import type { Line } from "./line";
import { type Organization, places } from "./organization";
import { usd } from "./price";
import type { Volume } from "./volumes";

/** Alarms of the delegated account on the notifier's queues. */
const CENTRAL_ALARMS = 2;

/** The notifier: a batch every ten seconds at most, in what memory, for how long. */
const BATCHES_A_MONTH = HOURS_A_MONTH * 360;
const NOTIFIER_MEMORY = 256;
const NOTIFIER_SECONDS = 0.5;

/** Bytes that a change's look logs, and that a row of the status table takes with its index. */
const LOG_BYTES = 1_000;
const ROW_BYTES = 400;

/** Months after which a key that rotates every year has been rotated once and twice. */
const ROTATIONS = [12, 24];

const line = (group: string, name: string, id: string, quantity: number, unit: string, note?: string): Line => ({ group, name, quantity, unit, usd: usd(id, quantity), prices: [id], ...(note !== undefined && { note }) });

/** Sweeps, alarms and memory as the regional template has them, in all accounts and Regions. */
function deployed(organization: Organization) {
  const { config, accounts, table } = organization;
  const template = regionalTemplate(config, Object.fromEntries(table.map(({ name }) => [name, `functions/${name}.zip`])), table);
  const resources = Object.values(template.Resources);
  // What is at home alone, or in the archive alone, has a condition.
  const times = (condition: string | undefined) => (condition === undefined ? places(organization) : condition === "InHomeRegion" ? accounts : config.regions.length);
  const sum = (of: (resource: (typeof resources)[number]) => number) => resources.reduce((all, resource) => all + of(resource) * times(resource.Condition), 0);
  return { memory: memoryOf(template), sweeps: sum(sweepsAMonth), alarms: sum(({ Type }) => (Type === "AWS::CloudWatch::Alarm" ? 1 : 0)) };
}

function functionLines(organization: Organization): readonly Line[] {
  const { table, sizes, drivers } = organization;
  const { memory, sweeps, alarms } = deployed(organization);
  const resources = table.reduce((sum, { name }) => sum + sizes[name]!.resources, 0);
  const looks = resources * changes.aMonth;
  // Each resource is seen by one function's sweep, as often as that sweeps.
  const seconds = sweeps * sweep.seconds + resources * SWEEP_SECONDS_A_RESOURCE * ((HOURS_A_MONTH * 60) / organization.config.sweepMinutes);
  const swept = runCost(memory, sweeps, seconds, sweeps * sweep.logBytes);
  const looked = runCost(memory, looks, looks * changes.seconds, looks * LOG_BYTES);
  const refusals = drivers.refusals * places(organization);
  const events = sweeps * sweep.customEvents + 2 * looks + refusals;
  const told = sweeps + looks + refusals;
  const inASweep = (resources * HOURS_A_MONTH * 60) / organization.config.sweepMinutes / sweeps;
  const seen = SWEEP_ROW_BYTES + SWEEP_ROW_BYTES_A_RESOURCE * inASweep;
  const notified = Math.min(told, BATCHES_A_MONTH);
  const notifying = runCost(NOTIFIER_MEMORY, notified, notified * NOTIFIER_SECONDS, notified * LOG_BYTES);
  return [
    { group: "Enforcers", name: "Lambda, sweeps", quantity: sweeps, unit: "sweeps", usd: swept.lambda, prices: ["lambda.request", "lambda.arm64"], note: "no free tier is counted" },
    { group: "Enforcers", name: "Lambda, after changes", quantity: looks, unit: "invocations", usd: looked.lambda, prices: ["lambda.request", "lambda.arm64"] },
    { group: "Enforcers", name: "CloudWatch Logs of the functions", quantity: sweeps + looks, unit: "invocations", usd: swept.logs + looked.logs, prices: ["logs.ingestion", "logs.storage"] },
    line("Enforcers", "CloudWatch alarms", "alarm", alarms + CENTRAL_ALARMS, "alarms"),
    line("Enforcers", "EventBridge, outcomes and refusals", "eventbridge.custom", events, "events", "AWS's own events are free"),
    // What reaches the bus goes through the queue: sent each by itself, received and deleted in tens; beside, the queue is asked all the time.
    line("Notifications", "SQS, the notifier's queue", "sqs.request", POLLS_A_MONTH + told * 1.2, "requests"),
    { group: "Notifications", name: "Lambda, notifier", quantity: notified, unit: "invocations", usd: notifying.lambda + notifying.logs, prices: ["lambda.request", "lambda.arm64", "logs.ingestion", "logs.storage"] },
    // A sweep writes its heartbeat and a unit for each KB of what it saw; an outcome its resource's row, a lease and a mark for each webhook.
    line("Notifications", "DynamoDB writes", "dynamodb.write", sweeps * (1 + Math.max(1, seen / 1_024)) + looks * (2 + organization.config.webhooks.length), "request units"),
    { group: "Notifications", name: "DynamoDB table, with recovery", quantity: 1, unit: "table", usd: ["dynamodb.storage", "dynamodb.recovery"].reduce((sum, id) => sum + usd(id, (rows(organization) * ROW_BYTES) / 2 ** 30), 0), prices: ["dynamodb.storage", "dynamodb.recovery"] },
    // The watcher reads every heartbeat as often as it looks.
    line("Notifications", "DynamoDB reads", "dynamodb.read", ((HOURS_A_MONTH * 60) / organization.config.sweepMinutes) * ((table.length * places(organization) * ROW_BYTES) / 4_096), "request units"),
  ];
}

/** A heartbeat for each enforcer, the last outcome of each resource. */
const rows = (organization: Organization): number => organization.table.length * places(organization) + organization.table.reduce((sum, { name }) => sum + organization.sizes[name]!.resources, 0);

/** @param month the first is 1 */
export function enforcementLines(organization: Organization, volumes: readonly Volume[], month: number): readonly Line[] {
  const { config } = organization;
  const keys = config.regions.length + 1 + (backupStores(config).length > 0 ? 1 : 0);
  const heard = config.people.siem.filter(({ queue }) => queue);
  const noticed = heard.reduce((sum, { logs }) => sum + volumes.filter(({ log }) => logs.includes("*") || logs.includes(log.name)).reduce((all, { objects }) => all + objects, 0), 0);
  return [
    line("Keys", "KMS keys", "kms.key", keys, "keys", "one a Region, the trail's, the backup's"),
    line("Keys", "KMS keys, earlier versions", "kms.rotation", keys * ROTATIONS.filter((after) => month > after).length, "versions"),
    ...functionLines(organization),
    // Sent, received and deleted.
    ...(heard.length > 0 ? [line("Notifications", "SQS, notices to SIEMs", "sqs.request", 3 * noticed, "requests")] : []),
    line("Notifications", "Secrets Manager, webhooks", "secrets.secret", config.webhooks.length, "secrets"),
  ];
}
