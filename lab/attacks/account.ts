/** Leaving the governed ground: closed Regions, leaving the organization, tags by other services. */
import { AccountClient, DisableRegionCommand, EnableRegionCommand } from "@aws-sdk/client-account";
import { CreateVpcCommand, EC2Client } from "@aws-sdk/client-ec2";
import { CreateLoadBalancerCommand, ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { LeaveOrganizationCommand, OrganizationsClient } from "@aws-sdk/client-organizations";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import type { BucketLocationConstraint } from "@aws-sdk/client-s3";
import { attacks } from "./attack";

export const accountAttacks = attacks("scp", "member", {
  "leave the organization": (send) => send(OrganizationsClient, new LeaveOrganizationCommand({})),
  "enable a Region that is not governed": (send) => send(AccountClient, new EnableRegionCommand({ RegionName: "ap-east-1" })),
  "place a bucket in a closed Region by a request to a governed one": (send, { account, closedRegion }) =>
    send(
      S3Client,
      new CreateBucketCommand({
        Bucket: `placed-${account}`,
        CreateBucketConfiguration: { LocationConstraint: closedRegion as BucketLocationConstraint },
      }),
    ),
  "disable a governed Region": (send, { region }) => send(AccountClient, new DisableRegionCommand({ RegionName: region })),
});

/** Run with clients of the closed Region. */
export const closedRegionAttacks = attacks("scp", "member", {
  "create a VPC in a closed Region": (send) => send(EC2Client, new CreateVpcCommand({ CidrBlock: "10.1.0.0/16" })),
  "create a load balancer in a closed Region": (send) =>
    send(ElasticLoadBalancingV2Client, new CreateLoadBalancerCommand({ Name: "hidden", Subnets: ["subnet-1", "subnet-2"] })),
  "create a bucket in a closed Region": (send, { account, closedRegion }) =>
    send(
      S3Client,
      new CreateBucketCommand({
        Bucket: `hidden-${account}`,
        CreateBucketConfiguration: { LocationConstraint: closedRegion as BucketLocationConstraint },
      }),
    ),
});
