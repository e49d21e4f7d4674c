/** VPC flow logs: a flow log of ours on every VPC, beside whatever flow logs others made. */
import { ANY_ACCOUNT } from "../../../infra/names";
import type { Names } from "../../../infra/names";
import { anyVpc, creatingVpcs, findVpcs, logDeliveryWeakening, vpcTaggers, vpcTrigger } from "../../mechanisms/vpcs/facts";
import type { Condition, LogSource } from "../log-source";

const guide = "https://docs.aws.amazon.com/vpc/latest/userguide";
const flowLogs = `arn:aws:ec2:*:${ANY_ACCOUNT}:vpc-flow-log/*`;

const isOurs = (names: Names): Condition => ({ Null: { [`aws:ResourceTag/${names.tagKey}`]: "false" } });
const namesOurTag = (names: Names): Condition => ({ "ForAnyValue:StringEquals": { "aws:TagKeys": names.tagKey } });

export const source: LogSource = {
  name: "vpc",
  title: "VPC flow logs",
  scope: "regional",
  // A flow log has an API of its own, so it can be locked: there is no second way.
  via: ["delivery"],
  triggers: [{ ...vpcTrigger, eventNames: [...vpcTrigger.eventNames, "CreateFlowLogs", "DeleteFlowLogs"] }],
  kinds: () => [
    {
      kind: "vpc-flow-log",
      store: "kms",
      writer: "delivery.logs.amazonaws.com",
      keys: "AWSLogs/{account}/vpcflowlogs/*",
      sourceArn: `arn:aws:logs:*:${ANY_ACCOUNT}:*`,
      reference: `${guide}/flow-logs-s3-permissions.html`,
    },
  ],
  permissions: (names) => [
    findVpcs,
    { actions: ["ec2:DescribeFlowLogs"], resources: ["*"] },
    { actions: ["ec2:CreateFlowLogs"], resources: [anyVpc, flowLogs] },
    // Not narrowed to our tag: what makes room where AWS's quota is full is a stranger's.
    { actions: ["ec2:DeleteFlowLogs"], resources: [flowLogs] },
    {
      // With the flow log as it is made, or on one of a stranger's that is as it should be; never another tag.
      actions: ["ec2:CreateTags"],
      resources: [flowLogs],
      condition: {
        StringEquals: { [`aws:RequestTag/${names.tagKey}`]: "vpc" },
        "ForAllValues:StringEquals": { "aws:TagKeys": names.tagKey },
      },
    },
    // EC2 makes and removes the log delivery behind a flow log with its caller's permissions; neither takes a resource.
    { actions: ["logs:CreateLogDelivery", "logs:DeleteLogDelivery"], resources: ["*"] },
  ],
  weakening: (names) => [
    {
      how: "denied",
      actions: ["ec2:CreateTags", "ec2:DeleteFlowLogs", "ec2:DeleteTags"],
      resources: [flowLogs],
      condition: isOurs(names),
      why: "deletes our flow log, or takes the tag that protects it (DeleteTags without keys takes all)",
    },
    {
      how: "denied",
      actions: ["ec2:CreateFlowLogs", "ec2:CreateTags", "ec2:DeleteTags"],
      resources: [flowLogs],
      condition: namesOurTag(names),
      why: "passes a stranger's flow log off as ours",
    },
    {
      how: "repaired",
      actions: ["ec2:CreateFlowLogs"],
      why: "anyone may make flow logs of their own; those that fill AWS's quota make room for ours",
    },
    logDeliveryWeakening,
  ],
  creating: creatingVpcs,
  exclusionTaggers: vpcTaggers,
  reference: `${guide}/flow-logs.html`,
};
