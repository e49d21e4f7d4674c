import fc from "fast-check";
import { coverageOf, keyOf, lastKey, placeOf, readCoverageKey, sweepKey } from "./status-keys";

const place = { account: "111111111111", region: "eu-central-1", source: "route53-resolver" };

test("what is written is read again, whatever a resource is called", () => {
  expect(placeOf(keyOf(place))).toEqual(place);
  expect(coverageOf(place.account)).toBe("coverage#111111111111");
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.integer({ min: 1, max: 9_999 }), (resource, part) => {
      const { region, source } = place;
      expect(readCoverageKey(lastKey(place, resource))).toEqual({ region, source, what: "last", resource });
      expect(readCoverageKey(sweepKey(place, part))).toEqual({ region, source, what: "sweep", part });
    }),
  );
});

test("another place's rows never come in between", () => {
  const sources = ["alb", "alb-x", "nlb"];
  const keys = sources.flatMap((source) => [sweepKey({ ...place, source }, 1), lastKey({ ...place, source }, "arn:a"), lastKey({ ...place, source }, "")]).sort();
  const order = keys.map((key) => readCoverageKey(key).source).filter((source, index, all) => source !== all[index - 1]);
  expect(new Set(order).size).toBe(order.length);
});

test("other rows are an error, not a place", () => {
  expect(() => placeOf("stack-instance#fall#1#2#3")).toThrow("is not account#region#source");
  expect(() => readCoverageKey("lease")).toThrow("is no row of an account's coverage");
});
