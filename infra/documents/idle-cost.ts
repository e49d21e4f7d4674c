/** What an account and Region cost a month in which nothing happens: read off the regional template. */
import type { Template, TemplateResource } from "./template";

/**
 * USD in us-east-1, on demand, as of November 2026; no free tier is counted.
 *
 * https://aws.amazon.com/lambda/pricing/ (arm64), https://aws.amazon.com/cloudwatch/pricing/,
 * https://aws.amazon.com/eventbridge/pricing/, https://aws.amazon.com/sqs/pricing/
 */
export const prices = {
  alarmMonth: 0.1,
  lambdaRequest: 0.2 / 1e6,
  lambdaGigabyteSecond: 0.0000133334,
  logIngestionGigabyte: 0.5,
  logStorageGigabyteMonth: 0.03,
  /** A custom event put on a bus, and once more where it crosses accounts. */
  customEvent: 1 / 1e6,
  sqsRequest: 0.4 / 1e6,
};

/** What one sweep that finds nothing to do takes; the bench measures the first two. */
export const sweep = { seconds: 3, logBytes: 2_000, customEvents: 2 };

/** What the project means an account and Region to cost at most. */
export const BUDGET = 1;

const HOURS_A_MONTH = 730;

/** An event source mapping asks its queue with five pollers, each waiting up to 20 seconds for an answer. */
const POLLS_A_MONTH = HOURS_A_MONTH * 60 * 5 * 3;

export interface IdleCost {
  /** USD a month by what costs it; every type of resource in the template, if only with 0. */
  readonly items: Readonly<Record<string, number>>;
  readonly total: number;
}

function sweepsAMonth({ Properties }: TemplateResource): number {
  const schedule = Properties.ScheduleExpression;
  if (schedule === undefined) return 0;
  const minutes = /^rate\((\d+) minutes?\)$/.exec(String(schedule))?.[1];
  if (minutes === undefined) throw new Error(`the schedule ${String(schedule)} is not a rate in minutes`);
  return (HOURS_A_MONTH * 60) / Number(minutes);
}

function sweepCost(memoryMegabytes: number): number {
  const compute = sweep.seconds * (memoryMegabytes / 1_024) * prices.lambdaGigabyteSecond;
  const logs = (sweep.logBytes / 1e9) * (prices.logIngestionGigabyte + 3 * prices.logStorageGigabyteMonth);
  return prices.lambdaRequest + compute + logs + sweep.customEvents * prices.customEvent;
}

/**
 * The idle cost of one account and Region.
 *
 * @param template the regional one; resources of a global source are counted as if they were in every Region
 * @throws Error on a type of resource whose price is not known here: a new one has to be looked up
 */
export function idleCost({ Resources }: Template): IdleCost {
  const all = Object.values(Resources);
  const memory = Math.max(0, ...all.filter(({ Type }) => Type === "AWS::Lambda::Function").map(({ Properties }) => Number(Properties.MemorySize)));
  const monthly: Readonly<Record<string, (resource: TemplateResource) => number>> = {
    "AWS::CloudWatch::Alarm": () => prices.alarmMonth,
    "AWS::Events::Rule": (rule) => sweepsAMonth(rule) * sweepCost(memory),
    "AWS::Lambda::EventSourceMapping": () => POLLS_A_MONTH * prices.sqsRequest,
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
    if (!price) throw new Error(`what a ${resource.Type} costs is not known: look it up and add it to infra/documents/idle-cost.ts`);
    items[resource.Type] = (items[resource.Type] ?? 0) + price(resource);
  }
  return { items, total: Object.values(items).reduce((sum, item) => sum + item, 0) };
}
