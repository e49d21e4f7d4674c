import type { CloudTrailEvent } from "../proxy";
import { entryOf, makeBatches } from "./event-entries";

const event = (id: number, account = "111111111111"): CloudTrailEvent => ({
  version: "0",
  id: String(id),
  "detail-type": "AWS API Call via CloudTrail",
  source: "aws.ec2",
  account,
  time: "2026-01-01T00:00:00Z",
  region: "us-east-1",
  resources: [],
  detail: { eventSource: "ec2.amazonaws.com", eventName: "CreateVpc" },
});

test("an entry carries what EventBridge does not stamp itself", () => {
  expect(entryOf(event(1))).toEqual({
    Source: "aws.ec2",
    DetailType: "AWS API Call via CloudTrail",
    Detail: '{"eventSource":"ec2.amazonaws.com","eventName":"CreateVpc"}',
    Resources: [],
    Time: "2026-01-01T00:00:00Z",
  });
});

test("every event is sent once, in order, at most ten at a time, accounts apart", async () => {
  const sent: Record<string, string[][]> = {};
  const batches = makeBatches(async (account, _region, events) => {
    await new Promise((resolve) => setImmediate(resolve));
    (sent[account] ??= []).push(events.map(({ id }) => id));
  });
  for (let id = 0; id < 25; id += 1) batches.add(event(id));
  batches.add(event(99, "222222222222"));
  while ((sent["111111111111"] ?? []).flat().length < 25) await new Promise((resolve) => setImmediate(resolve));
  expect(sent["111111111111"]!.flat()).toEqual(Array.from({ length: 25 }, (_, id) => String(id)));
  expect(Math.max(...sent["111111111111"]!.map(({ length }) => length))).toBe(10);
  expect(sent["222222222222"]).toEqual([["99"]]);
});
