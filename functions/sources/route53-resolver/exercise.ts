/** How people use and attack the DNS query logs of a VPC. */
import { CreateVpcCommand, DeleteVpcCommand, EC2Client } from "@aws-sdk/client-ec2";
import {
  AssociateResolverQueryLogConfigCommand,
  CreateResolverQueryLogConfigCommand,
  DeleteResolverQueryLogConfigCommand,
  DisassociateResolverQueryLogConfigCommand,
  ListResolverQueryLogConfigAssociationsCommand,
  ListResolverQueryLogConfigsCommand,
  ListTagsForResourceCommand,
  Route53ResolverClient,
  UntagResourceCommand,
} from "@aws-sdk/client-route53resolver";
import type { ResolverQueryLogConfig } from "@aws-sdk/client-route53resolver";
import type { Caller, Exercise, Ground, Made } from "../exercise";

const resolver = (caller: Caller) => caller.client(Route53ResolverClient);

/** The configurations associated with a VPC; a page holds up to 100, more than the lab makes. */
async function configs(caller: Caller, vpc: string): Promise<ResolverQueryLogConfig[]> {
  const { ResolverQueryLogConfigAssociations: associations = [] } = await resolver(caller).send(
    new ListResolverQueryLogConfigAssociationsCommand({ Filters: [{ Name: "ResourceId", Values: [vpc] }] }),
  );
  const { ResolverQueryLogConfigs: all = [] } = await resolver(caller).send(new ListResolverQueryLogConfigsCommand({}));
  return all.filter((config) => associations.some((each) => each.ResolverQueryLogConfigId === config.Id));
}

const isOurs = (config: ResolverQueryLogConfig, ground: Ground, region: string) =>
  config.DestinationArn?.startsWith(ground.names.logBucketArn("kms", region)) ?? false;

async function ours(caller: Caller, made: Made, ground: Ground): Promise<{ id: string; arn: string }> {
  const config = (await configs(caller, made.id)).find((each) => isOurs(each, ground, caller.region));
  if (!config?.Id || !config.Arn) throw new Error(`${made.id} has no query log configuration of ours to attack`);
  return { id: config.Id, arn: config.Arn };
}

/** A VPC delivers to one destination of each kind, so what stands beside ours goes to a log group. */
async function ownConfig(caller: Caller, made: Made, DestinationArn: string): Promise<void> {
  const { ResolverQueryLogConfig: own } = await resolver(caller).send(
    new CreateResolverQueryLogConfigCommand({
      Name: `own-${made.id}`,
      DestinationArn,
      CreatorRequestId: made.id,
    }),
  );
  await resolver(caller).send(
    new AssociateResolverQueryLogConfigCommand({ ResolverQueryLogConfigId: own?.Id, ResourceId: made.id }),
  );
}

export const exercise: Exercise = {
  async create(caller, name) {
    const { Vpc: vpc } = await caller.client(EC2Client).send(
      new CreateVpcCommand({
        CidrBlock: "10.65.0.0/16",
        TagSpecifications: [{ ResourceType: "vpc", Tags: [{ Key: "Name", Value: name }] }],
      }),
    );
    const id = vpc?.VpcId ?? "";
    return { id, arn: `arn:aws:ec2:${caller.region}:${caller.account}:vpc/${id}` };
  },
  async remove(caller, made) {
    await caller.client(EC2Client).send(new DeleteVpcCommand({ VpcId: made.id }));
  },
  obstruct: async (caller, made, ground) => ownConfig(caller, made, `arn:aws:s3:::${await ground.bucket(caller)}`),
  async unlogged(caller, made, ground) {
    const config = (await configs(caller, made.id)).find((each) => isOurs(each, ground, caller.region));
    if (!config) return ["no query log configuration to the archive"];
    const { Tags: tags = [] } = await resolver(caller).send(new ListTagsForResourceCommand({ ResourceArn: config.Arn }));
    return tags.some((tag) => tag.Key === ground.names.tagKey) ? [] : ["not tagged as ours, so not locked"];
  },
  ordinary: [
    {
      name: "query logs of one's own, beside ours",
      run: (caller, made) => ownConfig(caller, made, `arn:aws:logs:${caller.region}:${caller.account}:log-group:/own/dns`),
    },
  ],
  attacks: [
    {
      name: "disassociate our query log configuration",
      answered: "denied",
      run: async (caller, made, ground) =>
        resolver(caller).send(
          new DisassociateResolverQueryLogConfigCommand({
            ResolverQueryLogConfigId: (await ours(caller, made, ground)).id,
            ResourceId: made.id,
          }),
        ),
    },
    {
      name: "delete our query log configuration",
      answered: "denied",
      run: async (caller, made, ground) =>
        resolver(caller).send(
          new DeleteResolverQueryLogConfigCommand({ ResolverQueryLogConfigId: (await ours(caller, made, ground)).id }),
        ),
    },
    {
      name: "take our tag off the query log configuration",
      answered: "denied",
      run: async (caller, made, ground) =>
        resolver(caller).send(
          new UntagResourceCommand({
            ResourceArn: (await ours(caller, made, ground)).arn,
            TagKeys: [ground.names.tagKey],
          }),
        ),
    },
  ],
};
