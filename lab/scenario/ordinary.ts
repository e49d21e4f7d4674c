/** Ordinary work that has nothing to do with our logging, all of which must succeed under the lock. */
import { CreateStackCommand, CloudFormationClient } from "@aws-sdk/client-cloudformation";
import { CloudWatchLogsClient, CreateLogGroupCommand, DeleteLogGroupCommand, PutResourcePolicyCommand, PutRetentionPolicyCommand } from "@aws-sdk/client-cloudwatch-logs";
import { CreateTableCommand, DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { DeleteRuleCommand, EventBridgeClient, PutRuleCommand, PutTargetsCommand, RemoveTargetsCommand } from "@aws-sdk/client-eventbridge";
import { AttachRolePolicyCommand, CreateRoleCommand, IAMClient, PutRolePolicyCommand, TagRoleCommand } from "@aws-sdk/client-iam";
import { CreateKeyCommand, KMSClient, ScheduleKeyDeletionCommand } from "@aws-sdk/client-kms";
import { CreateFunctionCommand, DeleteFunctionCommand, LambdaClient, UpdateFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import { DeleteObjectCommand, PutBucketLifecycleConfigurationCommand, PutBucketPolicyCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { CreateSecretCommand, GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { CreateQueueCommand, PurgeQueueCommand, ReceiveMessageCommand, SQSClient, SendMessageCommand } from "@aws-sdk/client-sqs";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import type { Caller } from "../../functions/sources/exercise";
import type { Kind } from "../people";
import type { OrdinaryRow } from "../report/report";
import type { Standing } from "./resources";
import type { World } from "./world";
import { errorText } from "../error-text";

const trust = (service: string, account: string) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" },
      { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: "sts:AssumeRole" },
    ],
  });

const ownRole = (caller: Caller) => `arn:aws:iam::${caller.account}:role/app/own-${caller.region}`;
const queue = async (caller: Caller) => {
  const { QueueUrl } = await caller.client(SQSClient).send(new CreateQueueCommand({ QueueName: "own" }));
  return QueueUrl ?? "";
};

/** Work of an administrator in an account of one's own; later rows use what earlier ones made. */
const administration: readonly { name: string; run(caller: Caller, world: World): Promise<unknown> }[] = [
  {
    name: "a role of one's own, with policies and tags",
    run: async (caller) => {
      const iam = caller.client(IAMClient);
      const RoleName = `own-${caller.region}`;
      await iam.send(new CreateRoleCommand({ RoleName, Path: "/app/", AssumeRolePolicyDocument: trust("lambda.amazonaws.com", caller.account) }));
      await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "own", PolicyDocument: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:ListAllMyBuckets","Resource":"*"}]}' }));
      await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" }));
      await iam.send(new TagRoleCommand({ RoleName, Tags: [{ Key: "CostCenter", Value: "42" }] }));
    },
  },
  {
    name: "assume a role of one's own",
    run: (caller) => caller.client(STSClient).send(new AssumeRoleCommand({ RoleArn: ownRole(caller), RoleSessionName: "own" })),
  },
  {
    name: "a function of one's own: create, configure, delete",
    run: async (caller) => {
      const lambda = caller.client(LambdaClient);
      const FunctionName = "own";
      const ZipFile = Buffer.from("UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==", "base64");
      await lambda.send(new CreateFunctionCommand({ FunctionName, Role: ownRole(caller), Runtime: "nodejs22.x", Handler: "index.handler", Code: { ZipFile } }));
      await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Timeout: 5 }));
      await lambda.send(new DeleteFunctionCommand({ FunctionName }));
    },
  },
  {
    name: "a queue of one's own: send, receive, purge",
    run: async (caller) => {
      const sqs = caller.client(SQSClient);
      const QueueUrl = await queue(caller);
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "hello" }));
      await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
      await sqs.send(new PurgeQueueCommand({ QueueUrl }));
    },
  },
  {
    name: "an event rule of one's own",
    run: async (caller) => {
      const events = caller.client(EventBridgeClient);
      await queue(caller);
      await events.send(new PutRuleCommand({ Name: "own", EventPattern: '{"source":["own.app"]}' }));
      await events.send(new PutTargetsCommand({ Rule: "own", Targets: [{ Id: "own", Arn: `arn:aws:sqs:${caller.region}:${caller.account}:own` }] }));
      await events.send(new RemoveTargetsCommand({ Rule: "own", Ids: ["own"] }));
      await events.send(new DeleteRuleCommand({ Name: "own" }));
    },
  },
  {
    name: "a log group of one's own: create, retain, delete",
    run: async (caller) => {
      const logs = caller.client(CloudWatchLogsClient);
      await logs.send(new CreateLogGroupCommand({ logGroupName: "/own/app" }));
      await logs.send(new PutRetentionPolicyCommand({ logGroupName: "/own/app", retentionInDays: 7 }));
      await logs.send(new DeleteLogGroupCommand({ logGroupName: "/own/app" }));
    },
  },
  {
    name: "another service's resource policy for its logs",
    run: (caller) =>
      caller.client(CloudWatchLogsClient).send(
        new PutResourcePolicyCommand({
          policyName: "route53",
          policyDocument: JSON.stringify({
            Version: "2012-10-17",
            Statement: [{ Effect: "Allow", Principal: { Service: "route53.amazonaws.com" }, Action: "logs:PutLogEvents", Resource: "*" }],
          }),
        }),
      ),
  },
  {
    name: "a key of one's own, scheduled for deletion",
    run: async (caller) => {
      const { KeyMetadata } = await caller.client(KMSClient).send(new CreateKeyCommand({}));
      await caller.client(KMSClient).send(new ScheduleKeyDeletionCommand({ KeyId: KeyMetadata?.KeyId, PendingWindowInDays: 7 }));
    },
  },
  {
    name: "a secret of one's own",
    run: async (caller) => {
      await caller.client(SecretsManagerClient).send(new CreateSecretCommand({ Name: "own", SecretString: "x" }));
      await caller.client(SecretsManagerClient).send(new GetSecretValueCommand({ SecretId: "own" }));
    },
  },
  {
    name: "a table of one's own",
    run: async (caller) => {
      const dynamodb = caller.client(DynamoDBClient);
      await dynamodb.send(
        new CreateTableCommand({
          TableName: "own",
          BillingMode: "PAY_PER_REQUEST",
          KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
          AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
        }),
      );
      await dynamodb.send(new PutItemCommand({ TableName: "own", Item: { id: { S: "1" } } }));
    },
  },
  {
    name: "a bucket's policy, lifecycle and objects",
    run: async (caller, world) => {
      const s3 = caller.client(S3Client);
      const Bucket = await world.ground("s3").bucket(caller);
      await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Version: "2012-10-17", Statement: [{ Sid: "Tls", Effect: "Deny", Principal: "*", Action: "s3:*", Resource: `arn:aws:s3:::${Bucket}/*`, Condition: { Bool: { "aws:SecureTransport": "false" } } }] }) }));
      await s3.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules: [{ ID: "own", Status: "Enabled", Filter: { Prefix: "" }, Expiration: { Days: 1 } }] } }));
      await s3.send(new PutObjectCommand({ Bucket, Key: "own", Body: "own" }));
      await s3.send(new DeleteObjectCommand({ Bucket, Key: "own" }));
    },
  },
  {
    name: "a stack of one's own",
    run: (caller) =>
      caller.client(CloudFormationClient).send(
        new CreateStackCommand({ StackName: "own", TemplateBody: '{"Resources":{"Topic":{"Type":"AWS::SNS::Topic"}}}' }),
      ),
  },
];

async function row(name: string, by: string, run: () => Promise<unknown>): Promise<OrdinaryRow> {
  try {
    await run();
    return { name, by, result: "done", detail: "" };
  } catch (thrown) {
    const detail = errorText(thrown);
    return { name, by, result: "REFUSED", detail };
  }
}

/**
 * An administrator's work in one account and Region, and everyday work on resources of each source.
 *
 * @param standing the resources that each kind of principal works on; each its own, since names and quotas are shared
 */
export async function workOrdinarily(
  world: World,
  standing: Readonly<Partial<Record<Kind, readonly Standing[]>>>,
  account: string,
  region: string,
): Promise<OrdinaryRow[]> {
  const rows: OrdinaryRow[] = [];
  const administrator = world.caller("administrator", account, region);
  for (const { name, run } of administration) rows.push(await row(name, "administrator", () => run(administrator, world)));
  for (const [kind, resources] of Object.entries(standing) as [Kind, readonly Standing[]][])
    for (const { source, exercise, account: owner, region: place, made } of resources)
      for (const act of exercise.ordinary)
        rows.push(await row(act.name, kind, () => act.run(world.caller(kind, owner, place), made, world.ground(source.name))));
  return rows;
}
