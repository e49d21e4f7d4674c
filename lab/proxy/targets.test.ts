import { actionOf } from "./actions";
import { dependentsOf } from "./dependents";
import { targetsOf } from "./targets-by-service";
import type { Asked } from "./targets";

const account = "111111111111";
const known: Readonly<Record<string, string>> = {
  "role e": `arn:aws:iam::${account}:role/fall/e`,
  "key alias/fall": `arn:aws:kms:us-east-1:${account}:key/behind-alias`,
  "secret s": `arn:aws:secretsmanager:us-east-1:${account}:secret:s-AbCdEf`,
};

async function mapped(operation: string, parameters: Record<string, unknown>, api?: string): Promise<readonly string[]> {
  const [prefix = "", name = ""] = operation.split(":");
  const asked: Asked = {
    action: actionOf(prefix, name, api ?? prefix, parameters), operation: name, api: api ?? prefix, parameters, account, region: "us-east-1",
    arnOf: (kind, value) => Promise.resolve(known[`${kind} ${value}`] ?? null),
  };
  const own = await targetsOf(asked);
  return [...own, ...(await dependentsOf(asked, own))].map(({ action, resource }) => `${action} ${resource.replace(/^arn:aws:/, "")}`);
}

const here = (service: string) => `${service}:us-east-1:${account}`;
const balancer = `arn:aws:elasticloadbalancing:us-east-1:${account}:loadbalancer/app/a/1`;
const rows: [operation: string, parameters: Record<string, unknown>, expected: string[], api?: string][] = [
  ["kms:DeleteAlias", { AliasName: "alias/fall" }, [`kms:DeleteAlias ${here("kms")}:alias/fall`, `kms:DeleteAlias ${here("kms")}:key/behind-alias`]],
  ["kms:CreateGrant", { KeyId: "arn:aws:kms:us-east-1:222222222222:key/k" }, ["kms:CreateGrant kms:us-east-1:222222222222:key/k"]],
  ["events:RemoveTargets", { Rule: "r", EventBusName: "b" }, [`events:RemoveTargets ${here("events")}:rule/b/r`]],
  ["events:PutRule", { Name: "r", RoleArn: `arn:aws:iam::${account}:role/x` }, [`events:PutRule ${here("events")}:rule/r`, `iam:PassRole iam::${account}:role/x`]],
  ["events:DeleteEventBus", { Name: "b" }, [`events:DeleteEventBus ${here("events")}:event-bus/b`]],
  ["events:PutEvents", { Entries: [{ Source: "s" }, { EventBusName: "arn:aws:events:us-east-1:2:event-bus/c" }] }, [`events:PutEvents ${here("events")}:event-bus/default`, "events:PutEvents events:us-east-1:2:event-bus/c"]],
  ["lambda:Invoke", { FunctionName: "f" }, [`lambda:InvokeFunction ${here("lambda")}:function:f`]],
  ["lambda:CreateFunction", { FunctionName: "f", Role: `arn:aws:iam::${account}:role/e` }, [`lambda:CreateFunction ${here("lambda")}:function:f`, `iam:PassRole iam::${account}:role/e`]],
  ["lambda:DeleteEventSourceMapping", { UUID: "u" }, [`lambda:DeleteEventSourceMapping ${here("lambda")}:event-source-mapping:u`]],
  ["lambda:CreateEventSourceMapping", { FunctionName: "f" }, ["lambda:CreateEventSourceMapping *"]],
  ["logs:CreateDelivery", { deliverySourceName: "s", deliveryDestinationArn: "arn:aws:logs:us-east-1:2:delivery-destination:d" }, ["logs:CreateDelivery logs:us-east-1:2:delivery-destination:d", `logs:CreateDelivery ${here("logs")}:delivery-source:s`, `logs:CreateDelivery ${here("logs")}:delivery:*`]],
  ["logs:UpdateDeliveryConfiguration", { id: "x" }, [`logs:UpdateDeliveryConfiguration ${here("logs")}:delivery:x`]],
  ["logs:DeleteDeliverySource", { name: "s" }, [`logs:DeleteDeliverySource ${here("logs")}:delivery-source:s`]],
  ["logs:PutDeliverySource", { name: "s", resourceArn: balancer }, [`logs:PutDeliverySource ${here("logs")}:delivery-source:s`, `elasticloadbalancing:AllowVendedLogDeliveryForResource ${balancer.slice(8)}`]],
  ["logs:DescribeDeliveries", {}, ["logs:DescribeDeliveries *"]],
  ["glue:CreateDatabase", { DatabaseInput: { Name: "d" } }, [`glue:CreateDatabase ${here("glue")}:catalog`, `glue:CreateDatabase ${here("glue")}:database/d`]],
  ["glue:GetTable", { DatabaseName: "d", Name: "t" }, [`glue:GetTable ${here("glue")}:catalog`, `glue:GetTable ${here("glue")}:database/d`, `glue:GetTable ${here("glue")}:table/d/t`]],
  ["glue:CreateTable", { DatabaseName: "d", TableInput: { Name: "t" } }, [`glue:CreateTable ${here("glue")}:catalog`, `glue:CreateTable ${here("glue")}:database/d`, `glue:CreateTable ${here("glue")}:table/d/t`]],
  ["athena:CreateWorkGroup", { Name: "w" }, [`athena:CreateWorkGroup ${here("athena")}:workgroup/w`]],
  ["athena:StartQueryExecution", { QueryString: "SELECT 1" }, [`athena:StartQueryExecution ${here("athena")}:workgroup/primary`]],
  ["logs:PutLogEvents", { logGroupName: "/g", logStreamName: "t" }, [`logs:PutLogEvents ${here("logs")}:log-group:/g:log-stream:t`]],
  ["elasticloadbalancing:AddTags", { ResourceArns: [balancer], Tags: [{ Key: "k" }] }, [`elasticloadbalancing:AddTags ${balancer.slice(8)}`], "elbv2"],
  ["elasticloadbalancing:ModifyLoadBalancerAttributes", { LoadBalancerName: "c" }, [`elasticloadbalancing:ModifyLoadBalancerAttributes ${here("elasticloadbalancing")}:loadbalancer/c`], "elb"],
  ["elasticloadbalancing:CreateLoadBalancer", { Name: "n", Type: "network" }, [`elasticloadbalancing:CreateLoadBalancer ${here("elasticloadbalancing")}:loadbalancer/net/n/*`], "elbv2"],
  ["cloudfront:UpdateDistribution", { Id: "E1" }, [`cloudfront:UpdateDistribution cloudfront::${account}:distribution/E1`]],
  ["cloudfront:CreateDistributionWithTags", { DistributionConfigWithTags: { Tags: { Items: [{ Key: "a", Value: "b" }] } } }, ["cloudfront:CreateDistribution *", `cloudfront:TagResource cloudfront::${account}:distribution/*`]],
  ["secretsmanager:GetSecretValue", { SecretId: "s" }, [`secretsmanager:GetSecretValue ${here("secretsmanager")}:secret:s-AbCdEf`]],
  ["dynamodb:Query", { TableName: "t", IndexName: "i" }, [`dynamodb:Query ${here("dynamodb")}:table/t/index/i`, `dynamodb:Query ${here("dynamodb")}:table/t`]],
  ["dynamodb:BatchWriteItem", { RequestItems: { t: [], u: [] } }, [`dynamodb:BatchWriteItem ${here("dynamodb")}:table/t`, `dynamodb:BatchWriteItem ${here("dynamodb")}:table/u`]],
  ["cloudformation:CreateStack", { StackName: "s", RoleARN: `arn:aws:iam::${account}:role/x` }, [`cloudformation:CreateStack ${here("cloudformation")}:stack/s/00000000-0000-0000-0000-000000000000`, `iam:PassRole iam::${account}:role/x`]],
  ["cloudtrail:DeleteTrail", { Name: "t" }, [`cloudtrail:DeleteTrail ${here("cloudtrail")}:trail/t`]],
  ["organizations:DetachPolicy", { PolicyId: "p-1", TargetId: "r-1" }, [`organizations:DetachPolicy organizations::${account}:policy/o-*/*/p-*`]],
  ["route53resolver:AssociateResolverQueryLogConfig", { ResolverQueryLogConfigId: "rqlc-1", ResourceId: "vpc-1" }, [`route53resolver:AssociateResolverQueryLogConfig ${here("route53resolver")}:resolver-query-log-config/rqlc-1`]],
  ["config:StopConfigurationRecorder", { ConfigurationRecorderName: "default" }, [`config:StopConfigurationRecorder ${here("config")}:configuration-recorder/default/*`]],
  ["cloudwatch:DeleteAlarms", { AlarmNames: ["a", "b"] }, [`cloudwatch:DeleteAlarms ${here("cloudwatch")}:alarm:a`, `cloudwatch:DeleteAlarms ${here("cloudwatch")}:alarm:b`]],
  ["sqs:PurgeQueue", { QueueUrl: "http://127.0.0.1:1/222222222222/q" }, ["sqs:PurgeQueue sqs:us-east-1:222222222222:q"]],
  ["s3:DeleteObjects", { Bucket: "b", Delete: { Objects: [{ Key: "x" }, { Key: "y", VersionId: "1" }] } }, ["s3:DeleteObject s3:::b/x", "s3:DeleteObjectVersion s3:::b/y"]],
  ["s3:DeleteBucketEncryption", { Bucket: "b" }, ["s3:PutEncryptionConfiguration s3:::b"]],
  ["s3:CopyObject", { Bucket: "b", Key: "k", CopySource: "/c/z%20z" }, ["s3:PutObject s3:::b/k", "s3:GetObject s3:::c/z z"]],
  ["s3:PutObject", { Bucket: "b", Key: "k", BypassGovernanceRetention: true }, ["s3:PutObject s3:::b/k", "s3:BypassGovernanceRetention s3:::b/k"]],
  ["s3:PutPublicAccessBlock", { AccountId: account }, ["s3:PutAccountPublicAccessBlock *"], "s3control"],
  ["s3:ListBuckets", {}, ["s3:ListAllMyBuckets *"]],
  ["iam:UpdateAssumeRolePolicy", { RoleName: "e" }, [`iam:UpdateAssumeRolePolicy iam::${account}:role/fall/e`]],
  ["iam:CreateRole", { RoleName: "e", Path: "/other/", Tags: [{ Key: "a", Value: "b" }] }, [`iam:CreateRole iam::${account}:role/other/e`, `iam:TagRole iam::${account}:role/other/e`]],
  ["iam:AddRoleToInstanceProfile", { RoleName: "e", InstanceProfileName: "p" }, [`iam:AddRoleToInstanceProfile iam::${account}:instance-profile/p`, `iam:PassRole iam::${account}:role/fall/e`]],
  ["ec2:CreateFlowLogs", { ResourceIds: ["vpc-0123456789abcdef0"], LogDestinationType: "s3" }, [`ec2:CreateFlowLogs ${here("ec2")}:vpc/vpc-0123456789abcdef0`, `ec2:CreateFlowLogs ${here("ec2")}:vpc-flow-log/*`, "logs:CreateLogDelivery *"]],
  ["ec2:DeleteTags", { Resources: ["fl-0123456789abcdef0"] }, [`ec2:DeleteTags ${here("ec2")}:vpc-flow-log/fl-0123456789abcdef0`]],
  ["ec2:CreateDefaultVpc", {}, ["ec2:CreateDefaultVpc *"]],
  ["sts:AssumeRole", { RoleArn: "arn:aws:iam::2:role/r", Tags: [{ Key: "a", Value: "b" }], SourceIdentity: "i" }, ["sts:AssumeRole iam::2:role/r", "sts:TagSession iam::2:role/r", "sts:SetSourceIdentity iam::2:role/r"]],
  ["tag:TagResources", { ResourceARNList: [`arn:aws:ec2:us-east-1:${account}:vpc/vpc-1`] }, ["tag:TagResources *", `ec2:CreateTags ${here("ec2")}:vpc/vpc-1`]],
];

test.each(rows.map(([operation, parameters, expected, api]) => [operation, parameters, expected, api] as const))("%s of %j", async (operation, parameters, expected, api) => {
  expect(await mapped(operation, parameters, api)).toEqual(expected);
});
