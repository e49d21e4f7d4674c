/** What the lab's Lambda service and event bridge are asked for, and what they tell. */
import type { Pace } from "./retry";

/** Where an invocation came from. */
export type Trigger = "event" | "schedule" | "queue" | "call";

/** What becomes of a function's invocations on purpose. */
export interface FunctionFault {
  readonly kind: "crash" | "timeout" | "duplicate" | "late";
  /** A function's name, or the end of it; every function if left out. */
  readonly function?: string;
  readonly account?: string;
  readonly region?: string;
  /** How many invocations it strikes; 1 unless told. */
  readonly times?: number;
  /** Milliseconds after which the function is ended. */
  readonly delay?: number;
  /** A late event comes when this has settled. */
  readonly until?: Promise<unknown>;
}

/** One event's way through a function, first attempt to last. Times are milliseconds since 1970. */
export interface InvocationRecord {
  readonly function: string;
  readonly account: string;
  readonly region: string;
  /** Of the event (EventBridge's, which is CloudTrail's in the lab), the message, or the request. */
  readonly eventId: string;
  /** The call that led here (`DeleteFlowLogs`), `sweep`, or the queue's name. */
  readonly cause: string;
  readonly trigger: Trigger;
  /** When what triggered it happened. */
  readonly triggered: number;
  start: number;
  end: number;
  outcome: "pending" | "success" | "failed" | "lost";
  attempts: number;
  /** The last error, even where a later attempt succeeded. */
  error?: string;
}

/** What a function wrote to its console. */
export interface LogLine {
  readonly account: string;
  readonly region: string;
  readonly function: string;
  readonly line: string;
  /** Whether it is one JSON object, as all of ours have to be. */
  readonly structured: boolean;
}

export type Timing = Pace;
