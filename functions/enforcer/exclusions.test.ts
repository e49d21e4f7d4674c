import fc from "fast-check";
import { names } from "../names-for-tests";
import type { Settings } from "./adapter";
import { excludedBecause, exclusionReader, isOnlyObserved, parseExclusions, readExclusion } from "./exclusions";

const settings: Settings = { names, account: "444444444444", region: "eu-central-1", via: "delivery", busArn: names.busArn };
const entry = {
  account: "444444444444", region: "*", source: "vpc", resource: "arn:vpc", owner: "net", reason: "a lab", expires: "2027-01-01",
};
const resource = { arn: "arn:vpc", id: "vpc" };
const before = Date.parse("2026-12-31T23:59:59Z");

test.each([
  ["the very resource", {}, true],
  ["every resource", { resource: "*" }, true],
  ["this Region", { region: "eu-central-1" }, true],
  ["another Region", { region: "us-east-1" }, false],
  ["another account", { account: "555555555555" }, false],
  ["every account, which is not allowed", { account: "*" }, false],
  ["another source", { source: "alb" }, false],
  ["another resource", { resource: "arn:other" }, false],
  ["until before now", { expires: "2026-12-31" }, false],
  ["until no date at all", { expires: "soon" }, false],
])("an entry for %s", (_, change, excluded) => {
  const list = { exclusions: [{ ...entry, ...change }], observe: [] };
  expect(excludedBecause(list, "vpc", resource, settings, before, true) !== undefined).toBe(excluded);
});

test("the last moment counts, the day of expiry does not", () => {
  const list = { exclusions: [entry], observe: [] };
  expect(excludedBecause(list, "vpc", resource, settings, before, true)).toBe("excluded by net until 2027-01-01: a lab");
  expect(excludedBecause(list, "vpc", resource, settings, Date.parse("2027-01-01"), true)).toBeUndefined();
});

test.each([
  ["true", true, true],
  ["True", true, true],
  ["true", false, false],
  ["false", true, false],
  ["", true, false],
])("the tag's value %j, the tag locked: %s", (value, locked, excluded) => {
  const tagged = { ...resource, tags: { ExcludeLogging: value } };
  expect(excludedBecause({ exclusions: [], observe: [] }, "vpc", tagged, settings, before, locked) !== undefined).toBe(excluded);
});

test.each([
  [{ source: "vpc", account: "*" }, true],
  [{ source: "vpc", account: "444444444444" }, true],
  [{ source: "vpc", account: "555555555555" }, false],
  [{ source: "alb", account: "*" }, false],
])("%j is only observed: %s", (one, expected) => {
  expect(isOnlyObserved({ exclusions: [], observe: [one] }, "vpc", "444444444444")).toBe(expected);
});

test.each([
  ["", /JSON/],
  ["null", /null/],
  ["{}", /exclusions is not a list/],
  [JSON.stringify({ exclusions: [], observe: {} }), /observe is not a list/],
  [JSON.stringify({ exclusions: [entry, { ...entry, owner: undefined }], observe: [] }), /exclusions\[1\]\.owner is not a text/],
  [JSON.stringify({ exclusions: [null], observe: [] }), /exclusions\[0\]\.account is not a text/],
])("%j is refused", (text, message) => expect(() => parseExclusions(text)).toThrow(message));

test("the list is kept for a minute; that it can't be read is said once until it could again", async () => {
  let time = 0;
  let text: string | undefined = JSON.stringify({ exclusions: [entry], observe: [] });
  const reads: number[] = [];
  const read = exclusionReader(async () => {
    reads.push(time);
    if (text === undefined) throw new Error("NoSuchKey");
    return text;
  }, () => time);

  expect((await read()).list.exclusions).toHaveLength(1);
  time = 59_999;
  text = undefined;
  expect((await read()).list.exclusions).toHaveLength(1);
  time = 60_000;
  expect(await read()).toEqual({ list: { exclusions: [], observe: [] }, unreadable: "Error: NoSuchKey" });
  expect((await read()).unreadable).toBeUndefined();
  time = 120_000;
  expect(await read()).toEqual({ list: { exclusions: [], observe: [] } });
  text = "{";
  time = 180_000;
  expect((await read()).unreadable).toBeUndefined();
  text = JSON.stringify({ exclusions: [], observe: [] });
  time = 240_000;
  await read();
  text = undefined;
  time = 300_000;
  expect((await read()).unreadable).toBe("Error: NoSuchKey");
  expect(reads).toEqual([0, 60_000, 120_000, 180_000, 240_000, 300_000]);
});

test("whose exclusion it is, until when and why, is read from the words that say it", () => {
  const date = fc.date({ min: new Date("2027-01-01"), max: new Date("2999-01-01"), noInvalidDate: true });
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), date, fc.string(), (owner, day, reason) => {
      const said = { ...entry, resource: "*", owner, reason, expires: day.toISOString().slice(0, 10) };
      const why = excludedBecause({ exclusions: [said], observe: [] }, said.source, resource, settings, 0, false);
      expect(readExclusion(why ?? "")).toEqual({ owner, expires: said.expires, reason });
    }),
  );
  expect(readExclusion("excluded by its tag ExcludeLogging")).toBeUndefined();
});
