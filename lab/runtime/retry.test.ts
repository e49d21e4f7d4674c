import fc from "fast-check";
import { afterAttempt, defaultAsyncSettings, type AttemptEnd } from "./retry";

const pace = { second: 2 };
const settings = { ...defaultAsyncSettings, onFailure: "arn:aws:sqs:us-east-1:111111111111:dead" };

test.each<[AttemptEnd, number, number, object]>([
  ["success", 1, 0, { how: "done" }],
  ["error", 1, 0, { how: "again", after: 120 }],
  ["error", 2, 120, { how: "again", after: 240 }],
  ["error", 3, 360, { how: "give-up", condition: "RetriesExhausted" }],
  ["throttled", 0, 0, { how: "again", after: 120 }],
  ["throttled", 0, 43_200, { how: "give-up", condition: "EventAgeExceeded" }],
  ["error", 1, 43_200, { how: "give-up", condition: "EventAgeExceeded" }],
])("%s after %i attempts at the age of %i ms", (end, attempts, age, next) => {
  expect(afterAttempt(end, attempts, age, settings, pace)).toEqual(next);
});

test("no error is tried more often than the configuration says, and every event ends", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 60, max: 21_600 }), fc.array(fc.constantFrom<AttemptEnd>("error", "throttled"), { minLength: 800, maxLength: 800 }), (retries, seconds, ends) => {
      let attempts = 0;
      let age = 0;
      for (const end of ends) {
        if (end === "error") attempts += 1;
        const next = afterAttempt(end, attempts, age, { maximumRetryAttempts: retries, maximumEventAgeSeconds: seconds }, pace);
        expect(attempts).toBeLessThanOrEqual(retries + 1);
        if (next.how === "give-up") return;
        if (next.how === "again") age += next.after;
      }
      throw new Error("never ended");
    }),
  );
});
