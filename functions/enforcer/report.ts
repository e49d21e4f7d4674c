/** Puts outcomes on the delegated account's bus. */
import { createHash } from "node:crypto";
import { PutEventsCommand } from "@aws-sdk/client-eventbridge";
import type { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { OUTCOME_DETAIL_TYPE, OUTCOME_SOURCE } from "../outcome";
import type { Outcome } from "../outcome";

/** PutEvents takes ten entries. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html */
const BATCH = 10;

/**
 * Bytes of detail in one PutEvents: with the entries' other fields within 256 KB, which every Region takes.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevent-size.html
 */
export const BATCH_BYTES = 240_000;

/** How many of the first details fit into one PutEvents; at least one, however long it is. */
function fitting(details: readonly string[]): number {
  let bytes = 0;
  const over = details.findIndex((detail) => (bytes += Buffer.byteLength(detail)) > BATCH_BYTES);
  return over < 0 ? details.length : Math.max(over, 1);
}

/** The same for the same parts: what an outcome's `id` is made of. */
export function outcomeId(...parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);
}

/** Tries in a row in which no outcome of a batch was taken. The SDK repeats failed calls, not refused entries. */
const ATTEMPTS = 3;

/**
 * A function that puts outcomes on the bus. What could not be put stays with it and goes first when it is next called,
 * since a retried invocation finds the work done and would have nothing to report.
 *
 * @param pause waits so many milliseconds
 * @returns a function that throws where an outcome was not taken
 */
export function reporter(
  client: Pick<EventBridgeClient, "send">,
  busArn: string,
  pause: (milliseconds: number) => Promise<unknown>,
): (outcomes: readonly Outcome[]) => Promise<void> {
  const unsent: Outcome[] = [];
  return async (outcomes) => {
    unsent.push(...outcomes);
    for (let stuck = 0; unsent.length > 0; ) {
      const details = unsent.slice(0, BATCH).map((outcome) => JSON.stringify(outcome));
      const batch = unsent.slice(0, fitting(details));
      const { FailedEntryCount, Entries = [] } = await client.send(
        new PutEventsCommand({
          Entries: batch.map((_, index) => ({
            EventBusName: busArn,
            Source: OUTCOME_SOURCE,
            DetailType: OUTCOME_DETAIL_TYPE,
            Detail: details[index],
          })),
        }),
      );
      const refused = FailedEntryCount ? batch.filter((_, index) => Entries[index]?.ErrorCode !== undefined) : [];
      unsent.splice(0, batch.length, ...refused);
      if (refused.length === 0) continue;
      stuck = refused.length === batch.length ? stuck + 1 : 0;
      if (stuck === ATTEMPTS) {
        const first = Entries.find((entry) => entry.ErrorCode !== undefined);
        throw new Error(`${busArn} refused ${refused.length} of ${batch.length} outcomes: ${first?.ErrorCode} ${first?.ErrorMessage}`);
      }
      await pause(100 * 2 ** stuck);
    }
  };
}
