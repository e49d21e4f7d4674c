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
import type { ElasticLoadBalancingV2Client, LoadBalancerTypeEnum } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Adapter, Finding, Resource, Settings, Step } from "../../enforcer/adapter";
import { portions } from "../paging";
import { decideSwitch } from "../switch/decide";
import type { Switch } from "../switch/decide";

const isGone = (error: unknown) => error instanceof Error && error.name === "LoadBalancerNotFoundException";

/**
 * Load balancers with their tags, by ARN: DescribeTags tells both that they exist and what they carry.
 * AWS answers for at most 20 at a time, and not at all if one of them is gone: then one by one.
 */
async function described(client: ElasticLoadBalancingV2Client, arns: readonly string[]): Promise<Resource[]> {
  const result: Resource[] = [];
  for (const portion of portions(arns, 20)) {
    try {
      const { TagDescriptions = [] } = await client.send(new DescribeTagsCommand({ ResourceArns: portion }));
      for (const { ResourceArn: arn = "", Tags = [] } of TagDescriptions) {
        result.push({ arn, id: arn, tags: Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value ?? ""])) });
      }
    } catch (error) {
      if (!isGone(error)) throw error;
      if (portion.length > 1) for (const arn of portion) result.push(...(await described(client, [arn])));
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
        const ofType = (answer.LoadBalancers ?? []).filter((one) => one.Type === type);
        yield await described(client, ofType.flatMap((one) => one.LoadBalancerArn ?? []));
        Marker = answer.NextMarker === "" ? undefined : answer.NextMarker;
      } while (Marker !== undefined);
    },
    find(ids) {
      const start = `arn:aws:elasticloadbalancing:${region}:${account}:loadbalancer/${path}/`;
      return described(client, ids.filter((id) => id.startsWith(start)));
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
