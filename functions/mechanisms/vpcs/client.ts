/** Finds the VPCs of an account and Region. Takes the client, so that nothing here is captured with a client inside. */
import { DescribeVpcsCommand } from "@aws-sdk/client-ec2";
import type { EC2Client, Vpc } from "@aws-sdk/client-ec2";
import type { Adapter, Resource, Settings } from "../../enforcer/adapter";
import { everyItem, portions } from "../paging";

/** A filter of EC2's takes 200 values. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Filter.html */
export const FILTER_VALUES = 200;

/**
 * The half of an adapter that finds VPCs, with their tags. A VPC that is shared with this account is its owner's: only
 * the owner can make flow logs of it.
 * https://docs.aws.amazon.com/vpc/latest/userguide/vpc-share-limitations.html
 */
export function vpcs(client: Pick<EC2Client, "send">, { account, region }: Settings): Pick<Adapter, "discover" | "find"> {
  const own = (found: readonly Vpc[] | undefined): Resource[] =>
    (found ?? []).flatMap(({ VpcId: id, OwnerId, Tags = [] }) => {
      if (id === undefined || OwnerId !== account) return [];
      const arn = `arn:aws:ec2:${region}:${account}:vpc/${id}`;
      return [{ arn, id, tags: Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value ?? ""])) }];
    });
  return {
    async *discover() {
      let NextToken: string | undefined;
      do {
        const answer = await client.send(new DescribeVpcsCommand({ NextToken }));
        yield own(answer.Vpcs);
        NextToken = answer.NextToken === "" ? undefined : answer.NextToken;
      } while (NextToken !== undefined);
    },
    async find(ids) {
      const found: Resource[] = [];
      for (const portion of portions(ids, FILTER_VALUES)) {
        // By filter: asked for by id, one that is gone would fail the call for all.
        const all = await everyItem(async (NextToken) => {
          const answer = await client.send(new DescribeVpcsCommand({ Filters: [{ Name: "vpc-id", Values: portion }], NextToken }));
          return { items: answer.Vpcs, next: answer.NextToken };
        });
        found.push(...own(all));
      }
      return found;
    },
  };
}
