/**
 * Amazon EventBridge between what happens and who is told: CloudTrail's events go into moto, moto matches the rules'
 * patterns, and what it matched is delivered (see the bridge `rule-targets`). Nothing is matched here, so an emptied
 * pattern, a deleted rule or a removed target shows.
 */
import { randomUUID } from "node:crypto";
import type { AwsEvent, Forwarder, Handler } from "../proxy";
import { entryOf, makeBatches } from "./event-entries";
import type { MotoState } from "./moto-state";
import type { Outstanding } from "./outstanding";
import type { Delivery, RuleTargets } from "./rule-targets";

export interface SweepFilter {
  readonly accounts?: readonly string[];
  readonly regions?: readonly string[];
  /** Only rules whose name holds one of these: log sources. */
  readonly sources?: readonly string[];
}

export interface EventBridge {
  /** An event of CloudTrail, or of another service, to the default bus of its account and Region. */
  onEvent(event: AwsEvent): void;
  /** `events:PutEvents` of anybody: passed on, and what matched delivered. */
  readonly putEvents: Handler;
  /** The time of every schedule has come; answers how many targets were told. */
  sweep(filter?: SweepFilter): Promise<number>;
}

export interface EventBridgeSettings {
  readonly moto: Pick<Forwarder, "pass">;
  readonly state: MotoState;
  readonly targets: RuleTargets;
  readonly outstanding: Outstanding;
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
}

interface Matched {
  readonly Entries: readonly { readonly EventId?: string; readonly ErrorCode?: string; readonly ErrorMessage?: string }[];
  readonly Deliveries: readonly Delivery[];
}

export function makeEventBridge({ moto, state, targets, outstanding, accounts, regions }: EventBridgeSettings): EventBridge {
  /** CloudTrail hands over to EventBridge inside AWS: no call that a policy could refuse, so not through the proxy. */
  async function put(account: string, region: string, events: readonly AwsEvent[]): Promise<void> {
    const headers = {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "AWSEvents.PutEvents",
      authorization: `AWS4-HMAC-SHA256 Credential=cloudtrail/20260101/${region}/events/aws4_request, SignedHeaders=host, Signature=0`,
    };
    const { status, body } = await moto.pass({ method: "POST", headers, body: Buffer.from(JSON.stringify({ Entries: events.map(entryOf) })) }, "/", account);
    if (status !== 200) throw new Error(`moto refused CloudTrail's events: ${status} ${body.toString()}`);
    const { Entries, Deliveries } = JSON.parse(body.toString()) as Matched;
    const originals = new Map(Entries.map(({ EventId, ErrorMessage }, index) => {
      if (EventId === undefined) throw new Error(`moto refused CloudTrail's event ${events[index]!.id}: ${ErrorMessage}`);
      return [EventId, events[index]!];
    }));
    for (const delivery of Deliveries) {
      // The id that CloudTrail's event has in the lab's records, so that an invocation can be traced to its call.
      const { id } = originals.get(delivery.id)!;
      targets.deliver({ ...delivery, id, input: delivery.input.id === delivery.id ? { ...delivery.input, id } : delivery.input }, "event");
    }
  }

  const batches = makeBatches(
    (account, region, events) =>
      new Promise((resolve) => {
        outstanding.run(`events of ${account} ${region}`, () => put(account, region, events).finally(resolve));
        for (const event of events) arrived.get(event)?.();
      }),
  );
  /** Ends the waiting of an event that is in no batch yet. */
  const arrived = new WeakMap<AwsEvent, () => void>();

  return {
    onEvent(event) {
      arrived.set(event, outstanding.begin(`event ${String(event.detail.eventName ?? event["detail-type"])}`));
      batches.add(event);
    },
    async putEvents({ forward }) {
      const answer = await forward();
      if (answer.status !== 200) return answer;
      const { Deliveries = [], ...rest } = JSON.parse(answer.body.toString()) as Matched;
      for (const delivery of Deliveries) targets.deliver(delivery, "event");
      const headers = Object.entries(answer.headers ?? {}).filter(([name]) => name.toLowerCase() !== "content-length");
      return { ...answer, headers: Object.fromEntries(headers), body: JSON.stringify(rest) };
    },
    async sweep(filter = {}) {
      const places = accounts
        .filter((account) => filter.accounts?.includes(account) ?? true)
        .flatMap((account) => regions.filter((region) => filter.regions?.includes(region) ?? true).map((region) => ({ account, region })));
      const found = await Promise.all(places.map(async ({ account, region }) => ({ account, region, rules: await state.schedules(account, region) })));
      let told = 0;
      for (const { account, region, rules } of found) {
        for (const { rule, targets: ofRule } of rules) {
          if (filter.sources && !filter.sources.some((source) => rule.Name!.includes(`-${source}-`))) continue;
          const id = randomUUID();
          const time = new Date().toISOString();
          const event = { version: "0", id, "detail-type": "Scheduled Event", source: "aws.events", account, time, region, resources: [rule.Arn!], detail: {} };
          for (const target of ofRule) {
            const input = target.Input === undefined ? event : (JSON.parse(target.Input) as Record<string, unknown>);
            targets.deliver({ rule: rule.Arn!, id, target, input }, "schedule");
            told += 1;
          }
        }
      }
      return told;
    },
  };
}
