/**
 * How AWS Lambda goes on after an asynchronous invocation: pure, in milliseconds of the lab's clock.
 *
 * A function's error is tried again twice, after one and two minutes; a throttled event comes again with growing
 * pauses until it is too old. https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */

/** What a function's event invoke configuration says; AWS's defaults. */
export interface AsyncSettings {
  readonly maximumRetryAttempts: number;
  readonly maximumEventAgeSeconds: number;
  /** ARN of the queue that gets what failed for good. */
  readonly onFailure?: string;
  readonly onSuccess?: string;
}

export const defaultAsyncSettings: AsyncSettings = { maximumRetryAttempts: 2, maximumEventAgeSeconds: 21_600 };

/** How an attempt ended. A throttled one never reached the function. */
export type AttemptEnd = "success" | "error" | "throttled";

/** As the destination's record names it. */
export type GivenUp = "RetriesExhausted" | "EventAgeExceeded";

export type Next = { readonly how: "done" } | { readonly how: "again"; readonly after: number } | { readonly how: "give-up"; readonly condition: GivenUp };

/** The lab's clock runs faster than AWS's: milliseconds for one of AWS's seconds. */
export interface Pace {
  readonly second: number;
}

export const labPace: Pace = { second: 100 / 60 };

/** @param attempts how many attempts have reached the function, this one included; @param age milliseconds since the event came */
export function afterAttempt(end: AttemptEnd, attempts: number, age: number, settings: AsyncSettings, pace: Pace): Next {
  if (end === "success") return { how: "done" };
  if (end === "error" && attempts > settings.maximumRetryAttempts) return { how: "give-up", condition: "RetriesExhausted" };
  const after = (end === "throttled" ? 60 : 60 * attempts) * pace.second;
  if (age + after > settings.maximumEventAgeSeconds * pace.second) return { how: "give-up", condition: "EventAgeExceeded" };
  return { how: "again", after };
}
