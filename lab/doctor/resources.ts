/** Breakages of single resources: what leads one log to the archive is gone, fails, or leads elsewhere. */
import { CloudWatchLogsClient, CreateDeliveryCommand, DeleteDeliveryCommand, DeleteDeliveryDestinationCommand, DeleteDeliverySourceCommand, DescribeDeliveriesCommand, DescribeDeliverySourcesCommand, PutDeliveryDestinationCommand, PutDeliverySourceCommand, type Delivery } from "@aws-sdk/client-cloudwatch-logs";
import { CreateFlowLogsCommand, CreateTagsCommand, DeleteFlowLogsCommand, DeleteTagsCommand, DescribeFlowLogsCommand, EC2Client, type CreateFlowLogsCommandInput, type FlowLog } from "@aws-sdk/client-ec2";
import { DescribeLoadBalancerAttributesCommand, DescribeLoadBalancersCommand, ElasticLoadBalancingClient, ModifyLoadBalancerAttributesCommand, type AccessLog } from "@aws-sdk/client-elastic-load-balancing";
import { AssociateResolverQueryLogConfigCommand, DisassociateResolverQueryLogConfigCommand, ListResolverQueryLogConfigAssociationsCommand, Route53ResolverClient } from "@aws-sdk/client-route53resolver";
import { atMember, failing, type Bench, type Breakage, type Undo } from "./bench";

const there = ({ direct, member }: Bench) => direct(member);
const ofVpc = (cause: string) => ({ home, member }: Bench) => ({ cause, what: new RegExp(`^arn:aws:ec2:${home}:${member}:vpc/`) });

async function ourFlowLog(bench: Bench): Promise<FlowLog> {
  const { FlowLogs = [] } = await there(bench).client(EC2Client).send(new DescribeFlowLogsCommand({}));
  const ours = FlowLogs.find(({ LogDestination, Tags = [] }) => LogDestination?.includes(bench.lab.world.names.logBucket("kms", bench.home)) && Tags.some(({ Key }) => Key === bench.lab.world.names.tagKey));
  if (!ours) throw new Error(`${bench.member} has no flow log of ours`);
  return ours;
}

/** Our flow log, as it was or otherwise. */
async function flowLog(bench: Bench, like: FlowLog, otherwise: Partial<CreateFlowLogsCommandInput> = {}): Promise<string> {
  const { ResourceId, LogDestination, LogFormat, MaxAggregationInterval, Tags } = like;
  const made = await there(bench).client(EC2Client).send(
    new CreateFlowLogsCommand({
      ResourceIds: [ResourceId!], ResourceType: "VPC", TrafficType: "ALL", LogDestinationType: "s3", LogDestination, LogFormat, MaxAggregationInterval,
      TagSpecifications: [{ ResourceType: "vpc-flow-log", Tags }], ...otherwise,
    }),
  );
  const refused = made.Unsuccessful?.[0]?.Error;
  if (refused) throw new Error(`${refused.Code}: ${refused.Message}`);
  return made.FlowLogIds![0]!;
}

const ownBucket = ({ lab, member, home }: Bench) => lab.world.ground("vpc").bucket(lab.world.caller("administrator", member, home));

const unflow = (bench: Bench, id: string) => there(bench).client(EC2Client).send(new DeleteFlowLogsCommand({ FlowLogIds: [id] }));

/** In the place of our flow log, one that tells less or elsewhere. */
const instead = (otherwise: (bench: Bench) => Partial<CreateFlowLogsCommandInput> | Promise<Partial<CreateFlowLogsCommandInput>>) => async (bench: Bench): Promise<Undo> => {
  const ours = await ourFlowLog(bench);
  await unflow(bench, ours.FlowLogId!);
  const wrong = await flowLog(bench, ours, await otherwise(bench));
  return () => unflow(bench, wrong).then(() => flowLog(bench, ours));
};

const logs = (bench: Bench) => there(bench).client(CloudWatchLogsClient);

/** A delivery of ours, of a kind that its destination names. */
async function ourDelivery(bench: Bench, kind: string): Promise<Delivery> {
  const { deliveries = [] } = await logs(bench).send(new DescribeDeliveriesCommand({}));
  const ours = deliveries.find(({ deliveryDestinationArn }) => deliveryDestinationArn === bench.lab.world.names.deliveryDestinationArn(kind, bench.home));
  if (!ours) throw new Error(`${bench.member} has no delivery of ${kind}`);
  return ours;
}

