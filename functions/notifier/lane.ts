/** Delivers a batch of messages to one webhook, in order, at the pace it bears, each once. */
import { fold } from "./fold";
import type { Format } from "./formats";
import type { Message, Notice } from "./message";
import type { Post } from "./post";
import type { StatusTable } from "./status-table";

export interface Lane {
  readonly webhook: string;
  readonly format: Format;
  readonly table: Pick<StatusTable, "sent" | "reserve" | "postpone">;
  /** Posts a card to the webhook. @throws Error where its URL can't be had */
  readonly send: (card: unknown) => Promise<Post>;
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** The moment (ms) by which the batch must be done. */
  readonly deadline: number;
  readonly log: (entry: Readonly<Record<string, unknown>>) => void;
}

/** Posts of one notice in one run, the first included; SQS brings it again after that. */
export const ATTEMPTS = 3;

/** Milliseconds before the second and the third attempt where the product does not say. */
const PAUSES = [500, 2_000];

/** Posts one notice; true if the product took it. */
async function post(lane: Lane, notice: Notice): Promise<boolean> {
  const card = lane.format.card(notice);
  let why = "over the rate limit";
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const moment = await lane.table.reserve(lane.webhook, lane.now(), lane.format.interval, lane.deadline);
    if (moment === undefined) break;
    if (moment > lane.now()) await lane.sleep(moment - lane.now());
    const answer = await lane.send(card);
    if (answer.result === "sent") return true;
    why = answer.why;
    if (answer.result === "refused") break;
    const pause = PAUSES[attempt - 1] ?? 0;
    if (answer.result === "later") await lane.table.postpone(lane.webhook, lane.now() + (answer.wait ?? pause));
    else if (attempt < ATTEMPTS) await lane.sleep(pause);
  }
  lane.log({ level: "error", message: "not delivered", webhook: lane.webhook, id: notice.first.id, alike: notice.all.length, why });
  return false;
}

/**
 * Delivers messages that this run holds to one webhook.
 *
 * @returns the ids of those that it did not take: they have to come again
 */
export async function runLane(lane: Lane, messages: readonly Message[]): Promise<readonly string[]> {
  const undelivered: string[] = [];
  for (const notice of fold(messages)) {
    const ids = notice.all.map(({ id }) => id);
    try {
      if (!(await post(lane, notice))) undelivered.push(...ids);
      else await lane.table.sent(ids, lane.webhook, lane.now());
    } catch (error) {
      lane.log({ level: "error", message: "not delivered", webhook: lane.webhook, id: notice.first.id, why: String(error) });
      undelivered.push(...ids);
    }
  }
  return undelivered;
}
