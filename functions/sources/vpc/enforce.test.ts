import type { EC2Client, FlowLog, Vpc } from "@aws-sdk/client-ec2";
import { names } from "../../names-for-tests";
import type { Finding } from "../../enforcer/adapter";
import { flowLogFormat } from "./decide";
import { vpcAdapter } from "./enforce";

const settings = { names, account: "444444444444", region: "us-east-1", via: "delivery" as const, busArn: names.busArn };
const bucket = names.logBucketArn("kms", "us-east-1");
const vpcOf = (id: string, owner = settings.account): Vpc => ({ VpcId: id, OwnerId: owner, Tags: [{ Key: "Name", Value: id }] });

/** As much of EC2 as the adapter uses, with AWS's errors: two flow logs a VPC, pages of two VPCs and of three flow logs. */
function ec2(vpcs: readonly Vpc[], logs: FlowLog[], quota = 2) {
  const sent: string[] = [];
  let made = 0;
  const page = <Item>(items: readonly Item[], size: number, token?: string) => {
    const start = Number(token ?? 0);
    const next = start + size;
    return { items: items.slice(start, next), NextToken: next < items.length ? String(next) : undefined };
  };
  const answers: Record<string, (input: never) => object> = {
    DescribeVpcsCommand: ({ Filters, NextToken }: { Filters?: { Values: string[] }[]; NextToken?: string }) => {
      const { items, NextToken: next } = page(vpcs.filter(({ VpcId = "" }) => Filters?.[0]?.Values.includes(VpcId) ?? true), 2, NextToken);
      return { Vpcs: items, NextToken: next };
    },
    DescribeFlowLogsCommand: ({ Filter, NextToken }: { Filter: { Values: string[] }[]; NextToken?: string }) => {
      const { items, NextToken: next } = page(logs.filter(({ ResourceId = "" }) => Filter[0]?.Values.includes(ResourceId)), 3, NextToken);
      return { FlowLogs: items, NextToken: next };
    },
    CreateFlowLogsCommand: ({ ResourceIds: [vpc], TagSpecifications, ...rest }: { ResourceIds: string[]; TagSpecifications: { Tags: FlowLog["Tags"] }[] }) => {
      const failed = (Code: string) => ({ Unsuccessful: [{ ResourceId: vpc, Error: { Code, Message: "no" } }] });
      const own = logs.filter(({ ResourceId }) => ResourceId === vpc);
      if (!vpcs.some(({ VpcId }) => VpcId === vpc)) return failed("InvalidVpcId.NotFound");
      if (own.some(({ LogDestination }) => LogDestination === (rest as FlowLog).LogDestination)) return failed("FlowLogAlreadyExists");
      if (own.length >= quota) return failed("FlowLogsLimitExceeded");
      logs.push({ ...rest, ResourceId: vpc, FlowLogId: `fl-${made++}`, FlowLogStatus: "ACTIVE", Tags: TagSpecifications[0]?.Tags });
      return { FlowLogIds: [`fl-${made - 1}`], Unsuccessful: [] };
    },
    DeleteFlowLogsCommand: ({ FlowLogIds: [id] }: { FlowLogIds: string[] }) => {
      const index = logs.findIndex(({ FlowLogId }) => FlowLogId === id);
      if (index === -1) return { Unsuccessful: [{ ResourceId: id, Error: { Code: "InvalidFlowLogId.NotFound", Message: "gone" } }] };
      logs.splice(index, 1);
      return { Unsuccessful: [] };
    },
    CreateTagsCommand: ({ Resources: [id], Tags }: { Resources: string[]; Tags: FlowLog["Tags"] }) => {
      const index = logs.findIndex(({ FlowLogId }) => FlowLogId === id);
      if (index === -1) throw Object.assign(new Error("gone"), { name: "InvalidFlowLogId.NotFound" });
      logs[index] = { ...logs[index], Tags };
      return {};
    },
  };
  const send = async (command: { input: never; constructor: { name: string } }) => {
    sent.push(command.constructor.name.replace("Command", ""));
    return answers[command.constructor.name]?.(command.input);
  };
  return { adapter: vpcAdapter({ send } as unknown as EC2Client, settings), sent, logs };
}

const ours = (vpc: string): FlowLog => ({
  FlowLogId: `fl-of-${vpc}`, ResourceId: vpc, FlowLogStatus: "ACTIVE", TrafficType: "ALL", LogDestinationType: "s3", LogDestination: bucket,
  LogFormat: flowLogFormat(), MaxAggregationInterval: 60, Tags: [{ Key: "fall-log", Value: "vpc" }],
});
const decoy = (vpc: string, id: string, format = "${srcaddr}"): FlowLog => ({
  ...ours(vpc), FlowLogId: id, TrafficType: "REJECT", LogDestination: `arn:aws:s3:::${id}`, LogFormat: format, Tags: [],
});

async function force({ adapter }: ReturnType<typeof ec2>, finding: Finding | undefined) {
  const notes: string[] = [];
  for (const step of finding?.steps ?? []) {
    if (!(await adapter.apply(finding!.resource, step, (words) => notes.push(words)))) return "gone";
  }
  return notes;
}