const deliverAgain = (bench: Bench, { deliverySourceName, deliveryDestinationArn, tags, recordFields, fieldDelimiter, s3DeliveryConfiguration }: Delivery) =>
  logs(bench).send(new CreateDeliveryCommand({ deliverySourceName, deliveryDestinationArn, tags, recordFields, fieldDelimiter, s3DeliveryConfiguration }));

async function switched(bench: Bench, change: (log: AccessLog) => AccessLog): Promise<Undo> {
  const elb = there(bench).client(ElasticLoadBalancingClient);
  const { LoadBalancerDescriptions = [] } = await elb.send(new DescribeLoadBalancersCommand({}));
  const { LoadBalancerName } = LoadBalancerDescriptions[0]!;
  const { LoadBalancerAttributes } = await elb.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerName }));
  const before = LoadBalancerAttributes!.AccessLog!;
  const put = (AccessLog: AccessLog) => elb.send(new ModifyLoadBalancerAttributesCommand({ LoadBalancerName, LoadBalancerAttributes: { AccessLog } }));
  await put(change(before));
  return () => put(before);
}

const ofAlb = (cause: string) => ({ home, member }: Bench) => ({ cause, what: new RegExp(`^arn:aws:elasticloadbalancing:${home}:${member}:loadbalancer/app/`) });
const ofClb = (cause: string) => ({ home, member }: Bench) => ({ cause, what: new RegExp(`^arn:aws:elasticloadbalancing:${home}:${member}:loadbalancer/[^/]+$`) });

/** Which VPC it is, is known when it is tagged. */
const tagged = new WeakMap<Bench["lab"], string>();

