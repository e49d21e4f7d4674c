import { asset } from "@pulumi/pulumi";
import { hasUnknown, pick, plain, sameData, UNKNOWN, unwrapped } from "./plain";

/** What the policy server wraps properties in; internal, so its type is not published. */
const { unknownCheckingProxy } = jest.requireActual<{ unknownCheckingProxy: <T>(value: T) => T }>("@pulumi/policy/proxy");

const UNKNOWN_STRING = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const UNKNOWN_OBJECT = "dd056dcd-154b-4c76-9bd3-c8f88648b5ff";

test("reads unknown values through the policy server's proxy without its error", async () => {
  const props = unknownCheckingProxy({ policy: UNKNOWN_STRING, list: ["a", UNKNOWN_OBJECT], known: { deep: 1 } });
  expect(() => props["policy"] as unknown).toThrow("can't be known during preview");
  expect(await plain(props)).toEqual({ policy: UNKNOWN, list: ["a", UNKNOWN], known: { deep: 1 } });
});

test("takes an unknown inside a text for unknown", async () => {
  expect(await plain(`{"Resource":"${UNKNOWN_STRING}"}`)).toBe(UNKNOWN);
});

test("reads a text asset through the proxy, and no file", async () => {
  const props = unknownCheckingProxy({ source: new asset.StringAsset("text"), code: new asset.FileArchive("./folder") });
  expect(await plain(props)).toEqual({ source: "text", code: UNKNOWN });
});

test.each<[what: string, left: unknown, right: unknown, same: boolean]>([
  ["equal data", { a: [1, { b: null }], c: "x" }, { c: "x", a: [1, { b: null }] }, true],
  ["another value", { a: [1, { b: null }] }, { a: [1, { b: 0 }] }, false],
  ["a key more", { a: 1 }, { a: 1, b: undefined }, false],
  ["another key", { a: undefined }, { b: undefined }, false],
  ["a list and an object", [], {}, false],
  ["a longer list", [1], [1, 2], false],
  ["nothing and an object", null, {}, false],
  ["text assets, whose texts are promises", { source: new asset.StringAsset("text") }, { source: new asset.StringAsset("text") }, false],
])("tells the same data from other data: %s", (_, left, right, same) => {
  expect(sameData(left, right)).toBe(same);
  expect(sameData(right, left)).toBe(same);
});

test("takes the policy server's proxy off", () => {
  const given = { policy: UNKNOWN_STRING };
  expect(unwrapped(unknownCheckingProxy(given))).toBe(given);
  expect(unwrapped(given)).toBe(given);
  expect(unwrapped(undefined)).toBeUndefined();
});

test("finds an unknown however deep", () => {
  expect(hasUnknown({ a: [{ b: UNKNOWN }] })).toBe(true);
  expect(hasUnknown({ a: [{ b: null }] })).toBe(false);
});

test("finds a property under CloudFormation's capital", () => {
  expect(pick({ PolicyDocument: "x" }, "policy", "policyDocument")).toBe("x");
  expect(pick({ policy: null, policyDocument: "x" }, "policy", "policyDocument")).toBe("x");
  expect(pick(UNKNOWN, "policy")).toBe(UNKNOWN);
  expect(pick(null, "policy")).toBeUndefined();
});
