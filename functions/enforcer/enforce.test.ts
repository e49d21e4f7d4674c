import { createHash } from "node:crypto";
import { unpacked } from "../coverage";
import { names } from "../names-for-tests";
import type { Outcome } from "../outcome";
import type { Adapter, Finding, Resource } from "./adapter";
import type { Cause } from "./cause";
import { enforce } from "./enforce";
import type { Frame } from "./enforce";
import type { ExclusionList } from "./exclusions";

const resource = (id: string, tags?: Record<string, string>): Resource => ({ id, arn: `arn:${id}`, tags });
const step = (why: string) => ({ call: "Turn", why, input: {} });
const event: Cause = { id: "e1", sweep: false, ids: ["a"], actor: "me", action: "ec2:CreateVpc", weakening: false };
const sweep: Cause = { ...event, ids: undefined, sweep: true, action: "sweep" };

interface World {
  /** Pages of resources. */
  readonly pages?: readonly (readonly Resource[])[];
  readonly state?: Finding["state"];
  readonly list?: Partial<ExclusionList>;
  readonly unreadable?: string;
  readonly apply?: Adapter["apply"];
  readonly inspect?: Adapter["inspect"];
  readonly report?: (outcomes: readonly Outcome[]) => Promise<void>;
}

function world({ pages = [[resource("a")]], state = "missing", list, unreadable, ...given }: World) {
  const reported: Outcome[] = [];
  const applied: string[] = [];
  const calls: string[] = [];
  const adapter: Adapter = {
    async *discover() {
      calls.push("discover");
      yield* pages;
    },
    async find(ids) {
      calls.push(`find ${ids}`);
      return pages.flat().filter(({ id }) => ids.includes(id));
    },
    inspect: async (resources) => {
      calls.push(`inspect ${resources.map(({ id }) => id)}`);
      if (given.inspect) return given.inspect(resources);
      return resources.map((one): Finding => ({ resource: one, state, steps: state === "logs" ? [] : [step("turned on")] }));
    },
    apply: async (one, what, note) => {
      applied.push(one.id);
      return given.apply ? given.apply(one, what, note) : true;
    },
  };
  const frame: Frame = {
    source: "vpc",
    settings: { names, account: "444444444444", region: "eu-central-1", via: "delivery", busArn: names.busArn },
    adapter,
    tagIsLocked: true,
    exclusions: async () => ({ list: { exclusions: [], observe: [], ...list }, unreadable }),
    report: async (outcomes) => {
      await given.report?.(outcomes);
      reported.push(...outcomes);
    },
    log: () => undefined,
    now: () => Date.parse("2026-11-21T10:00:00Z"),
  };
  return { frame, reported, applied, calls, kinds: () => reported.map((one) => `${one.outcome} ${one.resource}`) };
}

test("one event, one resource: looked for, read, forced, reported", async () => {
  const { frame, reported, calls } = world({});
  expect(await enforce(frame, event)).toEqual({ forced: 1 });
  expect(calls).toEqual(["find a", "inspect a"]);
  expect(reported).toEqual([
    {
      id: expect.stringMatching(/^[0-9a-f]{32}$/), outcome: "forced", account: "444444444444", region: "eu-central-1", source: "vpc",
      resource: "arn:a", actor: "me", action: "ec2:CreateVpc", reason: "turned on", at: "2026-11-21T10:00:00.000Z",
    },
  ]);
});

test.each([
  ["missing", false, "forced"],
  ["missing", true, "repaired"],
  ["weakened", false, "repaired"],
  ["weakened", true, "repaired"],
] as const)("%s, after a call that undoes logging: %s, is %s", async (state, weakening, kind) => {
  const { frame, reported } = world({ state });
  await enforce(frame, { ...event, weakening });
  expect(reported[0]?.outcome).toBe(kind);
});

test("what logs is left as it is, and nothing is reported", async () => {
  const { frame, reported, applied } = world({ state: "logs" });
  expect(await enforce(frame, event)).toEqual({});
  expect([reported, applied]).toEqual([[], []]);
});

test("an event about something else makes no call", async () => {
  const { frame, calls } = world({});
  await enforce(frame, { ...event, ids: [] });
  expect(calls).toEqual([]);
});

test("a resource that is gone, before or during its turn, is normal", async () => {
  const before = world({ pages: [] });
  expect(await enforce(before.frame, event)).toEqual({});
  const during = world({ apply: async () => false });
  expect(await enforce(during.frame, event)).toEqual({});
  expect(during.reported).toEqual([]);
});

