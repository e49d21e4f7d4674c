/** A batch of records read: what is to be told, and what goes into the status table without being told. */
import { keyOf } from "../status-keys";
import type { Message, MessageKind } from "./message";
import { readEvent, type BusEvent } from "./read-event";
import { several } from "./several";
import type { StatusTable } from "./status-table";

export interface SqsRecord {
  readonly messageId: string;
  readonly body: string;
  readonly attributes?: { readonly ApproximateReceiveCount?: string };
}

export interface Intake {
  /** Each message once; those that have come most often first, so that nothing new keeps them waiting. */
  readonly messages: readonly Message[];
  /** The records that brought a message, by its id: they share its fate. */
  readonly recordsOf: Readonly<Record<string, readonly string[]>>;
  /** Ids of records that could not be read or recorded. */
  readonly failed: readonly string[];
}

/** A row that some records of the batch write: only what is newest is written. */
interface Row {
  readonly at: string;
  readonly write: () => Promise<void>;
  readonly records: readonly string[];
}

const timesReceived = ({ attributes }: SqsRecord) => Number(attributes?.ApproximateReceiveCount ?? 1);

/** What becomes of a resource, or of a place as a whole. A call that was denied or only watched changed nothing, nor did an alarm. */
const standing: readonly MessageKind[] = ["forced", "repaired", "failed", "excluded", "would-force", "stack-instance"];

/**
 * Whether an outcome is a row of its own. Those of a sweep are not, since it tells them all at its end, and a first sweep of
 * a large organization would be hundreds of thousands; but for failures, one of which may be why the end never comes.
 */
const isKept = ({ kind, action }: Message) => standing.includes(kind) && (action !== "sweep" || kind === "failed");

/** Reads records and writes heartbeats, coverage and last outcomes. Never throws: a record that fails is in `failed`. */
export async function takeIn(
  records: readonly SqsRecord[],
  table: Pick<StatusTable, "heartbeat" | "coverage" | "last">,
  now: number,
  log: (entry: Readonly<Record<string, unknown>>) => void,
): Promise<Intake> {
  const failed: string[] = [];
  const rows: Record<string, Row> = {};
  const found: { readonly message: Message; readonly record: string }[] = [];
  const fail = (record: string, error: unknown) => {
    log({ level: "error", message: "not read", record, why: String(error) });
    failed.push(record);
  };
  const put = (key: string, record: string, at: string, write: () => Promise<void>) => {
    const before = rows[key];
    const newest = before !== undefined && before.at > at ? before : { at, write };
    rows[key] = { at: newest.at, write: newest.write, records: [...(before?.records ?? []), record] };
  };

  for (const { messageId, body } of [...records].sort((one, other) => timesReceived(other) - timesReceived(one))) {
    try {
      const reading = readEvent(JSON.parse(body) as BusEvent);
      if (reading.what === "heartbeat") {
        const { outcome } = reading;
        const { coverage } = outcome;
        put(`heartbeat ${keyOf(outcome)}`, messageId, outcome.at, () => table.heartbeat(outcome, now));
        if (coverage) put(`coverage ${keyOf(outcome)} ${coverage.part}`, messageId, coverage.since, () => table.coverage(outcome, coverage, now));
      }
      if (reading.what === "nothing") log({ message: "nothing to tell", why: reading.why });
      if (reading.what !== "message") continue;
      const { message } = reading;
      found.push({ message, record: messageId });
      if (isKept(message)) put(`last ${keyOf(message)} ${message.resource}`, messageId, message.at, () => table.last(message, now));
    } catch (error) {
      fail(messageId, error);
    }
  }
  await several(Object.values(rows), ({ write, records: of }) => write().catch((error: unknown) => of.forEach((record) => fail(record, error))));

  const recordsOf: Record<string, string[]> = {};
  const messages: Message[] = [];
  for (const { message, record } of found) {
    if (failed.includes(record)) continue;
    if (recordsOf[message.id] === undefined) messages.push(message);
    (recordsOf[message.id] ??= []).push(record);
  }
  return { messages, recordsOf, failed };
}
