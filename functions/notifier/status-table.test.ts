import { fakeDynamodb } from "./fake-dynamodb";
import { statusTable } from "./status-table";

const make = () => {
  const fake = fakeDynamodb();
  return { fake, table: statusTable(fake as never, "fall-status") };
};

test("a message is leased once, taken over when the lease has run out, and never again once sent", async () => {
  const { table } = make();
  expect(await table.claim("m", "ops", 1_000, 2_000)).toBe("claimed");
  expect(await table.claim("m", "ops", 1_500, 2_500)).toBe("held");
  expect(await table.claim("m", "other", 1_500, 2_500)).toBe("claimed");
  expect(await table.claim("m", "ops", 2_000, 3_000)).toBe("claimed");
  await table.sent("m", "ops", 2_100);
  expect(await table.claim("m", "ops", 9_000, 9_500)).toBe("sent");
});

test("a lease given back can be had at once", async () => {
  const { table } = make();
  await table.claim("m", "ops", 1_000, 60_000);
  await table.release("m", "ops", 1_100);
  expect(await table.claim("m", "ops", 1_100, 60_000)).toBe("claimed");
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
  expect(fake.items.get("resource#arn:vpc|last")).toMatchObject({ outcome: { S: "forced" }, reason: { S: "on" } });
});

test("an error of DynamoDB's is not taken for an answer", async () => {
  const send = () => Promise.reject(Object.assign(new Error("slow down"), { name: "ProvisionedThroughputExceededException" }));
  await expect(statusTable({ send } as never, "t").claim("m", "ops", 0, 1)).rejects.toThrow("slow down");
});
