/** Forces VPC flow logs. One new VPC takes three calls: DescribeVpcs, DescribeFlowLogs, CreateFlowLogs. */
import {
  CreateFlowLogsCommand,
  CreateTagsCommand,
  DeleteFlowLogsCommand,
  DescribeFlowLogsCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import type { FlowLog, UnsuccessfulItem } from "@aws-sdk/client-ec2";
import type { Adapter, EnforcerModule, Settings } from "../../enforcer/adapter";
import { everyItem, portions } from "../../mechanisms/paging";
import { FILTER_VALUES, vpcs } from "../../mechanisms/vpcs/client";
import { AGGREGATION, decide, flowLogFormat } from "./decide";
import type { DesiredFlowLog } from "./decide";
import { vpcHints } from "./hints";
import { source } from "./source";

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : "");

/** EC2 answers 200 and names what it did not do: that is an error like any other. */
function refused(unsuccessful: readonly UnsuccessfulItem[] | undefined): Error | undefined {
  const error = unsuccessful?.[0]?.Error;
  return error && Object.assign(new Error(error.Message ?? ""), { name: error.Code ?? "Unsuccessful" });
}

export function vpcAdapter(client: Pick<EC2Client, "send">, settings: Settings): Adapter {
  const { names, region } = settings;
  const desired: DesiredFlowLog = {
    destinationArn: names.logBucketArn("kms", region),
    tagKey: names.tagKey,
    tagValue: source.name,
  };
  const tags = [{ Key: desired.tagKey, Value: desired.tagValue }];

  const flowLogsOf = (ids: readonly string[]): Promise<FlowLog[]> =>
    everyItem(async (NextToken) => {
      const answer = await client.send(new DescribeFlowLogsCommand({ Filter: [{ Name: "resource-id", Values: [...ids] }], NextToken }));
      return { items: answer.FlowLogs, next: answer.NextToken };
    });

  const create = async (vpc: string): Promise<void> => {
    const { Unsuccessful } = await client.send(
      new CreateFlowLogsCommand({
        ResourceIds: [vpc],
        ResourceType: "VPC",
        TrafficType: "ALL",
        LogDestinationType: "s3",
        LogDestination: desired.destinationArn,
        LogFormat: flowLogFormat(),
        MaxAggregationInterval: AGGREGATION,
        TagSpecifications: [{ ResourceType: "vpc-flow-log", Tags: tags }],
      }),
    );
    const error = refused(Unsuccessful);
    if (error) throw error;
  };

  /** Deletes flow logs; one that is gone already is as wanted. */
  const remove = async (flowLogIds: readonly string[]): Promise<void> => {
    const { Unsuccessful } = await client.send(new DeleteFlowLogsCommand({ FlowLogIds: [...flowLogIds] }));
    const error = refused(Unsuccessful);
    if (error && error.name !== "InvalidFlowLogId.NotFound") throw error;
  };

  /** Makes ours; where AWS's quota of flow logs is full, the least complete of the others makes room for it. */
  const turnOn = async (vpc: string, spare: readonly string[], note: (words: string) => void): Promise<void> => {
    try {
      await create(vpc);
    } catch (error) {
      const [first] = spare;
      if (nameOf(error) === "FlowLogsLimitExceeded" && first !== undefined) {
        await remove([first]);
        note(`removed the flow log ${first}, the least complete of ${spare.length}, since AWS's quota was full`);
        return create(vpc);
      }
      // The same event twice, or a sweep at the same time: fine if it is ours that exists.
      if (nameOf(error) === "FlowLogAlreadyExists" && decide(desired, await flowLogsOf([vpc])).state === "logs") return;
      throw error;
    }
  };

  return {
    ...vpcs(client, settings),
    async inspect(resources) {
      const logs: FlowLog[] = [];
      for (const portion of portions(resources, FILTER_VALUES)) logs.push(...(await flowLogsOf(portion.map(({ id }) => id))));
      return resources.map((resource) => ({ resource, ...decide(desired, logs.filter((log) => log.ResourceId === resource.id)) }));
    },
    async apply({ id: vpc }, { call, input }, note = () => undefined) {
      try {
        if (call === "CreateFlowLogs") await turnOn(vpc, input.spare as readonly string[], note);
        else if (call === "DeleteFlowLogs") await remove(input.flowLogIds as readonly string[]);
        else if (call === "CreateTags") await client.send(new CreateTagsCommand({ Resources: [input.flowLogId as string], Tags: tags }));
        else throw new Error(`a flow log has no step ${call}`);
        return true;
      } catch (error) {
        // EC2 writes it both ways (InvalidVpcID.NotFound, InvalidVpcId.NotFound).
        if (/^InvalidVpcId\.NotFound$/i.test(nameOf(error))) return false;
        throw error;
      }
    },
  };
}

export const enforcer: EnforcerModule = {
  hints: vpcHints,
  adapter: (settings) => vpcAdapter(new EC2Client({ ...settings.client, region: settings.region, maxAttempts: 6 }), settings),
};
