import fc from "fast-check";
import { keyOf } from "../status-keys";
import { expectedEnforcers, silences } from "./silences";

const now = Date.parse("2026-11-01T12:00:00Z");
const ago = (minutes: number) => new Date(now - minutes * 60_000).toISOString();
const enforcer = { account: "111111111111", region: "us-east-1", source: "vpc" };
const key = keyOf(enforcer);

test("every account, Region and source is expected, a global source in us-east-1 alone", () => {
  const expected = expectedEnforcers(["222222222222", "111111111111", "222222222222"], ["us-east-1", "eu-central-1"], [
    { name: "vpc", scope: "regional" },
    { name: "cloudfront", scope: "global" },
  ]);
  expect(expected.map(keyOf)).toEqual([
    "111111111111#us-east-1#vpc",
    "111111111111#eu-central-1#vpc",
    "111111111111#us-east-1#cloudfront",
    "222222222222#us-east-1#vpc",
    "222222222222#eu-central-1#vpc",
    "222222222222#us-east-1#cloudfront",
  ]);
});

test.each([
  ["a heartbeat a period ago", ago(60), ago(9_999), false],
  ["a heartbeat exactly two periods ago", ago(120), ago(9_999), false],
  ["a heartbeat longer ago", ago(121), ago(9_999), true],
  ["never, and expected for a period", undefined, ago(60), false],
  ["never, and expected for more than two", undefined, ago(121), true],
  ["never, and expected from now on", undefined, undefined, false],
  ["a heartbeat that is no date", "soon", undefined, true],
  ["an old heartbeat, and expected anew", ago(500), ago(60), false],
])("%s", (_, heartbeat, since, silent) => {
  const found = silences([enforcer], heartbeat === undefined ? {} : { [key]: heartbeat }, now, 60, since === undefined ? {} : { [key]: since });
  expect(found).toEqual(silent ? [{ ...enforcer, last: heartbeat }] : []);
});

test("where it is not known since when, one that was never heard is silent", () => {
  expect(silences([enforcer], {}, now, 60)).toHaveLength(1);
});

test("time makes nobody heard: who is silent now is silent later", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 0, max: 500 }), fc.integer({ min: 0, max: 500 }), (beat, since, later) => {
      const at = (moment: number) => silences([enforcer], { [key]: ago(beat) }, moment, 60, { [key]: ago(since) }).length;
      expect(at(now + later * 60_000)).toBeGreaterThanOrEqual(at(now));
    }),
  );
});
