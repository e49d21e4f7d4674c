import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { namesFor } from "../../infra/names";
import { fakeDynamodb, type FakeDynamodb } from "./fake-dynamodb";
import { notifier } from "./index";
import { notifierEnvironment, notifierSettings, type Webhook } from "./settings";

const names = namesFor({ prefix: "fall", accounts: { management: "999999999999", logArchive: "222222222222", delegated: "333333333333" }, homeRegion: "us-east-1" });
const webhooks: readonly Webhook[] = [
  { name: "chat", kind: "google-chat" },
  { name: "ops", kind: "slack" },
  { name: "sec", kind: "teams" },
];

interface Receiver {
  readonly server: Server;
  readonly url: string;
  readonly bodies: string[];
  /** Status codes to answer first; 200 after them. */
  readonly answers: number[];
}

async function receiver(): Promise<Receiver> {
  const bodies: string[] = [];
  const answers: number[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const status = answers.shift() ?? 200;
      if (status === 200) bodies.push(body);
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/s3cret`, bodies, answers };
}

const outcome = (id: string, kind = "forced") => ({
  id, outcome: kind, account: "111111111111", region: "eu-central-1", source: "vpc", resource: kind === "heartbeat" ? "" : `arn:aws:ec2:eu-central-1:111111111111:vpc/${id}`, actor: "", action: "ec2:CreateVpc", reason: "", at: "2026-11-01T10:00:00Z",
});
const record = (messageId: string, detail: unknown) => ({
  messageId,
  body: JSON.stringify({ id: messageId, source: "fall", "detail-type": "FALL outcome", account: "333333333333", region: "us-east-1", time: "", detail }),
});

const receivers: Record<string, Receiver> = {};
const before = { ...process.env };
const lines: string[] = [];
let table: FakeDynamodb;

beforeEach(async () => {
  for (const { name } of webhooks) receivers[name] = await receiver();
  table = fakeDynamodb();
  Object.assign(process.env, notifierEnvironment(names, webhooks), { AWS_REGION: "us-east-1" });
  jest.spyOn(DynamoDBClient.prototype, "send").mockImplementation(table.send as never);
  jest.spyOn(SecretsManagerClient.prototype, "send").mockImplementation((async ({ input }: { input: { SecretId: string } }) => ({
    SecretString: receivers[input.SecretId.replace("fall/webhook/", "")]!.url,
  })) as never);
  lines.length = 0;
  jest.spyOn(console, "log").mockImplementation((line: string) => void lines.push(line));
});
afterEach(async () => {
  jest.restoreAllMocks();
  process.env = { ...before };
  await Promise.all(Object.values(receivers).map(({ server }) => new Promise((resolve) => server.close(resolve))));
});

/** When SQS brings a message again, every lease has run out. */
const later = () => {
  const moment = Date.now() + 720_000;
  jest.spyOn(Date, "now").mockReturnValue(moment);
};

test("an outcome reaches every webhook in its own format, and a retry reaches nobody twice", async () => {
  const handler = notifier();
  const event = { Records: [record("r1", outcome("vpc-1"))] };
  expect(await handler(event)).toEqual({ batchItemFailures: [] });
  expect(await handler(event)).toEqual({ batchItemFailures: [] });
  const [chat, ops, sec] = webhooks.map(({ name }) => receivers[name]!.bodies.map((body) => JSON.parse(body) as object));
  expect(chat).toEqual([expect.objectContaining({ cardsV2: expect.anything() as unknown })]);
  expect(ops).toEqual([expect.objectContaining({ blocks: expect.anything() as unknown })]);
  expect(sec).toEqual([expect.objectContaining({ type: "message" })]);
});

test("one webhook that refuses at first fails its record only, and the retry reaches only that webhook", async () => {
  receivers["ops"]!.answers.push(400);
  const handler = notifier();
  const event = { Records: [record("r1", outcome("vpc-1"))] };
  expect(await handler(event)).toEqual({ batchItemFailures: [{ itemIdentifier: "r1" }] });
  later();
  expect(await handler(event)).toEqual({ batchItemFailures: [] });
  expect(webhooks.map(({ name }) => receivers[name]!.bodies.length)).toEqual([1, 1, 1]);
});

test("a run that died leaves a lease, so that the message is not lost: it comes again and is told", async () => {
  table.items.set("message#outcome#vpc-1|lease", { pk: { S: "message#outcome#vpc-1" }, sk: { S: "lease" }, until: { N: String(Date.now() + 110_000) } });
  const event = { Records: [record("r1", outcome("vpc-1"))] };
  expect(await notifier()(event)).toEqual({ batchItemFailures: [{ itemIdentifier: "r1" }] });
  expect(receivers["ops"]!.bodies).toHaveLength(0);
  later();
  expect(await notifier()(event)).toEqual({ batchItemFailures: [] });
  expect(receivers["ops"]!.bodies).toHaveLength(1);
});

test("one webhook that fails at first is tried again within the run", async () => {
  receivers["sec"]!.answers.push(500);
  expect(await notifier()({ Records: [record("r1", outcome("vpc-1"))] })).toEqual({ batchItemFailures: [] });
  expect(receivers["sec"]!.bodies).toHaveLength(1);
});

test("two records with one message are one post", async () => {
  await notifier()({ Records: [record("r1", outcome("vpc-1")), record("r2", outcome("vpc-1"))] });
  expect(receivers["ops"]!.bodies).toHaveLength(1);
});

test("a heartbeat is recorded and told to nobody; an outcome is recorded by its resource", async () => {
  await notifier()({ Records: [record("r1", outcome("beat", "heartbeat")), record("r2", outcome("vpc-1"))] });
  expect(receivers["ops"]!.bodies).toHaveLength(1);
  expect(table.items.has("heartbeat|111111111111#eu-central-1#vpc")).toBe(true);
  expect(table.items.has("coverage#111111111111|eu-central-1#vpc#last#arn:aws:ec2:eu-central-1:111111111111:vpc/vpc-1")).toBe(true);
});

test("a record that can't be read fails alone", async () => {
  const answer = await notifier()({ Records: [{ messageId: "r1", body: "{" }, record("r2", outcome("vpc-1"))] });
  expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: "r1" }] });
  expect(receivers["ops"]!.bodies).toHaveLength(1);
});

test("a table that does not answer fails every record that has a message", async () => {
  jest.spyOn(DynamoDBClient.prototype, "send").mockRejectedValue(new Error("no table") as never);
  expect(await notifier()({ Records: [record("r1", outcome("vpc-1"))] })).toEqual({ batchItemFailures: [{ itemIdentifier: "r1" }] });
});

test("no URL is ever logged, whatever goes wrong", async () => {
  receivers["chat"]!.answers.push(404);
  receivers["ops"]!.answers.push(400);
  receivers["sec"]!.server.close();
  await notifier()({ Records: [record("r1", outcome("vpc-1"))] }, { getRemainingTimeInMillis: () => 17_000 });
  expect(lines.length).toBeGreaterThan(3);
  expect(lines.join("\n")).not.toMatch(/s3cret|127\.0\.0\.1/);
});

test("the settings are read from the variables that the stack gives", () => {
  expect(notifierSettings(notifierEnvironment(names, webhooks))).toMatchObject({ webhooks, names: { prefix: "fall", accounts: names.accounts } });
});

test.each([
  [{ FALL_WEBHOOKS: undefined }, "FALL_WEBHOOKS is not set"],
  [{ FALL_WEBHOOKS: "{}" }, "FALL_WEBHOOKS is not a JSON list"],
  [{ FALL_WEBHOOKS: '[{"name":"x","kind":"irc"}]' }, "google-chat | slack | teams"],
  [{ FALL_PREFIX: "" }, "FALL_PREFIX is not set"],
])("a wrong variable is named: %j", (change, message) => {
  expect(() => notifierSettings({ ...notifierEnvironment(names, webhooks), ...change })).toThrow(message);
});
