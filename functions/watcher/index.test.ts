import { CloudFormationClient } from "@aws-sdk/client-cloudformation";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { namesFor } from "../../infra/names";
import { fakeDynamodb, type FakeDynamodb } from "../notifier/fake-dynamodb";
import type { Outcome } from "../outcome";
import { watcher } from "./index";
import { watcherPermissions } from "./permissions";
import { watcherEnvironment, watcherSettings } from "./settings";
import { firstSeen, heartbeats, remember, rowsUnder } from "./status-table";

const names = namesFor({ prefix: "fall", accounts: { management: "999999999999", logArchive: "222222222222", delegated: "333333333333" }, homeRegion: "us-east-1" });
const settings = {
  names,
  sources: [{ name: "vpc", scope: "regional" as const }, { name: "cloudfront", scope: "global" as const }],
  regions: ["us-east-1", "eu-central-1"],
  sweepMinutes: 60,
  stackSets: [names.regionalStackSet],
};
const start = Date.parse("2026-11-01T10:00:00Z");
const before = { ...process.env };
let table: FakeDynamodb;
let told: Outcome[];
let summaries: object[];
let clock: jest.SpyInstance;

beforeEach(() => {
  table = fakeDynamodb();
  told = [];
  summaries = [{ Account: "111111111111", Region: "eu-central-1", Status: "CURRENT" }];
  Object.assign(process.env, watcherEnvironment(settings), { AWS_REGION: "us-east-1" });
  clock = jest.spyOn(Date, "now").mockReturnValue(start);
  jest.spyOn(console, "log").mockReturnValue();
  jest.spyOn(DynamoDBClient.prototype, "send").mockImplementation(table.send as never);
  jest.spyOn(CloudFormationClient.prototype, "send").mockImplementation((async () => ({ Summaries: summaries })) as never);
  jest.spyOn(EventBridgeClient.prototype, "send").mockImplementation((async ({ input }: { input: { Entries: { Detail: string; EventBusName: string }[] } }) => {
    expect(input.Entries.length).toBeLessThanOrEqual(10);
    for (const { Detail, EventBusName } of input.Entries) {
      expect(EventBusName).toBe(names.busArn);
      told.push(JSON.parse(Detail) as Outcome);
    }
    return { FailedEntryCount: 0, Entries: input.Entries.map(() => ({ EventId: "1" })) };
  }) as never);
});
afterEach(() => {
  jest.restoreAllMocks();
  process.env = { ...before };
});

const later = (minutes: number) => clock.mockReturnValue(start + minutes * 60_000);

test("a new organization has two sweep periods to begin; after that every silent enforcer is told of, the management account's too", async () => {
  const handler = watcher();
  expect(await handler()).toEqual({ expected: 6, silent: 0, notCurrent: 0 });
  later(120);
  expect((await handler()).silent).toBe(0);
  later(121);
  expect((await handler()).silent).toBe(6);
  expect(new Set(told.map(({ account }) => account))).toEqual(new Set(["111111111111", "999999999999"]));
});

test("who sends heartbeats is not told of; who stops is, under one id a day", async () => {
  const handler = watcher();
  await handler();
  const beat = (minutes: number) =>
    table.items.set("heartbeat|111111111111#eu-central-1#vpc", { pk: { S: "heartbeat" }, sk: { S: "111111111111#eu-central-1#vpc" }, at: { S: new Date(start + minutes * 60_000).toISOString() } });
  const toldOf = () => told.filter(({ account, region }) => account === "111111111111" && region === "eu-central-1");
  beat(100);
  later(200);
  await handler();
  expect(toldOf()).toEqual([]);
  later(230);
  await handler();
  later(290);
  await handler();
  later(230 + 24 * 60);
  await handler();
  expect(toldOf().map(({ id }) => id)).toEqual([
    "silent#111111111111#eu-central-1#vpc#2026-11-01",
    "silent#111111111111#eu-central-1#vpc#2026-11-01",
    "silent#111111111111#eu-central-1#vpc#2026-11-02",
  ]);
});

test("an instance that is not current is told of, and an operation that hangs is, once it has had its time", async () => {
  summaries = [
    { Account: "111111111111", Region: "us-east-1", Status: "INOPERABLE", StatusReason: "role is gone", StackId: "arn:stack" },
    { Account: "444444444444", Region: "us-east-1", Status: "OUTDATED", StackInstanceStatus: { DetailedStatus: "RUNNING" }, LastOperationId: "op" },
  ];
  const handler = watcher();
  expect((await handler()).notCurrent).toBe(1);
  expect(told).toEqual([expect.objectContaining({ outcome: "stack-instance", account: "111111111111", resource: "arn:stack", source: "fall-regional", reason: "INOPERABLE: role is gone" })]);
  later(121);
  expect((await handler()).notCurrent).toBe(2);
});

