/**
 * Finds Application and Network Load Balancers, and turns their classic logging switches.
 * Plain functions that take the client, so that nothing here is captured with a client inside.
 */
import {
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  DescribeTagsCommand,
  ModifyLoadBalancerAttributesCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { ElasticLoadBalancingV2Client, LoadBalancer, LoadBalancerTypeEnum } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Adapter, Finding, Resource, Settings, Step } from "../../enforcer/adapter";
import { portions } from "../paging";
import { decideSwitch } from "../switch/decide";
import type { Switch } from "../switch/decide";
import { isGone } from "./gone";

/** Load balancers of one type with their tags, in the order given; AWS tells the tags of at most 20 at a time. */
async function described(
  client: ElasticLoadBalancingV2Client,
  given: readonly LoadBalancer[],
  type: LoadBalancerTypeEnum,
): Promise<Resource[]> {
  const arns = given.filter(({ Type }) => Type === type).flatMap(({ LoadBalancerArn }) => LoadBalancerArn ?? []);
  const result: Resource[] = [];
  for (const ResourceArns of portions(arns, 20)) {
    const { TagDescriptions = [] } = await client.send(new DescribeTagsCommand({ ResourceArns }));
    for (const { ResourceArn: arn = "", Tags = [] } of TagDescriptions) {
      result.push({ arn, id: arn, tags: Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value ?? ""])) });
    }
  }
  return result;
}

/** Those of the named load balancers that exist; AWS answers none of them if one is gone, so then one by one. */
async function existing(client: ElasticLoadBalancingV2Client, arns: readonly string[]): Promise<LoadBalancer[]> {
  const result: LoadBalancer[] = [];
  for (const LoadBalancerArns of portions(arns, 20)) {
    try {
      const { LoadBalancers = [] } = await client.send(new DescribeLoadBalancersCommand({ LoadBalancerArns }));
      result.push(...LoadBalancers);
    } catch (error) {
      if (!isGone(error)) throw error;
      if (LoadBalancerArns.length > 1) for (const arn of LoadBalancerArns) result.push(...(await existing(client, [arn])));
    }
  }
  return result;
}

/**
 * The half of an adapter that finds load balancers of one type.
 *
 * @param path as in the ARN: `app` for type application, `net` for network
 */
export function loadBalancers(
  client: ElasticLoadBalancingV2Client,
  { account, region }: Settings,
  type: LoadBalancerTypeEnum,
  path: "app" | "net",
): Pick<Adapter, "discover" | "find"> {
  return {
    async *discover() {
      let Marker: string | undefined;
      do {
        const answer = await client.send(new DescribeLoadBalancersCommand({ Marker }));
        yield await described(client, answer.LoadBalancers ?? [], type);
        Marker = answer.NextMarker === "" ? undefined : answer.NextMarker;
      } while (Marker !== undefined);
    },
    async find(ids) {
      const start = `arn:aws:elasticloadbalancing:${region}:${account}:loadbalancer/${path}/`;
      return described(client, await existing(client, ids.filter((id) => id.startsWith(start))), type);
    },
  };
}

/** The half that inspects and turns classic switches, each a few attributes of the load balancer. */
export function loadBalancerSwitches(
  client: ElasticLoadBalancingV2Client,
  switches: readonly Switch[],
): Pick<Adapter, "inspect" | "apply"> {
  const inspectOne = async (resource: Resource): Promise<Finding | undefined> => {
    try {
      const { Attributes = [] } = await client.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn: resource.arn }));
      const actual = Object.fromEntries(Attributes.map(({ Key, Value }) => [Key, Value]));
      const decisions = switches.map((one) => decideSwitch(one, actual, "ModifyLoadBalancerAttributes"));
      const states = decisions.map(({ state }) => state).filter((state) => state !== "logs");
      const state = states.length === 0 ? "logs" : states.includes("weakened") ? "weakened" : "missing";
      return { resource, state, steps: decisions.flatMap(({ steps }) => steps) };
    } catch (error) {
      if (isGone(error)) return undefined;
      throw error;
    }
  };
  return {
    async inspect(resources) {
      const findings: Finding[] = [];
      for (const resource of resources) findings.push(...([await inspectOne(resource)].flatMap((one) => one ?? [])));
      return findings;
    },
    async apply(resource: Resource, step: Step) {
      const { attributes } = step.input as { attributes: Record<string, string> };
      const Attributes = Object.entries(attributes).map(([Key, Value]) => ({ Key, Value }));
      try {
        await client.send(new ModifyLoadBalancerAttributesCommand({ LoadBalancerArn: resource.arn, Attributes }));
        return true;
      } catch (error) {
        if (isGone(error)) return false;
        throw error;
      }
    },
  };
}