test("what only the attempt could find is reported with it", async () => {
  const { frame, reported } = world({ apply: async (_, __, note) => (note?.("a stranger's made room"), true) });
  await enforce(frame, event);
  expect(reported[0]?.reason).toBe("turned on; a stranger's made room");
});

test("a sweep looks at every page and ends in a heartbeat, resources or none", async () => {
  const { frame, kinds } = world({ pages: [[resource("a")], [], [resource("b"), resource("c")]] });
  await enforce(frame, sweep);
  expect(kinds()).toEqual(["forced arn:a", "forced arn:b", "forced arn:c", "heartbeat "]);
  const none = world({ pages: [] });
  expect(await enforce(none.frame, sweep)).toEqual({ heartbeat: 1 });
});

describe("what a sweep saw", () => {
  const entry = { account: "444444444444", region: "*", source: "vpc", resource: "arn:x", owner: "net", reason: "lab", expires: "2027-01-01" };
  const seenBy = async (given: World, cause = sweep) => {
    const { frame, reported } = world(given);
    await enforce(frame, cause).catch(() => undefined);
    const parts = reported.flatMap(({ outcome, coverage }) => (outcome === "heartbeat" && coverage ? [coverage] : []));
    return { parts, seen: parts.flatMap(({ packed }) => unpacked(Buffer.from(packed, "base64"))), reported };
  };
  const inspect: Adapter["inspect"] = async (resources) =>
    resources.flatMap((one): Finding[] => (one.id === "gone" ? [] : [{ resource: one, state: one.id === "fine" ? "logs" : "missing", steps: one.id === "fine" ? [] : [step("turned on")] }]));
  const apply: Adapter["apply"] = async ({ id }) => {
    if (id === "bad") throw new Error("no");
    return id !== "leaving";
  };

  test("is every resource with how it stands, once; what is gone is left out", async () => {
    const pages = [["fine", "new", "x", "bad"], ["gone", "leaving", "fine"]].map((ids) => ids.map((id) => resource(id)));
    const { parts, seen } = await seenBy({ pages, inspect, apply, list: { exclusions: [entry] } });
    expect(Object.fromEntries(seen.map((one) => [one.resource, [one.state, one.why]]))).toEqual({
      "arn:fine": ["logged", ""],
      "arn:new": ["logged", ""],
      "arn:x": ["excluded", "excluded by net until 2027-01-01: lab"],
      "arn:bad": ["failing", "Error: no"],
    });
    expect(parts).toEqual([expect.objectContaining({ since: "2026-11-21T10:00:00.000Z", part: 1, parts: 1, counts: { logged: 2, excluded: 1, observed: 0, failing: 1 } })]);
  });

  test("says what is only observed, and why it would be forced", async () => {
    const { seen } = await seenBy({ pages: [[resource("fine"), resource("new")]], inspect, list: { observe: [{ source: "vpc", account: "*" }] } });
    expect(seen).toEqual([
      { resource: "arn:fine", state: "logged", why: "" },
      { resource: "arn:new", state: "observed", why: "missing: turned on" },
    ]);
  });

  test("goes in as many heartbeats as it takes, which count as one, and into no log", async () => {
    const pages = [Array.from({ length: 9_000 }, (_, index) => resource(createHash("sha256").update(String(index)).digest("base64")))];
    const { frame, reported } = world({ pages, state: "logs" });
    const logged: object[] = [];
    expect(await enforce({ ...frame, log: (line) => logged.push(line) }, sweep)).toEqual({ heartbeat: 1 });
    expect(reported.length).toBeGreaterThan(1);
    expect(new Set(reported.map(({ outcome, at }) => `${outcome} ${at}`)).size).toBe(1);
    expect(JSON.stringify(logged).length).toBeLessThan(1_000);
  });

  test("is not sent where the sweep broke off, nor after an event", async () => {
    const { frame, reported } = world({});
    const broken = { ...frame.adapter, async *discover() { yield [resource("a")]; throw new Error("throttled"); } };
    await expect(enforce({ ...frame, adapter: broken }, sweep)).rejects.toThrow("throttled");
    expect(reported.map(({ outcome, coverage }) => [outcome, coverage])).toEqual([["forced", undefined], ["failed", undefined]]);
    expect((await seenBy({}, event)).reported.map(({ coverage }) => coverage)).toEqual([undefined]);
  });
});

