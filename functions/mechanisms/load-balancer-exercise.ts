/** How people use and attack an Application or Network Load Balancer: the same calls, another type. */
import {
  AddTagsCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  DeleteLoadBalancerCommand,
  DescribeLoadBalancersCommand,
  ElasticLoadBalancingV2Client,
  ModifyLoadBalancerAttributesCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { LoadBalancerTypeEnum } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Caller, Exercise } from "../sources/exercise";
import type { LogSource } from "../sources/log-source";
import { deliveredKinds, deliveryAttacks, strangersDelivery, undelivered } from "./delivery/exercise";

const elb = (caller: Caller) => caller.client(ElasticLoadBalancingV2Client);

/** The exercise of a load balancer type whose logs are delivered. */
export function loadBalancerExercise(source: LogSource, type: LoadBalancerTypeEnum): Exercise {
  const kinds = deliveredKinds(source);
  return {
    async create(caller, name, ground) {
      const { subnets } = await ground.network(caller);
      const answer = await elb(caller).send(new CreateLoadBalancerCommand({ Name: name, Type: type, Subnets: [...subnets] }));
      const arn = answer.LoadBalancers?.[0]?.LoadBalancerArn ?? "";
      return { id: arn, arn };
    },
    async remove(caller, made) {
      await elb(caller).send(new DeleteLoadBalancerCommand({ LoadBalancerArn: made.arn }));
    },
    obstruct: (caller, made, ground) => strangersDelivery(caller, made, kinds[0]?.logType ?? "", ground),
    unlogged: (caller, made, ground) => undelivered(caller, made, kinds, ground),
    ordinary: [
      {
        name: `edit attributes of ${type} load balancer`,
        run: (caller, made) =>
          elb(caller).send(
            new ModifyLoadBalancerAttributesCommand({
              LoadBalancerArn: made.arn,
              Attributes: [{ Key: "deletion_protection.enabled", Value: "false" }],
            }),
          ),
      },
      {
        name: `tag and describe a ${type} load balancer`,
        run: async (caller, made) => {
          await elb(caller).send(new AddTagsCommand({ ResourceArns: [made.arn], Tags: [{ Key: "CostCenter", Value: "42" }] }));
          await elb(caller).send(new DescribeLoadBalancersCommand({ LoadBalancerArns: [made.arn] }));
        },
      },
      {
        name: `a target group for a ${type} load balancer`,
        run: async (caller, made, ground) =>
          elb(caller).send(
            new CreateTargetGroupCommand({
              Name: `tg-${type}-${made.arn.slice(-8)}`,
              Protocol: type === "network" ? "TCP" : "HTTP",
              Port: 80,
              VpcId: (await ground.network(caller)).vpc,
            }),
          ),
      },
    ],
    attacks: [
      ...kinds.flatMap(deliveryAttacks),
      {
        name: `exclude the ${type} load balancer by tag`,
        answered: "denied",
        run: (caller, made, ground) =>
          elb(caller).send(
            new AddTagsCommand({ ResourceArns: [made.arn], Tags: [{ Key: ground.names.exclusionTagKey, Value: "true" }] }),
          ),
      },
    ],
  };
}
