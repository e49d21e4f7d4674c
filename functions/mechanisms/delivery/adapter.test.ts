import { namesFor } from "../../../infra/names";
import type { Adapter, Resource, Settings } from "../../enforcer/adapter";
import { deliveries } from "./adapter";
import { deliverySourceName } from "./decide";
import { fakeLogs } from "./fake";
import type { FakeLogs } from "./fake";

let fake: FakeLogs;
jest.mock("@aws-sdk/client-cloudwatch-logs", () => ({
  ...jest.requireActual<object>("@aws-sdk/client-cloudwatch-logs"),
  CloudWatchLogsClient: function () {
    return fake;
  },
}));

const names = namesFor({
  prefix: "fall",
  accounts: { management: "000000000000", logArchive: "222222222222", delegated: "333333333333" },
  homeRegion: "us-east-1",
});
const settings: Settings = { names, account: "111111111111", region: "us-east-1", via: "delivery", busArn: names.busArn };
const logType = "S3_SERVER_ACCESS_LOGS";
const destination = names.deliveryDestinationArn("s3-access", "us-east-1");
const bucket = (id: string): Resource => ({ id, arn: `arn:aws:s3:::${id}` });
const orders = bucket("orders");
const nameOf = (resource: Resource) => deliverySourceName("fall-s3-access-", resource.arn);
const busy = () => Object.assign(new Error("Requested resource is currently being updated. Please try again later."), { name: "ConflictException" });

let adapter: Pick<Adapter, "inspect" | "apply">;
beforeEach(() => {
  fake = fakeLogs();
  adapter = deliveries(settings, "s3", [{ kind: "s3-access", logType }]);
});

/** One turn of the enforcer: inspects, applies every step; returns the states, what steps answered, and the notes. */
async function enforce(...resources: Resource[]) {
  const notes: string[] = [];
  const answers: boolean[] = [];
  const findings = await adapter.inspect(resources);
  for (const { resource, steps } of findings) {
    for (const step of steps) answers.push(await adapter.apply(resource, step, (words) => notes.push(words)));
  }
  return { states: findings.map(({ state }) => state), answers, notes };
}
const stranger = (name: string, resource = orders) => {
  fake.sources.push({ name, arn: `arn:aws:logs:us-east-1:111111111111:delivery-source:${name}`, resourceArns: [resource.arn], logType, service: "s3" });
};
const decoy = (deliverySourceName: string) => {
  const id = `decoy${fake.deliveries.length}`;
  fake.deliveries.push({ id, arn: `arn:aws:logs:us-east-1:111111111111:delivery:${id}`, deliverySourceName, deliveryDestinationArn: "theirs", deliveryDestinationType: "S3" });
};
const settled = async (...resources: Resource[]) => expect((await enforce(...resources)).states.every((state) => state === "logs")).toBe(true);

test("forcing a new bucket takes three calls", async () => {
  expect(await enforce(orders)).toEqual({ states: ["missing"], answers: [true, true], notes: [] });
  expect(fake.calls).toEqual(["GetDeliverySource", "PutDeliverySource", "CreateDelivery"]);
  expect(fake.sources).toMatchObject([{ name: nameOf(orders), tags: { "fall-log": "s3" } }]);
  expect(fake.deliveries).toMatchObject([{ deliveryDestinationArn: destination, tags: { "fall-log": "s3" } }]);
  await settled(orders);
});

test("a stranger's source is adopted and tagged, its decoy makes room, and the report says so", async () => {
  stranger("theirs");
  decoy("theirs");
  const { states, notes } = await enforce(orders);
  expect(states).toEqual(["missing"]);
  expect(notes).toEqual(["adopted the delivery source theirs", expect.stringContaining("removed the delivery decoy0 to theirs")]);
  expect(fake.sources).toMatchObject([{ name: "theirs", tags: { "fall-log": "s3" } }]);
  expect(fake.deliveries).toMatchObject([{ deliverySourceName: "theirs", deliveryDestinationArn: destination }]);
});

test("an adopted source is known again, and where it is not, nothing is reported as done twice", async () => {
  stranger("theirs");
  await enforce(orders);
  await settled(orders);
  expect(fake.calls.slice(-3)).toEqual(["GetDeliverySource", "DescribeDeliveries", "DescribeConfigurationTemplates"]);
  adapter = deliveries(settings, "s3", [{ kind: "s3-access", logType }]);
  expect((await enforce(orders)).answers).toEqual([false, false]);
  await settled(orders);
  adapter = deliveries(settings, "s3", [{ kind: "s3-access", logType }]);
  fake.deliveries.splice(0);
  expect((await enforce(orders)).answers).toEqual([true, true]);
});

