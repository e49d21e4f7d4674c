/** Delivers a batch of messages to one webhook, in order, at the pace it bears, each once. */
import { fold } from "./fold";
import type { Format } from "./formats";
import type { Message, Notice } from "./message";
import type { Post } from "./post";
import type { StatusTable } from "./status-table";

export interface Lane {
  readonly webhook: string;
  readonly format: Format;
  readonly table: Pick<StatusTable, "claim" | "sent" | "release" | "reserve" | "postpone">;
  /** Posts a card to the webhook. @throws Error where its URL can't be had */
  readonly send: (card: unknown) => Promise<Post>;
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** The moment (ms) by which the batch must be done; leases run a little longer. */
  readonly deadline: number;
  readonly log: (entry: Readonly<Record<string, unknown>>) => void;
}

/** Posts of one notice in one run, the first included; SQS brings it again after that. */
export const ATTEMPTS = 3;

/** Milliseconds before the second and the third attempt where the product does not say. */
const PAUSES = [500, 2_000];

/** Milliseconds by which a lease outlives the run, so that no second run begins before the first has surely ended. */
const GRACE = 5_000;

/** Rows of the table that are asked for at the same time. */
const AT_ONCE = 25;

/** Does something for each, some at the same time; the answers in their order. */
async function several<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<readonly R[]> {
  const answers: R[] = [];
  for (let first = 0; first < items.length; first += AT_ONCE) answers.push(...(await Promise.all(items.slice(first, first + AT_ONCE).map(work))));
  return answers;
}

/** Posts one notice; true if the product took it. False leaves it to the next delivery of its SQS messages. */
async function deliver(lane: Lane, notice: Notice): Promise<boolean> {
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
 * Delivers messages to one webhook.
 *
 * @returns the ids of those that it did not take, or that another run holds: they have to come again
 */
export async function runLane(lane: Lane, messages: readonly Message[]): Promise<readonly string[]> {
  const mine: Message[] = [];
  const undelivered: string[] = [];
  const claims = await several(messages, (message) => lane.table.claim(message.id, lane.webhook, lane.now(), lane.deadline + GRACE));
  for (const [index, message] of messages.entries()) {
    const claim = claims[index];
    if (claim === "claimed") mine.push(message);
    // Held by a run that is alive, or that died: if this copy were done with now, a crash there would lose the message.
    if (claim === "held") undelivered.push(message.id);
  }
  for (const notice of fold(mine)) {
    const taken = await deliver(lane, notice).catch((error: unknown) => {
      lane.log({ level: "error", message: "not delivered", webhook: lane.webhook, id: notice.first.id, why: String(error) });
      return false;
    });
    await several(notice.all, ({ id }) => (taken ? lane.table.sent(id, lane.webhook, lane.now()) : lane.table.release(id, lane.webhook, lane.now())));
    if (!taken) undelivered.push(...notice.all.map(({ id }) => id));
  }
  return undelivered;
}
