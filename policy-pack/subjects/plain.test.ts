import { asset } from "@pulumi/pulumi";
import { hasUnknown, pick, plain, UNKNOWN } from "./plain";

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
