/** How people use and attack a Classic Load Balancer, whose access log is a switch among its attributes. */
import {
  AddTagsCommand,
  CreateLoadBalancerCommand,
  DeleteLoadBalancerCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  ElasticLoadBalancingClient,
  ModifyLoadBalancerAttributesCommand,
} from "@aws-sdk/client-elastic-load-balancing";
import type { AccessLog } from "@aws-sdk/client-elastic-load-balancing";
import type { Caller, Exercise, Made } from "../exercise";

const elb = (caller: Caller) => caller.client(ElasticLoadBalancingClient);

const setAccessLog = (caller: Caller, made: Made, AccessLog: AccessLog) =>
  elb(caller).send(
    new ModifyLoadBalancerAttributesCommand({ LoadBalancerName: made.id, LoadBalancerAttributes: { AccessLog } }),
  );

export const exercise: Exercise = {
  async create(caller, name) {
    await elb(caller).send(
      new CreateLoadBalancerCommand({
        LoadBalancerName: name,
        Listeners: [{ Protocol: "HTTP", LoadBalancerPort: 80, InstancePort: 80 }],
        AvailabilityZones: [`${caller.region}a`],
      }),
    );
    return { id: name, arn: `arn:aws:elasticloadbalancing:${caller.region}:${caller.account}:loadbalancer/${name}` };
  },
  async remove(caller, made) {
    await elb(caller).send(new DeleteLoadBalancerCommand({ LoadBalancerName: made.id }));
  },
  async obstruct(caller, made, ground) {
    await setAccessLog(caller, made, { Enabled: true, S3BucketName: await ground.bucket(caller), EmitInterval: 60 });
  },
  async unlogged(caller, made, ground) {
    const answer = await elb(caller).send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerName: made.id }));
    const log = answer.LoadBalancerAttributes?.AccessLog;
    if (!log?.Enabled) return ["access log off"];
    const wanted = ground.names.logBucket("sse-s3", caller.region);
    return log.S3BucketName === wanted ? [] : [`access log to ${log.S3BucketName}`];
  },
  ordinary: [
    {
      name: "edit attributes of a classic load balancer",
      run: (caller, made) =>
        elb(caller).send(
          new ModifyLoadBalancerAttributesCommand({
            LoadBalancerName: made.id,
            LoadBalancerAttributes: { CrossZoneLoadBalancing: { Enabled: true } },
          }),
        ),
    },
    {
      name: "tag and describe a classic load balancer",
      run: async (caller, made) => {
        await elb(caller).send(new AddTagsCommand({ LoadBalancerNames: [made.id], Tags: [{ Key: "CostCenter", Value: "42" }] }));
        await elb(caller).send(new DescribeLoadBalancersCommand({ LoadBalancerNames: [made.id] }));
      },
    },
  ],
  attacks: [
    {
      name: "switch the classic load balancer's access log off",
      answered: "repaired",
      run: (caller, made) => setAccessLog(caller, made, { Enabled: false }),
    },
    {
      name: "re-point the classic load balancer's access log",
      answered: "repaired",
      run: async (caller, made, ground) =>
        setAccessLog(caller, made, { Enabled: true, S3BucketName: await ground.bucket(caller), EmitInterval: 60 }),
    },
    {
      name: "exclude the classic load balancer by tag",
      answered: "denied",
      run: (caller, made, ground) =>
        elb(caller).send(
          new AddTagsCommand({ LoadBalancerNames: [made.id], Tags: [{ Key: ground.names.exclusionTagKey, Value: "true" }] }),
        ),
    },
  ],
};
