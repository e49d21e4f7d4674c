import { takeIn } from "./intake";

const outcome = (id: string, kind = "forced", at = "2026-11-01T10:00:00Z") => ({
  id, outcome: kind, account: "111111111111", region: "us-east-1", source: "vpc", resource: kind === "heartbeat" ? "" : "arn:vpc", actor: "", action: "ec2:CreateVpc", reason: "", at,
});
const record = (messageId: string, detail: unknown, received = 1) => ({
  messageId,
  body: JSON.stringify({ id: messageId, source: "fall", "detail-type": "FALL outcome", account: "333333333333", region: "us-east-1", time: "", detail }),
  attributes: { ApproximateReceiveCount: String(received) },
});
const table = () => ({ heartbeat: jest.fn(async () => undefined), coverage: jest.fn(async () => undefined), last: jest.fn(async () => undefined) });
const log = () => undefined;

test("what has come most often is told first, whatever is new", async () => {
  const records = [record("r1", outcome("new")), record("r2", outcome("old"), 3), record("r3", outcome("older"), 7)];
  const { messages } = await takeIn(records, table(), 0, log);
  expect(messages.map(({ id }) => id)).toEqual(["outcome#older", "outcome#old", "outcome#new"]);
});

test("of a batch only the newest heartbeat of an enforcer is written, and the newest outcome of a resource", async () => {
  const { heartbeat, coverage, last } = table();
  const times = ["2026-11-01T10:00:00Z", "2026-11-01T12:00:00Z", "2026-11-01T11:00:00Z"];
  const records = times.flatMap((at, index) => [record(`h${index}`, outcome(`h${index}`, "heartbeat", at)), record(`o${index}`, outcome(`o${index}`, "forced", at))]);
  const { messages, failed } = await takeIn(records, { heartbeat, coverage, last }, 0, log);
  expect([messages.length, failed.length]).toEqual([3, 0]);
  expect(heartbeat.mock.calls).toEqual([[expect.objectContaining({ at: times[1] }), 0]]);
  expect(last.mock.calls).toEqual([[expect.objectContaining({ at: times[1] }), 0]]);
});

test("a row that can't be written fails every record that it was for, and no other", async () => {
  const failing = { ...table(), last: () => Promise.reject(new Error("slow down")) };
  const { messages, failed } = await takeIn([record("r1", outcome("a")), record("r2", outcome("b")), record("r3", outcome("c", "heartbeat"))], failing, 0, log);
  expect([messages, failed]).toEqual([[], ["r1", "r2"]]);
});

const seen = (part: number, since: string, parts = 2) => ({ since, part, parts, packed: "eJw=", counts: { logged: 1, excluded: 0, observed: 0, failing: 0 } });

test("what a sweep saw is written part by part, of each part the newest, and told to nobody", async () => {
  const kept = table();
  const beat = (id: string, part: number, since: string) => record(id, { ...outcome(id, "heartbeat"), coverage: seen(part, since) });
  const records = [beat("r1", 1, "2026-11-01T10:00:00Z"), beat("r2", 2, "2026-11-01T10:00:00Z"), beat("r3", 1, "2026-11-01T09:00:00Z")];
  const { messages, failed } = await takeIn(records, kept, 0, log);
  expect([messages, failed]).toEqual([[], []]);
  expect(kept.heartbeat).toHaveBeenCalledTimes(1);
  const place = expect.objectContaining({ account: "111111111111", region: "us-east-1", source: "vpc" }) as unknown;
  expect(kept.coverage.mock.calls).toEqual([1, 2].map((part) => [place, seen(part, "2026-11-01T10:00:00Z"), 0]));
});

test("part of a sweep that can't be written fails its own record", async () => {
  const failing = { ...table(), coverage: () => Promise.reject(new Error("slow down")) };
  const records = [record("r1", { ...outcome("a", "heartbeat"), coverage: seen(1, "2026-11-01T10:00:00Z", 1) }), record("r2", outcome("b"))];
  expect((await takeIn(records, failing, 0, log)).failed).toEqual(["r1"]);
});

test("a sweep that broke off is kept of its place; denied calls and alarms are kept of nothing", async () => {
  const kept = table();
  await takeIn([record("r1", { ...outcome("a", "failed"), resource: "" }), record("r2", outcome("b", "tamper-attempt")), record("r3", outcome("c", "silent"))], kept, 0, log);
  expect(kept.last.mock.calls).toEqual([[expect.objectContaining({ kind: "failed", resource: "" }), 0]]);
});

test("a sweep's outcomes are no rows, since it tells them all at its end; its failures are, since one may be its end", async () => {
  const kept = table();
  const { messages } = await takeIn(["forced", "would-force", "failed"].map((kind) => record(kind, { ...outcome(kind, kind), action: "sweep", resource: `arn:${kind}` })), kept, 0, log);
  expect(messages).toHaveLength(3);
  expect(kept.last.mock.calls).toEqual([[expect.objectContaining({ kind: "failed", resource: "arn:failed" }), 0]]);
});
