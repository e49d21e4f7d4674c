import { takeIn } from "./intake";

const outcome = (id: string, kind = "forced", at = "2026-11-01T10:00:00Z") => ({
  id, outcome: kind, account: "111111111111", region: "us-east-1", source: "vpc", resource: kind === "heartbeat" ? "" : "arn:vpc", actor: "", action: "sweep", reason: "", at,
});
const record = (messageId: string, detail: unknown, received = 1) => ({
  messageId,
  body: JSON.stringify({ id: messageId, source: "fall", "detail-type": "FALL outcome", account: "333333333333", region: "us-east-1", time: "", detail }),
  attributes: { ApproximateReceiveCount: String(received) },
});
const table = () => ({ heartbeat: jest.fn(async () => undefined), last: jest.fn(async () => undefined) });
const log = () => undefined;

test("what has come most often is told first, whatever is new", async () => {
  const records = [record("r1", outcome("new")), record("r2", outcome("old"), 3), record("r3", outcome("older"), 7)];
  const { messages } = await takeIn(records, table(), 0, log);
  expect(messages.map(({ id }) => id)).toEqual(["outcome#older", "outcome#old", "outcome#new"]);
});

test("of a batch only the newest heartbeat of an enforcer is written, and the newest outcome of a resource", async () => {
  const { heartbeat, last } = table();
  const times = ["2026-11-01T10:00:00Z", "2026-11-01T12:00:00Z", "2026-11-01T11:00:00Z"];
  const records = times.flatMap((at, index) => [record(`h${index}`, outcome(`h${index}`, "heartbeat", at)), record(`o${index}`, outcome(`o${index}`, "forced", at))]);
  const { messages, failed } = await takeIn(records, { heartbeat, last }, 0, log);
  expect([messages.length, failed.length]).toEqual([3, 0]);
  expect(heartbeat.mock.calls).toEqual([[expect.objectContaining({ at: times[1] }), 0]]);
  expect(last.mock.calls).toEqual([[expect.objectContaining({ at: times[1] }), 0]]);
});

test("a row that can't be written fails every record that it was for, and no other", async () => {
  const failing = { ...table(), last: () => Promise.reject(new Error("slow down")) };
  const { messages, failed } = await takeIn([record("r1", outcome("a")), record("r2", outcome("b")), record("r3", outcome("c", "heartbeat"))], failing, 0, log);
  expect([messages, failed]).toEqual([[], ["r1", "r2"]]);
});
