import { DisableRuleCommand, EventBridgeClient, PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { startMoto, type Moto } from "../moto/start";
import { type CloudTrailEvent, type Forwarder, makeForwarder } from "../proxy";
import { type EventBridge, makeEventBridge } from "./event-bridge";
import { motoState } from "./moto-state";
import { makeOutstanding } from "./outstanding";

const account = "123456789012";
const region = "eu-central-1";
let moto: Moto;
let forwarder: Forwarder;
let bridge: EventBridge;
let client: EventBridgeClient;
const outstanding = makeOutstanding();
const told: string[] = [];

beforeAll(async () => {
  moto = await startMoto();
  client = new EventBridgeClient({ endpoint: moto.url, region, credentials: { accessKeyId: "A", secretAccessKey: "a" } });
  forwarder = makeForwarder(moto.url);
  const targets = { undelivered: [], deliver: ({ rule, id }: { rule: string; id: string }, trigger: string) => void told.push(`${rule.split("/")[1]} ${trigger} ${trigger === "event" ? id : ""}`.trim()) };
  bridge = makeEventBridge({ moto: forwarder, state: motoState(moto.url, forwarder), targets, outstanding, accounts: [account], regions: [region] });
  await rule("fall-vpc-events", { EventPattern: JSON.stringify({ source: [{ prefix: "aws." }], detail: { eventName: [{ prefix: "CreateVpc" }] } }) });
  await rule("fall-vpc-sweep", { ScheduleExpression: "rate(60 minutes)" });
}, 30_000);
afterAll(async () => {
  forwarder.close();
  await moto.stop();
});

async function rule(Name: string, what: { EventPattern?: string; ScheduleExpression?: string }) {
  await client.send(new PutRuleCommand({ Name, ...what }));
  await client.send(new PutTargetsCommand({ Rule: Name, Targets: [{ Id: "enforcer", Arn: `arn:aws:lambda:${region}:${account}:function:fall-enforcer-vpc` }] }));
}

const event = (id: string, eventName: string, readOnly = false): CloudTrailEvent => ({
  version: "0",
  id,
  "detail-type": "AWS API Call via CloudTrail",
  source: "aws.ec2",
  account,
  time: "2026-01-01T00:00:00Z",
  region,
  resources: [],
  detail: { eventSource: "ec2.amazonaws.com", eventName, readOnly },
});

async function after(id: string, eventName: string, readOnly = false): Promise<readonly string[]> {
  told.length = 0;
  bridge.onEvent(event(id, eventName, readOnly));
  await outstanding.idle(5000);
  return [...told];
}

test("an event reaches the rules that match it, by the id that it has elsewhere; a schedule is no match", async () => {
  expect(await after("e1", "CreateVpc")).toEqual(["fall-vpc-events event e1"]);
  expect(await after("e2", "DeleteVpc")).toEqual([]);
});

test("a read comes only to a rule that asks for reads", async () => {
  await rule("fall-denied", { EventPattern: JSON.stringify({ detail: { eventName: ["GetSecretValue"] } }) });
  expect(await after("r1", "GetSecretValue", true)).toEqual([]);
  await client.send(new PutRuleCommand({ Name: "fall-denied", EventPattern: JSON.stringify({ detail: { eventName: ["GetSecretValue"] } }), State: "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS" }));
  expect(await after("r2", "GetSecretValue", true)).toEqual(["fall-denied event r2"]);
});

test("a sweep tells every schedule", async () => {
  told.length = 0;
  expect(await bridge.sweep()).toBe(1);
  expect(await bridge.sweep({ sources: ["alb"] })).toBe(0);
  expect(told).toEqual(["fall-vpc-sweep schedule"]);
});

test("a disabled rule, and one whose pattern was emptied, match nothing", async () => {
  await client.send(new DisableRuleCommand({ Name: "fall-vpc-events" }));
  expect(await after("e3", "CreateVpc")).toEqual([]);
  await client.send(new PutRuleCommand({ Name: "fall-vpc-events", EventPattern: "{}", State: "ENABLED" }));
  expect(await after("e4", "CreateVpc")).toEqual([]);
});