test("a new VPC takes three calls, and then logs everything to the archive, tagged", async () => {
  const world = ec2([vpcOf("vpc-a")], []);
  const [finding] = await world.adapter.inspect(await world.adapter.find(["vpc-a"]));
  await force(world, finding);
  expect(world.sent).toEqual(["DescribeVpcs", "DescribeFlowLogs", "CreateFlowLogs"]);
  expect(world.logs).toMatchObject([{ ...ours("vpc-a"), FlowLogId: "fl-0" }]);
  expect((await world.adapter.inspect([finding!.resource]))[0]?.state).toBe("logs");
});

test("every page is read, of VPCs and of flow logs", async () => {
  const ids = ["vpc-a", "vpc-b", "vpc-c", "vpc-d", "vpc-e"];
  const world = ec2(ids.map((id) => vpcOf(id)), ids.slice(1).map(ours));
  const pages: string[][] = [];
  for await (const page of world.adapter.discover()) pages.push(page.map(({ id }) => id));
  expect(pages).toEqual([["vpc-a", "vpc-b"], ["vpc-c", "vpc-d"], ["vpc-e"]]);
  const all = await world.adapter.find(ids);
  expect((await world.adapter.inspect(all)).map(({ state }) => state)).toEqual(["missing", "logs", "logs", "logs", "logs"]);
});

test("flow logs of many VPCs are read 200 VPCs at a time", async () => {
  const world = ec2([], []);
  await world.adapter.inspect([...Array(401).keys()].map((index) => ({ id: `vpc-${index}`, arn: `arn:${index}` })));
  expect(world.sent).toEqual(["DescribeFlowLogs", "DescribeFlowLogs", "DescribeFlowLogs"]);
});

test("a VPC carries its ARN and tags; one that is shared with the account is left to its owner", async () => {
  const { adapter } = ec2([vpcOf("vpc-a"), vpcOf("vpc-b", "555555555555")], []);
  expect(await adapter.find(["vpc-a", "vpc-b", "vpc-gone"])).toEqual([
    { id: "vpc-a", arn: "arn:aws:ec2:us-east-1:444444444444:vpc/vpc-a", tags: { Name: "vpc-a" } },
  ]);
});

test("where AWS's quota is full, the least complete of the others makes room, and is named", async () => {
  const world = ec2([vpcOf("vpc-a")], [decoy("vpc-a", "fl-two", "${srcaddr} ${dstaddr}"), decoy("vpc-a", "fl-one")]);
  const [finding] = await world.adapter.inspect(await world.adapter.find(["vpc-a"]));
  expect(await force(world, finding)).toEqual(["removed the flow log fl-one, the least complete of 2, since AWS's quota was full"]);
  expect(world.logs.map(({ FlowLogId }) => FlowLogId)).toEqual(["fl-two", "fl-0"]);
});

test("where the quota is not full, decoys stay", async () => {
  const world = ec2([vpcOf("vpc-a")], [decoy("vpc-a", "fl-one"), decoy("vpc-a", "fl-two")], 250);
  const [finding] = await world.adapter.inspect(await world.adapter.find(["vpc-a"]));
  expect(await force(world, finding)).toEqual([]);
  expect(world.logs).toHaveLength(3);
});

test("a broken one of ours is replaced, also where it is gone by then", async () => {
  const world = ec2([vpcOf("vpc-a")], [{ ...ours("vpc-a"), DeliverLogsStatus: "FAILED" }]);
  const [finding] = await world.adapter.inspect(await world.adapter.find(["vpc-a"]));
  world.logs.length = 0;
  await force(world, finding);
  expect(world.logs).toMatchObject([{ FlowLogId: "fl-0", ResourceId: "vpc-a" }]);
});

test("a stranger's that lacks only the tag is adopted", async () => {
  const world = ec2([vpcOf("vpc-a")], [{ ...ours("vpc-a"), Tags: [] }]);
  const [finding] = await world.adapter.inspect(await world.adapter.find(["vpc-a"]));
  await force(world, finding);
  expect(world.logs).toEqual([ours("vpc-a")]);
});

test("ours that was made meanwhile is as good; a stranger's in its place is not", async () => {
  const world = ec2([vpcOf("vpc-a")], []);
  const [finding] = await world.adapter.inspect(await world.adapter.find(["vpc-a"]));
  world.logs.push(ours("vpc-a"));
  expect(await force(world, finding)).toEqual([]);
  world.logs.splice(0, 1, { ...ours("vpc-a"), TrafficType: "REJECT" });
  await expect(force(world, finding)).rejects.toMatchObject({ name: "FlowLogAlreadyExists" });
});

test("a refusal for another reason than the quota costs no stranger a flow log", async () => {
  const world = ec2([vpcOf("vpc-a")], [decoy("vpc-a", "fl-one")]);
  const [finding] = await world.adapter.inspect(await world.adapter.find(["vpc-a"]));
  world.logs.push({ ...ours("vpc-a"), TrafficType: "REJECT" });
  await expect(force(world, finding)).rejects.toMatchObject({ name: "FlowLogAlreadyExists" });
  expect(world.logs.map(({ FlowLogId }) => FlowLogId)).toContain("fl-one");
});

test("a VPC that is gone by now is normal; another error is thrown with AWS's code", async () => {
  const world = ec2([vpcOf("vpc-a")], [], 0);
  const [finding] = await world.adapter.inspect(await world.adapter.find(["vpc-a"]));
  await expect(force(world, finding)).rejects.toMatchObject({ name: "FlowLogsLimitExceeded", message: "no" });
  const gone = { ...finding!, resource: { id: "vpc-gone", arn: "arn" } };
  expect(await force(world, gone)).toBe("gone");
});