test("of two logs, one that needs nothing does not end the turn of the other", async () => {
  const both = [{ kind: "s3-access", logType }, { kind: "s3-other", logType: "OTHER" }];
  adapter = deliveries(settings, "s3", both);
  stranger("theirs");
  await enforce(orders);
  fake.deliveries.splice(1);
  adapter = deliveries(settings, "s3", both);
  expect((await enforce(orders)).answers).not.toContain(false);
  expect(fake.deliveries).toHaveLength(2);
});

test("a source that a stranger held and gave up is ours again", async () => {
  stranger("theirs");
  await enforce(orders);
  fake.sources.splice(0);
  fake.deliveries.splice(0);
  expect((await enforce(orders)).states).toEqual(["missing"]);
  expect(fake.sources.map(({ name }) => name)).toEqual([nameOf(orders)]);
  await settled(orders);
});

test("a sweep of many lists once, page by page, and finds the same", async () => {
  const many = Array.from({ length: 120 }, (_, index) => bucket(`bucket${index}`));
  stranger("theirs", many[7]);
  expect((await enforce(...many)).states.every((state) => state === "missing")).toBe(true);
  fake.calls.length = 0;
  await settled(...many);
  const count = (operation: string) => fake.calls.filter((call) => call === operation).length;
  expect([count("DescribeDeliverySources"), count("DescribeDeliveries"), count("DescribeConfigurationTemplates")]).toEqual([3, 3, 1]);
  expect(fake.calls).toHaveLength(7);
});

test("where a stranger took our name, the resource is forced under another and found again", async () => {
  stranger(nameOf(orders), bucket("elsewhere"));
  await enforce(orders);
  expect(fake.sources).toHaveLength(2);
  await settled(orders);
  adapter = deliveries(settings, "s3", [{ kind: "s3-access", logType }]);
  await settled(orders);
  expect(fake.deliveries).toMatchObject([{ deliverySourceName: fake.sources[1]?.name, deliveryDestinationArn: destination }]);
});

test.each<[string, () => unknown]>([
  ["deleted", () => fake.deliveries.splice(0)],
  ["stripped of fields", () => Object.assign(fake.deliveries[0] ?? {}, { recordFields: ["time"] })],
  ["untagged", () => delete fake.deliveries[0]?.tags],
  ["sampled", () => Object.assign(fake.sources[0] ?? {}, { deliverySourceConfiguration: { samplingRate: "1" } })],
  ["starved by a decoy", () => (fake.deliveries.splice(0), decoy(nameOf(orders)))],
])("ours %s is weakened, and is mended", async (_, attack) => {
  await enforce(orders);
  attack();
  expect((await enforce(orders)).states).toEqual(["weakened"]);
  await settled(orders);
});

test("the same event twice at once: what the other copy made is left as it is", async () => {
  const [first] = await adapter.inspect([orders]);
  const second = deliveries(settings, "s3", [{ kind: "s3-access", logType }]);
  for (const step of first?.steps ?? []) {
    expect(await adapter.apply(orders, step)).toBe(true);
    await second.apply(orders, step);
  }
  expect([fake.sources.length, fake.deliveries.length]).toEqual([1, 1]);
  expect(fake.calls).not.toContain("DeleteDelivery");
});

test("AWS changing something else of the account is waited for, and deletes nobody's delivery", async () => {
  fake.faults.PutDeliverySource = [busy()];
  fake.faults.CreateDelivery = [busy()];
  stranger("theirs");
  decoy("other");
  await enforce(orders);
  expect(fake.deliveries.map((one) => one.id)).toContain("decoy0");
  await settled(orders);
});

test("a bucket that is gone is no error; a destination that is not there is one", async () => {
  fake.gone.push(orders.arn);
  expect((await enforce(orders)).answers).toEqual([false, false]);
  fake.gone.splice(0);
  fake.faults.CreateDelivery = [Object.assign(new Error("no such destination"), { name: "ResourceNotFoundException" })];
  await expect(enforce(orders)).rejects.toThrow("no such destination");
});

test("what AWS refuses is thrown on", async () => {
  fake.faults.GetDeliverySource = [Object.assign(new Error("no"), { name: "AccessDeniedException" })];
  await expect(enforce(orders)).rejects.toThrow("no");
  await expect(adapter.apply(orders, { call: "Nonsense", why: "", input: {} })).rejects.toThrow("a delivery has no step Nonsense");
});
