/** Events on their way into EventBridge, in batches of what PutEvents takes. */
import type { AwsEvent } from "../proxy";

export interface Entry {
  readonly Source: string;
  readonly DetailType: string;
  readonly Detail: string;
  readonly Resources: readonly string[];
  readonly Time: string;
}

/** PutEvents takes ten. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html */
const MOST = 10;

export const entryOf = (event: AwsEvent): Entry => ({
  Source: event.source,
  DetailType: event["detail-type"],
  Detail: JSON.stringify(event.detail),
  Resources: event.resources,
  Time: event.time,
});

export interface Batches {
  add(event: AwsEvent): void;
}

/**
 * Sends events of one account and Region in their order, one batch at a time: what comes meanwhile goes with the next.
 *
 * @param send must not throw
 */
export function makeBatches(send: (account: string, region: string, events: readonly AwsEvent[]) => Promise<void>): Batches {
  const waiting = new Map<string, AwsEvent[]>();
  const sending = new Set<string>();

  async function drain(place: string, account: string, region: string): Promise<void> {
    sending.add(place);
    for (;;) {
      const batch = waiting.get(place)?.splice(0, MOST) ?? [];
      if (batch.length === 0) break;
      await send(account, region, batch);
    }
    sending.delete(place);
  }

  return {
    add(event) {
      const place = `${event.account} ${event.region}`;
      const queue = waiting.get(place) ?? [];
      queue.push(event);
      waiting.set(place, queue);
      if (!sending.has(place)) void drain(place, event.account, event.region);
    },
  };
}