test("the same event has the same ids, another event others; what stands has the same with every sweep", async () => {
  const idOf = async (given: World, cause: Cause) => {
    const { frame, reported } = world(given);
    await enforce(frame, cause);
    return reported[0]?.id;
  };
  const other = { ...event, id: "e2" };
  expect(await idOf({}, event)).toBe(await idOf({}, event));
  expect(await idOf({}, event)).not.toBe(await idOf({}, other));
  const observed: World = { list: { observe: [{ source: "vpc", account: "*" }] } };
  expect(await idOf(observed, event)).toBe(await idOf(observed, other));
});

test("one that fails stops no other; at the end the invocation fails", async () => {
  const apply: Adapter["apply"] = async ({ id }) => {
    if (id === "a") throw Object.assign(new Error("no"), { name: "Denied" });
    return true;
  };
  const { frame, kinds } = world({ pages: [[resource("a"), resource("b")], [resource("c")]], apply });
  await expect(enforce(frame, sweep)).rejects.toThrow("1 failed, the first: arn:a: Denied: no");
  expect(kinds()).toEqual(["failed arn:a", "forced arn:b", "forced arn:c", "heartbeat "]);
});

test("one that can't be read spoils none of the others", async () => {
  const inspect: Adapter["inspect"] = async (resources) => {
    if (resources.some(({ id }) => id === "b")) throw new Error("unreadable");
    return resources.map((one) => ({ resource: one, state: "missing", steps: [step("on")] }));
  };
  const { frame, kinds } = world({ pages: [[resource("a"), resource("b"), resource("c")]], inspect });
  await expect(enforce(frame, sweep)).rejects.toThrow("arn:b");
  expect(kinds()).toEqual(["failed arn:b", "forced arn:a", "forced arn:c", "heartbeat "]);
});

test("a list that can't be had fails, without a heartbeat", async () => {
  const { frame, kinds } = world({});
  const broken: Frame = { ...frame, adapter: { ...frame.adapter, discover: () => { throw new Error("throttled"); } } };
  await expect(enforce(broken, sweep)).rejects.toThrow("vpc: Error: throttled");
  expect(kinds()).toEqual(["failed "]);
});

test("a finding without a step is a failure, not a success", async () => {
  const { frame, kinds } = world({ inspect: async ([one]) => [{ resource: one!, state: "missing", steps: [] }] });
  await expect(enforce(frame, event)).rejects.toThrow("no step is known");
  expect(kinds()).toEqual(["failed arn:a"]);
});

test("a bus that is down keeps nothing from being forced, and fails the invocation", async () => {
  const report = async (outcomes: readonly Outcome[]) => {
    if (outcomes.length > 0) throw new Error("bus down");
    throw new Error("still down");
  };
  const { frame, applied } = world({ pages: [[resource("a")], [resource("b")]], report });
  await expect(enforce(frame, sweep)).rejects.toThrow("not all could be reported: Error: bus down");
  expect(applied).toEqual(["a", "b"]);
});

describe("exclusions", () => {
  const entry = { account: "444444444444", region: "*", source: "vpc", resource: "arn:a", owner: "net", reason: "lab", expires: "2027-01-01" };

  test("what is excluded is not even read, and said", async () => {
    const { frame, kinds, calls } = world({ pages: [[resource("a"), resource("b")]], list: { exclusions: [entry] } });
    await enforce(frame, sweep);
    expect(calls).toEqual(["discover", "inspect b"]);
    expect(kinds()).toEqual(["excluded arn:a", "forced arn:b", "heartbeat "]);
  });

  test("the tag counts only where it is locked", async () => {
    const pages = [[resource("a", { ExcludeLogging: "true" })]];
    const locked = world({ pages });
    await enforce(locked.frame, event);
    expect(locked.kinds()).toEqual(["excluded arn:a"]);
    const open = world({ pages });
    await enforce({ ...open.frame, tagIsLocked: false }, event);
    expect(open.kinds()).toEqual(["forced arn:a"]);
  });

  test("what is only observed is left as it is, and said", async () => {
    const { frame, applied, reported } = world({ list: { observe: [{ source: "vpc", account: "444444444444" }] } });
    await enforce(frame, event);
    expect(applied).toEqual([]);
    expect(reported).toMatchObject([{ outcome: "would-force", reason: "missing: turned on" }]);
  });

  test("an unreadable list excludes nothing, is said, and is no reason to try again", async () => {
    const { frame, kinds } = world({ unreadable: "NoSuchKey" });
    await enforce(frame, event);
    expect(kinds()).toEqual(["failed arn:aws:s3:::fall-code-333333333333-eu-central-1/exclusions.json", "forced arn:a"]);
  });
});
