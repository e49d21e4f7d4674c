/** Forces the access logs of Classic Load Balancers, which have but the switch. */
import {
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  DescribeTagsCommand,
  ElasticLoadBalancingClient,
  ModifyLoadBalancerAttributesCommand,
} from "@aws-sdk/client-elastic-load-balancing";
import type { Adapter, EnforcerModule, Finding, Resource, Settings } from "../../enforcer/adapter";
import { isGone } from "../../mechanisms/load-balancers/gone";
import { classicLoadBalancerHints } from "../../mechanisms/load-balancers/hints";
import { portions } from "../../mechanisms/paging";
import { accessLogOf, decideAccessLog } from "./decide";

function classicLoadBalancers({ account, region, names, client: given }: Settings): Adapter {
  const client = new ElasticLoadBalancingClient({ ...given, region, maxAttempts: 6 });
  const bucket = names.logBucket("sse-s3", region);
  const arnOf = (name: string) => `arn:aws:elasticloadbalancing:${region}:${account}:loadbalancer/${name}`;

  /** DescribeTags tells both that they exist and what they carry, for 20 at a time; not at all if one of them is gone. */
  const find = async (ids: readonly string[]): Promise<Resource[]> => {
    const result: Resource[] = [];
    for (const portion of portions(ids, 20)) {
      try {
        const { TagDescriptions = [] } = await client.send(new DescribeTagsCommand({ LoadBalancerNames: portion }));
        for (const { LoadBalancerName: id = "", Tags = [] } of TagDescriptions) {
          result.push({ arn: arnOf(id), id, tags: Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value ?? ""])) });
        }
      } catch (error) {
        if (!isGone(error)) throw error;
        if (portion.length > 1) for (const id of portion) result.push(...(await find([id])));
      }
    }
    return result;
  };

  const inspectOne = async (resource: Resource): Promise<readonly Finding[]> => {
    try {
      const answer = await client.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerName: resource.id }));
      return [{ resource, ...decideAccessLog(bucket, answer.LoadBalancerAttributes?.AccessLog) }];
    } catch (error) {
      if (isGone(error)) return [];
      throw error;
    }
  };

  return {
    async *discover() {
      let Marker: string | undefined;
      do {
        const answer = await client.send(new DescribeLoadBalancersCommand({ Marker }));
        yield await find((answer.LoadBalancerDescriptions ?? []).flatMap((one) => one.LoadBalancerName ?? []));
        Marker = answer.NextMarker === "" ? undefined : answer.NextMarker;
      } while (Marker !== undefined);
    },
    find,
    async inspect(resources) {
      const findings: Finding[] = [];
      for (const resource of resources) findings.push(...(await inspectOne(resource)));
      return findings;
    },
    async apply(resource, step) {
      const AccessLog = accessLogOf((step.input as { attributes: Record<string, string> }).attributes);
      try {
        await client.send(
          new ModifyLoadBalancerAttributesCommand({ LoadBalancerName: resource.id, LoadBalancerAttributes: { AccessLog } }),
        );
        return true;
      } catch (error) {
        if (isGone(error)) return false;
        throw error;
      }
    },
  };
}

export const enforcer: EnforcerModule = { hints: classicLoadBalancerHints, adapter: classicLoadBalancers };
