/** What the log sources whose resource is a VPC have in common: how VPCs come into being, and how they are tagged. */
import { ANY_ACCOUNT } from "../../../infra/names";
import type { Permission, Trigger, WeakeningCall } from "../../sources/log-source";

/** VPCs that appear, and that lose their exclusion tag; default VPCs may also appear without any event. */
export const vpcTrigger: Trigger = { eventSource: "ec2.amazonaws.com", eventNames: ["CreateVpc", "CreateDefaultVpc", "DeleteTags"] };

/** The action takes no resource. */
export const findVpcs: Permission = { actions: ["ec2:DescribeVpcs"], resources: ["*"] };

export const anyVpc = `arn:aws:ec2:*:${ANY_ACCOUNT}:vpc/*`;

/** IAM actions that make a VPC. */
export const creatingVpcs = ["ec2:CreateDefaultVpc", "ec2:CreateVpc"];

/** Tags given with CreateVpc are authorised as ec2:CreateTags too; both take aws:TagKeys. */
export const vpcTaggers = ["ec2:CreateTags", "ec2:CreateVpc"];

/**
 * The log delivery of the older kind, which a service makes behind what its users see.
 * NC: neither call is a public API operation, nor has AWS said how a flow log whose delivery is gone looks.
 */
export const logDeliveryWeakening: WeakeningCall = {
  how: "repaired",
  actions: ["logs:DeleteLogDelivery", "logs:UpdateLogDelivery"],
  why: "the services behind other people's flow logs and web ACLs make the same calls, and they take no resource; a failed delivery is found by the sweep",
};
