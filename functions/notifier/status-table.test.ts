import { fakeDynamodb } from "./fake-dynamodb";
import { statusTable } from "./status-table";

const make = () => {
  const fake = fakeDynamodb();
  return { fake, table: statusTable(fake as never, "fall-status") };
};

const free = { held: false, sentTo: [] };

test("a message is leased once, and taken over when the lease has run out, with who has it already", async () => {
  const { table } = make();
  expect(await table.claim("m", 1_000, 2_000)).toEqual(free);
  expect(await table.claim("m", 1_500, 2_500)).toEqual({ held: true, sentTo: [] });
  expect(await table.claim("m", 2_000, 3_000)).toEqual(free);
  await table.sent(["m", "n"], "ops", 2_100);
  expect(await table.claim("m", 2_500, 9_500)).toEqual({ held: true, sentTo: ["ops"] });
  expect(await table.claim("m", 9_000, 9_500)).toEqual({ held: false, sentTo: ["ops"] });
});

test("one call claims a new message for every webhook, and one marks twenty-five", async () => {
  const { fake, table } = make();
  const send = jest.spyOn(fake, "send");
  const ids = Array.from({ length: 26 }, (_, index) => `m${index}`);
  await table.claim("m0", 1_000, 2_000);
  await table.sent(ids, "ops", 1_500);
  expect(send.mock.calls.map(([command]) => command.constructor.name)).toEqual(["UpdateItemCommand", "BatchWriteItemCommand", "BatchWriteItemCommand"]);
  expect(await table.claim("m0", 9_000, 9_500)).toEqual({ held: false, sentTo: ["ops"] });
});

test("a mark that DynamoDB keeps leaving unwritten is an error", async () => {
  jest.useFakeTimers({ advanceTimers: true });
  const send = jest.fn(({ input }: { input: { RequestItems: object } }) => Promise.resolve({ UnprocessedItems: input.RequestItems }));
  const failing = expect(statusTable({ send } as never, "t").sent(["m"], "ops", 0)).rejects.toThrow("DynamoDB left 1 rows of t unwritten 5 times");
  await jest.advanceTimersByTimeAsync(10_000);
  await failing;
  expect(send).toHaveBeenCalledTimes(5);
  jest.useRealTimers();
});

test("moments to post are an interval apart, and none is reserved past the latest", async () => {
  const { table } = make();
  const moments = [];
  for (let call = 0; call < 4; call += 1) moments.push(await table.reserve("ops", 1_000, 1_000, 3_500));
  expect(moments).toEqual([1_000, 2_000, 3_000, undefined]);
  expect(await table.reserve("ops", 10_000, 1_000, 11_000)).toBe(10_000);
});

test("a webhook that asked for a pause is not called before it ends", async () => {
  const { table } = make();
  await table.postpone("ops", 5_000);
  expect(await table.reserve("ops", 1_000, 1_000, 4_000)).toBeUndefined();
  expect(await table.reserve("ops", 1_000, 1_000, 6_000)).toBe(5_000);
  await table.postpone("ops", 2_000);
  expect(await table.reserve("ops", 1_000, 1_000, 7_000)).toBe(6_000);
});

const outcome = { id: "1", outcome: "heartbeat", account: "111111111111", region: "us-east-1", source: "vpc", resource: "", actor: "", action: "sweep", reason: "", at: "2026-11-01T10:00:00Z" } as const;

test("the latest heartbeat stays, whatever order they come in", async () => {
  const { fake, table } = make();
  for (const at of ["2026-11-01T10:00:00Z", "2026-11-01T11:00:00Z", "2026-11-01T09:00:00Z"]) await table.heartbeat({ ...outcome, at }, 0);
  expect(fake.items.get("heartbeat|111111111111#us-east-1#vpc")?.["at"]).toEqual({ S: "2026-11-01T11:00:00Z" });
  expect(Number(fake.items.get("heartbeat|111111111111#us-east-1#vpc")?.["expires"]?.N)).toBeGreaterThan(0);
});

test("the last outcome of a resource is kept", async () => {
  const { fake, table } = make();
  const told = { kind: "forced", account: "111111111111", region: "us-east-1", source: "vpc", resource: "arn:vpc", reason: "on", at: "2026-11-01T10:00:00Z" } as const;
  await table.last(told, 0);
  await table.last({ ...told, kind: "failed", at: "2026-11-01T09:00:00Z" }, 0);
  const key = "coverage#111111111111|us-east-1#vpc#last#arn:vpc";
  expect(fake.items.get(key)).toMatchObject({ outcome: { S: "forced" }, reason: { S: "on" } });
  // Two sources may speak of one resource.
  await table.last({ ...told, source: "route53-resolver", kind: "failed" }, 0);
  expect(fake.items.get(key)).toMatchObject({ outcome: { S: "forced" } });
});

test("what a sweep saw is kept by its parts, a late one's left out, and counted in its heartbeat", async () => {
  const { fake, table } = make();
  const counts = { logged: 2, excluded: 1, observed: 0, failing: 0 };
  const coverage = { since: "2026-11-01T10:00:00Z", part: 1, parts: 2, counts, packed: Buffer.from("new").toString("base64") };
  await table.heartbeat({ ...outcome, coverage }, 0);
  await table.coverage(outcome, coverage, 0);
  await table.coverage(outcome, { ...coverage, since: "2026-11-01T09:00:00Z", packed: "" }, 0);
  await table.coverage(outcome, { ...coverage, part: 2 }, 0);
  const parts = [...fake.items.values()].filter(({ pk }) => pk!.S === "coverage#111111111111");
  expect(parts.map(({ sk, since, parts: all, packed }) => [sk!.S, since!.S, all!.N, Buffer.from(packed!.B!).toString()])).toEqual(
    ["0001", "0002"].map((part) => [`us-east-1#vpc#sweep#${part}`, coverage.since, "2", "new"]),
  );
  expect(fake.items.get("heartbeat|111111111111#us-east-1#vpc")).toMatchObject({ logged: { N: "2" }, excluded: { N: "1" }, failing: { N: "0" } });
});

test("an error of DynamoDB's is not taken for an answer", async () => {
  const send = () => Promise.reject(Object.assign(new Error("slow down"), { name: "ProvisionedThroughputExceededException" }));
  await expect(statusTable({ send } as never, "t").claim("m", 0, 1)).rejects.toThrow("slow down");
});