test("a bus that refuses an outcome fails the run", async () => {
  summaries = [{ Account: "111111111111", Region: "us-east-1", Status: "INOPERABLE" }];
  jest.spyOn(EventBridgeClient.prototype, "send").mockImplementation((async () => ({ FailedEntryCount: 1, Entries: [{ ErrorCode: "InternalFailure" }] })) as never);
  await expect(watcher()()).rejects.toThrow("the bus did not take 1 outcomes: InternalFailure");
});

test("the settings are read from the variables that the stack gives", () => {
  const { names: read, ...rest } = watcherSettings(watcherEnvironment(settings));
  expect({ ...rest, prefix: read.prefix }).toEqual({ sources: settings.sources, regions: settings.regions, sweepMinutes: 60, stackSets: settings.stackSets, prefix: "fall" });
  expect(() => watcherSettings({ ...watcherEnvironment(settings), FALL_SWEEP_MINUTES: "often" })).toThrow("FALL_SWEEP_MINUTES is not a number above 0");
});

test("rows are read page by page, and what DynamoDB leaves unwritten is given again", async () => {
  const pages = [{ Items: [{ sk: { S: "a" }, at: { S: "1" } }], LastEvaluatedKey: { sk: { S: "a" } } }, { Items: [{ sk: { S: "b" }, at: { S: "2" } }] }];
  expect(await firstSeen({ send: async () => pages.shift() } as never, "t")).toEqual({ a: "1", b: "2" });

  const written: string[] = [];
  const send = async ({ input }: { input: { RequestItems: { t: { PutRequest: { Item: { sk: { S: string } } } }[] } } }) => {
    const [first, ...rest] = input.RequestItems.t;
    written.push(first!.PutRequest.Item.sk.S);
    return { UnprocessedItems: rest.length > 0 ? { t: rest } : {} };
  };
  await remember({ send } as never, "t", ["a", "b"], "now");
  expect(written).toEqual(["a", "b"]);
});

test("what is governed and the day's totals are kept; what is last of a day stays", async () => {
  const counts = { logged: { N: "7" }, excluded: { N: "1" }, observed: { N: "0" }, failing: { N: "2" } };
  const beat = (sk: string, more: object) => table.items.set(`heartbeat|${sk}`, { pk: { S: "heartbeat" }, sk: { S: sk }, at: { S: new Date(start).toISOString() }, ...more });
  beat("111111111111#eu-central-1#vpc", counts);
  beat("555555555555#eu-central-1#vpc", counts);
  // An enforcer of before, which counts nothing.
  beat("111111111111#us-east-1#cloudfront", {});
  const handler = watcher();
  await handler();
  later(60);
  await handler();
  const row = (key: string, name: string) => JSON.parse(table.items.get(key)![name]!.S!) as unknown;
  expect(row("expected|now", "governed")).toEqual({ accounts: ["111111111111", "999999999999"], regions: settings.regions, sources: settings.sources, sweepMinutes: 60 });
  const none = { logged: 0, excluded: 0, observed: 0, failing: 0 };
  const totals = { vpc: { logged: 7, excluded: 1, observed: 0, failing: 2, places: 4, silent: 0, neverSeen: 3 }, cloudfront: { ...none, places: 2, silent: 0, neverSeen: 1 } };
  expect(row("totals|2026-11-01", "totals")).toEqual(totals);
  later(200);
  await handler();
  expect(row("totals|2026-11-01", "totals")).toMatchObject({ vpc: { silent: 1 }, cloudfront: { silent: 1 } });
  expect((await heartbeats(table as never, "t"))["111111111111#us-east-1#cloudfront"]).toEqual({ at: new Date(start).toISOString(), counts: undefined });
  for await (const rows of rowsUnder(table as never, "t", "totals")) expect(rows).toHaveLength(1);
});

test("the watcher's role names what it may touch", () => {
  for (const { actions, resources } of watcherPermissions(names)) {
    expect([...actions, ...resources].filter((text) => text === "*" || /^[a-z]+:\*/.test(text))).toEqual([]);
  }
});
