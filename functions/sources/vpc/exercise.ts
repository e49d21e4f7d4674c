/** How people use and attack a VPC and its flow logs. */
import {
  CreateFlowLogsCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateTagsCommand,
  CreateVpcCommand,
  DeleteFlowLogsCommand,
  DeleteTagsCommand,
  DeleteVpcCommand,
  DescribeFlowLogsCommand,
  DescribeVpcsCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import type { FlowLog } from "@aws-sdk/client-ec2";
import type { Caller, Exercise, Ground, Made } from "../exercise";

/** What an investigator can't do without. */
const wantedFields = ["pkt-srcaddr", "pkt-dstaddr", "tcp-flags", "flow-direction", "traffic-path"];

async function flowLogs(caller: Caller, vpc: string): Promise<FlowLog[]> {
  const answer = await caller
    .client(EC2Client)
    .send(new DescribeFlowLogsCommand({ Filter: [{ Name: "resource-id", Values: [vpc] }] }));
  return answer.FlowLogs ?? [];
}

const isOurs = (log: FlowLog, ground: Ground, region: string) =>
  log.LogDestination?.startsWith(ground.names.logBucketArn("kms", region)) ?? false;

/** A flow log that looks like one and tells nothing: rejected traffic only, to the account's own bucket. */
async function decoy(caller: Caller, vpc: string, ground: Ground, bucket?: string): Promise<void> {
  const answer = await caller.client(EC2Client).send(
    new CreateFlowLogsCommand({
      ResourceIds: [vpc],
      ResourceType: "VPC",
      TrafficType: "REJECT",
      LogDestinationType: "s3",
      LogDestination: `arn:aws:s3:::${await ground.bucket(caller, bucket)}`,
      LogFormat: "${srcaddr} ${action}",
      MaxAggregationInterval: 600,
    }),
  );
  const refused = answer.Unsuccessful?.[0]?.Error;
  if (refused) throw Object.assign(new Error(refused.Message), { name: refused.Code });
}

async function ours(caller: Caller, made: Made, ground: Ground): Promise<string> {
  const log = (await flowLogs(caller, made.id)).find((each) => isOurs(each, ground, caller.region));
  if (!log?.FlowLogId) throw new Error(`${made.id} has no flow log of ours to attack`);
  return log.FlowLogId;
}

export const exercise: Exercise = {
  async create(caller, name) {
    const answer = await caller.client(EC2Client).send(
      new CreateVpcCommand({
        CidrBlock: "10.64.0.0/16",
        TagSpecifications: [{ ResourceType: "vpc", Tags: [{ Key: "Name", Value: name }] }],
      }),
    );
    const id = answer.Vpc?.VpcId ?? "";
    return { id, arn: `arn:aws:ec2:${caller.region}:${caller.account}:vpc/${id}` };
  },
  async remove(caller, made) {
    await caller.client(EC2Client).send(new DeleteVpcCommand({ VpcId: made.id }));
  },
  async obstruct(caller, made, ground) {
    await decoy(caller, made.id, ground);
    await decoy(caller, made.id, ground, "second");
  },
  async unlogged(caller, made, ground) {
    const log = (await flowLogs(caller, made.id)).find((each) => isOurs(each, ground, caller.region));
    if (!log) return ["no flow log to the archive"];
    const fields = wantedFields.filter((field) => !log.LogFormat?.includes(`\${${field}}`));
    const tagged = log.Tags?.some((tag) => tag.Key === ground.names.tagKey && tag.Value === "vpc");
    return [
      ...(log.TrafficType === "ALL" ? [] : [`traffic ${log.TrafficType}`]),
      ...(log.MaxAggregationInterval === 60 ? [] : [`aggregation ${log.MaxAggregationInterval} s`]),
      ...(log.FlowLogStatus === "ACTIVE" ? [] : [`status ${log.FlowLogStatus}`]),
      ...(tagged ? [] : ["not tagged as ours, so not locked"]),
      ...fields.map((field) => `format without ${field}`),
    ];
  },
  ordinary: [
    {
      name: "describe the VPC and its flow logs",
      run: async (caller, made) => {
        await caller.client(EC2Client).send(new DescribeVpcsCommand({ VpcIds: [made.id] }));
        await flowLogs(caller, made.id);
      },
    },
    { name: "a flow log of one's own, beside ours", run: (caller, made, ground) => decoy(caller, made.id, ground) },
    {
      name: "delete a flow log of one's own",
      run: async (caller, made, ground) => {
        const own = (await flowLogs(caller, made.id)).find((each) => !isOurs(each, ground, caller.region));
        await caller.client(EC2Client).send(new DeleteFlowLogsCommand({ FlowLogIds: [own?.FlowLogId ?? ""] }));
      },
    },
    {
      name: "a subnet and a security group",
      run: async (caller, made) => {
        const ec2 = caller.client(EC2Client);
        await ec2.send(new CreateSubnetCommand({ VpcId: made.id, CidrBlock: "10.64.200.0/24" }));
        await ec2.send(new CreateSecurityGroupCommand({ VpcId: made.id, GroupName: "web", Description: "web" }));
      },
    },
    {
      name: "tag a VPC and take the tag off",
      run: async (caller, made) => {
        const Tags = [{ Key: "CostCenter", Value: "42" }];
        await caller.client(EC2Client).send(new CreateTagsCommand({ Resources: [made.id], Tags }));
        await caller.client(EC2Client).send(new DeleteTagsCommand({ Resources: [made.id], Tags }));
      },
    },
  ],
  attacks: [
    {
      name: "delete our flow log",
      answered: "denied",
      run: async (caller, made, ground) =>
        caller.client(EC2Client).send(new DeleteFlowLogsCommand({ FlowLogIds: [await ours(caller, made, ground)] })),
    },
    {
      name: "take our tag off the flow log",
      answered: "denied",
      run: async (caller, made, ground) =>
        caller.client(EC2Client).send(
          new DeleteTagsCommand({ Resources: [await ours(caller, made, ground)], Tags: [{ Key: ground.names.tagKey }] }),
        ),
    },
    {
      name: "take every tag off the flow log, naming none",
      answered: "denied",
      run: async (caller, made, ground) =>
        caller.client(EC2Client).send(new DeleteTagsCommand({ Resources: [await ours(caller, made, ground)] })),
    },
    {
      name: "pass a decoy off as ours by our tag",
      answered: "denied",
      run: async (caller, made, ground) =>
        caller.client(EC2Client).send(
          new CreateFlowLogsCommand({
            ResourceIds: [made.id],
            ResourceType: "VPC",
            TrafficType: "REJECT",
            LogDestinationType: "s3",
            LogDestination: `arn:aws:s3:::${await ground.bucket(caller)}`,
            TagSpecifications: [{ ResourceType: "vpc-flow-log", Tags: [{ Key: ground.names.tagKey, Value: "vpc" }] }],
          }),
        ),
    },
    {
      name: "exclude the VPC by tag",
      answered: "denied",
      run: async (caller, made, ground) =>
        caller.client(EC2Client).send(
          new CreateTagsCommand({ Resources: [made.id], Tags: [{ Key: ground.names.exclusionTagKey, Value: "true" }] }),
        ),
    },
  ],
};
