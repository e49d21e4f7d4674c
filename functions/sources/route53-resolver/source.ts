/**
 * Route 53 Resolver query logs: every VPC associated with one query log configuration of ours, one an account and Region,
 * made when first needed.
 *
 * Configurations and VPCs may be joined many to many, but AWS delivers a VPC's query logs only once to each type of
 * destination: a stranger's S3 bucket has to make room for the archive.
 */
import { ANY_ACCOUNT } from "../../../infra/names";
import type { Names } from "../../../infra/names";
import { creatingVpcs, findVpcs, logDeliveryWeakening, vpcTaggers, vpcTrigger } from "../../mechanisms/vpcs/facts";
import type { Condition, LogSource } from "../log-source";

const guide = "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide";
const configs = `arn:aws:route53resolver:*:${ANY_ACCOUNT}:resolver-query-log-config/*`;
const serviceRole = `arn:aws:iam::${ANY_ACCOUNT}:role/aws-service-role/route53resolver.amazonaws.com/AWSServiceRoleForRoute53Resolver`;

/** On a configuration that carries our tag. AWS's own AWSObservabilityAdminTelemetryEnablementServiceRolePolicy tells by tag too. */
const isOurs = (names: Names): Condition => ({ Null: { [`aws:ResourceTag/${names.tagKey}`]: "false" } });
const namesOurTag = (names: Names): Condition => ({ "ForAnyValue:StringEquals": { "aws:TagKeys": names.tagKey } });

export const source: LogSource = {
  name: "route53-resolver",
  title: "Route 53 Resolver query logs",
  scope: "regional",
  via: ["delivery"],
  triggers: [
    vpcTrigger,
    {
      eventSource: "route53resolver.amazonaws.com",
      eventNames: ["AssociateResolverQueryLogConfig", "DeleteResolverQueryLogConfig", "DisassociateResolverQueryLogConfig", "UntagResource"],
    },
  ],
  kinds: () => [
    {
      kind: "resolver-query-log",
      store: "kms",
      writer: "delivery.logs.amazonaws.com",
      keys: "AWSLogs/{account}/vpcdnsquerylogs/*",
      sourceArn: `arn:aws:logs:*:${ANY_ACCOUNT}:*`,
      reference: `${guide}/resolver-query-logs-choosing-target-resource.html`,
    },
  ],
  permissions: (names) => [
    findVpcs,
    { actions: ["route53resolver:ListResolverQueryLogConfigAssociations", "route53resolver:ListResolverQueryLogConfigs"], resources: ["*"] },
    {
      // Disassociate is not narrowed to our tag: what makes room is a stranger's.
      actions: [
        "route53resolver:AssociateResolverQueryLogConfig",
        "route53resolver:DisassociateResolverQueryLogConfig",
        "route53resolver:GetResolverQueryLogConfig",
        "route53resolver:ListTagsForResource",
      ],
      resources: [configs],
    },
    {
      actions: ["route53resolver:CreateResolverQueryLogConfig", "route53resolver:TagResource"],
      resources: [configs],
      condition: {
        StringEquals: { [`aws:RequestTag/${names.tagKey}`]: "route53-resolver" },
        "ForAllValues:StringEquals": { "aws:TagKeys": names.tagKey },
      },
    },
    // Resolver makes the log delivery behind a configuration with its caller's permissions; the action takes no resource.
    { actions: ["logs:CreateLogDelivery"], resources: ["*"] },
    {
      // The first association in an account makes the role by which Resolver delivers.
      actions: ["iam:CreateServiceLinkedRole"],
      resources: [serviceRole],
      condition: { StringEquals: { "iam:AWSServiceName": "route53resolver.amazonaws.com" } },
    },
  ],
  weakening: (names) => [
    {
      how: "denied",
      actions: [
        "route53resolver:DeleteResolverQueryLogConfig",
        "route53resolver:DisassociateResolverQueryLogConfig",
        "route53resolver:PutResolverQueryLogConfigPolicy",
        "route53resolver:TagResource",
        "route53resolver:UntagResource",
      ],
      resources: [configs],
      condition: isOurs(names),
      why: "takes a VPC off our configuration, removes it, shares it with strangers, or takes the tag that protects it",
    },
    {
      how: "denied",
      actions: ["route53resolver:CreateResolverQueryLogConfig", "route53resolver:TagResource", "route53resolver:UntagResource"],
      resources: [configs],
      condition: namesOurTag(names),
      why: "passes a stranger's configuration off as ours",
    },
    {
      how: "repaired",
      actions: ["route53resolver:AssociateResolverQueryLogConfig", "route53resolver:CreateResolverQueryLogConfig"],
      why: "anyone may log queries to a place of their own; what takes the one S3 destination that a VPC has makes room for ours",
    },
    logDeliveryWeakening,
  ],
  creating: creatingVpcs,
  exclusionTaggers: vpcTaggers,
  reference: `${guide}/resolver-query-logging-configurations-managing.html`,
};