export const resourceBreakages: readonly Breakage[] = [
  {
    name: "a VPC's flow log is gone",
    asked: atMember("vpc"),
    plant: async (bench) => {
      const ours = await ourFlowLog(bench);
      await unflow(bench, ours.FlowLogId!);
      return () => flowLog(bench, ours);
    },
    named: ofVpc("not-logged"),
  },
  {
    name: "a VPC's flow log says that its delivery failed",
    asked: atMember("vpc"),
    plant: async (bench) => failing(bench, (await ourFlowLog(bench)).FlowLogId),
    named: ofVpc("weakened"),
  },
  {
    name: "a VPC's flow log leads to a bucket of the account's own",
    asked: atMember("vpc"),
    plant: instead(async (bench) => ({ LogDestination: `arn:aws:s3:::${await ownBucket(bench)}` })),
    named: ofVpc("weakened"),
  },
  { name: "a VPC's flow log records rejected traffic alone", asked: atMember("vpc"), plant: instead(() => ({ TrafficType: "REJECT" })), named: ofVpc("weakened") },
  { name: "a VPC's flow log leaves fields out", asked: atMember("vpc"), plant: instead(() => ({ LogFormat: "${version} ${srcaddr} ${dstaddr}" })), named: ofVpc("weakened") },
  { name: "a VPC's flow log leads to the archive's bucket of another Region", asked: atMember("vpc"), plant: instead(({ lab }) => ({ LogDestination: lab.world.names.logBucketArn("kms", lab.samples.region) })), named: ofVpc("weakened") },
  {
    name: "a VPC carries the exclusion tag, and has no flow log",
    asked: ({ member, home, lab }) => ({ source: "vpc", account: member, region: home, resource: tagged.get(lab) }),
    plant: async (bench) => {
      const ours = await ourFlowLog(bench);
      const of = { Resources: [ours.ResourceId!], Tags: [{ Key: "ExcludeLogging", Value: "true" }] };
      tagged.set(bench.lab, `arn:aws:ec2:${bench.home}:${bench.member}:vpc/${ours.ResourceId}`);
      await unflow(bench, ours.FlowLogId!);
      await there(bench).client(EC2Client).send(new CreateTagsCommand(of));
      return () => there(bench).client(EC2Client).send(new DeleteTagsCommand(of)).then(() => flowLog(bench, ours));
    },
    named: ofVpc("excluded-by-tag"),
  },
  {
    name: "a VPC is not associated with the query log configuration",
    asked: atMember("route53-resolver"),
    plant: async (bench) => {
      const resolver = there(bench).client(Route53ResolverClient);
      const { ResourceId: vpc } = await ourFlowLog(bench);
      const { ResolverQueryLogConfigAssociations = [] } = await resolver.send(new ListResolverQueryLogConfigAssociationsCommand({ Filters: [{ Name: "ResourceId", Values: [vpc!] }] }));
      const association = ResolverQueryLogConfigAssociations.map(({ ResolverQueryLogConfigId, ResourceId }) => ({ ResolverQueryLogConfigId, ResourceId }));
      for (const each of association) await resolver.send(new DisassociateResolverQueryLogConfigCommand(each));
      return async () => {
        for (const each of association) await resolver.send(new AssociateResolverQueryLogConfigCommand(each));
      };
    },
    named: ofVpc("not-logged"),
  },
  {
    name: "a delivery is gone, its source stands",
    asked: atMember("alb"),
    plant: async (bench) => {
      const delivery = await ourDelivery(bench, "alb-access");
      await logs(bench).send(new DeleteDeliveryCommand({ id: delivery.id }));
      return () => deliverAgain(bench, delivery);
    },
    named: ofAlb("weakened"),
  },
  {
    name: "a distribution's delivery is gone",
    asked: ({ member }) => ({ source: "cloudfront", account: member, region: "us-east-1" }),
    plant: async (bench) => {
      const delivery = await ourDelivery(bench, "cloudfront-access");
      await logs(bench).send(new DeleteDeliveryCommand({ id: delivery.id }));
      return () => deliverAgain(bench, delivery);
    },
    named: ({ member }) => ({ cause: "weakened", what: new RegExp(`^arn:aws:cloudfront::${member}:distribution/`) }),
  },
  {
    name: "a delivery leads to a destination of the account's own",
    asked: atMember("alb"),
    plant: async (bench) => {
      const delivery = await ourDelivery(bench, "alb-access");
      const name = "own";
      const { deliveryDestination } = await logs(bench).send(new PutDeliveryDestinationCommand({ name, outputFormat: "json", deliveryDestinationConfiguration: { destinationResourceArn: `arn:aws:s3:::${await ownBucket(bench)}` } }));
      await logs(bench).send(new DeleteDeliveryCommand({ id: delivery.id }));
      const { delivery: wrong } = await deliverAgain(bench, { ...delivery, deliveryDestinationArn: deliveryDestination!.arn });
      return async () => {
        await logs(bench).send(new DeleteDeliveryCommand({ id: wrong!.id }));
        await logs(bench).send(new DeleteDeliveryDestinationCommand({ name }));
        await deliverAgain(bench, delivery);
      };
    },
    named: ofAlb("weakened"),
  },
  {
    name: "a delivery and its source are gone",
    asked: atMember("s3"),
    plant: async (bench) => {
      const delivery = await ourDelivery(bench, "s3-access");
      const { deliverySources = [] } = await logs(bench).send(new DescribeDeliverySourcesCommand({}));
      const source = deliverySources.find(({ name }) => name === delivery.deliverySourceName)!;
      await logs(bench).send(new DeleteDeliveryCommand({ id: delivery.id }));
      await logs(bench).send(new DeleteDeliverySourceCommand({ name: source.name }));
      return () => logs(bench).send(new PutDeliverySourceCommand({ name: source.name, resourceArn: source.resourceArns![0], logType: source.logType, tags: source.tags })).then(() => deliverAgain(bench, delivery));
    },
    named: () => ({ cause: "not-logged", what: /^arn:aws:s3:::/ }),
  },
  { name: "a Classic Load Balancer's switch is off", asked: atMember("clb"), plant: (bench) => switched(bench, (log) => ({ ...log, Enabled: false })), named: ofClb("weakened") },
  {
    name: "a Classic Load Balancer's switch leads to a bucket of the account's own",
    asked: atMember("clb"),
    plant: async (bench) => {
      const bucket = await ownBucket(bench);
      return switched(bench, (log) => ({ ...log, S3BucketName: bucket }));
    },
    named: ofClb("not-logged"),
  },
];
