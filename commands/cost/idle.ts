/** What an account and Region cost a month in which nothing happens: read off the regional template. */
import type { Template, TemplateResource } from "../../infra/documents/template";
import { HOURS_A_MONTH } from "./ageing";
import { usd } from "./price";

/** What one sweep that finds nothing to do takes; the bench measures the first two. */
export const sweep = { seconds: 3, logBytes: 2_000, customEvents: 2 };

/** What the project means an account and Region to cost at most. */
export const BUDGET = 1;

/** An event source mapping asks its queue with five pollers, each waiting up to 20 seconds for an answer. */
export const POLLS_A_MONTH = HOURS_A_MONTH * 60 * 5 * 3;

export interface IdleCost {
  /** USD a month by what costs it; every type of resource in the template, if only with 0. */
  readonly items: Readonly<Record<string, number>>;
  readonly total: number;
}

export function sweepsAMonth({ Properties }: TemplateResource): number {
  const schedule = Properties.ScheduleExpression;
  if (schedule === undefined) return 0;
  const minutes = /^rate\((\d+) minutes?\)$/.exec(String(schedule))?.[1];
  if (minutes === undefined) throw new Error(`the schedule ${String(schedule)} is not a rate in minutes`);
  return (HOURS_A_MONTH * 60) / Number(minutes);
}

/** Kept 90 days, as the regional template has it. */
const LOG_MONTHS = 3;

export interface FunctionCost {
  readonly lambda: number;
  readonly logs: number;
}

/** USD for so many runs of a function that take so many seconds and log so many bytes together. @param memory of the function, in MB */
export const runCost = (memory: number, runs: number, seconds: number, logBytes: number): FunctionCost => ({
  lambda: usd("lambda.request", runs) + usd("lambda.arm64", seconds * (memory / 1_024)),
  logs: usd("logs.ingestion", logBytes / 1e9) + usd("logs.storage", (LOG_MONTHS * logBytes) / 1e9),
});

/** MB of the largest function of a template. */
export const memoryOf = ({ Resources }: Template): number =>
  Math.max(0, ...Object.values(Resources).filter(({ Type }) => Type === "AWS::Lambda::Function").map(({ Properties }) => Number(Properties.MemorySize)));

function sweepCost(memory: number): number {
  const { lambda, logs } = runCost(memory, 1, sweep.seconds, sweep.logBytes);
  return lambda + logs + usd("eventbridge.custom", sweep.customEvents);
}

/**
 * The idle cost of one account and Region.
 *
 * @param template the regional one; resources of a global source are counted as if they were in every Region
 * @throws Error on a type of resource whose price is not known here: a new one has to be looked up
 */
export function idleCost(template: Template): IdleCost {
  const all = Object.values(template.Resources);
  const memory = memoryOf(template);
  const monthly: Readonly<Record<string, (resource: TemplateResource) => number>> = {
    "AWS::CloudWatch::Alarm": () => usd("alarm", 1),
    "AWS::Events::Rule": (rule) => sweepsAMonth(rule) * sweepCost(memory),
    "AWS::Lambda::EventSourceMapping": () => usd("sqs.request", POLLS_A_MONTH),
    // Paid by use alone: AWS Config by each item that it records.
    "AWS::Config::ConfigurationRecorder": () => 0,
    "AWS::Config::DeliveryChannel": () => 0,
    "AWS::Lambda::EventInvokeConfig": () => 0,
    "AWS::Lambda::Function": () => 0,
    "AWS::Lambda::Permission": () => 0,
    "AWS::Logs::LogGroup": () => 0,
    "AWS::SQS::Queue": () => 0,
    "AWS::SQS::QueuePolicy": () => 0,
  };
  const items: Record<string, number> = {};
  for (const resource of all) {
    const price = monthly[resource.Type];
    if (!price) throw new Error(`what a ${resource.Type} costs is not known: look it up and add it to commands/cost/idle.ts`);
    items[resource.Type] = (items[resource.Type] ?? 0) + price(resource);
  }
  return { items, total: Object.values(items).reduce((sum, item) => sum + item, 0) };
}
