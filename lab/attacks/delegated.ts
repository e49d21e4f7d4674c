/** Silencing, bribing or replacing the delegated administrator: code, exclusions, bus, notifier, status. */
import { CloudFormationClient, CreateStackSetCommand, DeleteStackInstancesCommand, UpdateStackSetCommand } from "@aws-sdk/client-cloudformation";
import { DeleteTableCommand, DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { DeleteEventBusCommand, DisableRuleCommand, EventBridgeClient, RemovePermissionCommand } from "@aws-sdk/client-eventbridge";
import { DeleteEventSourceMappingCommand, DeleteFunctionCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { DeleteObjectCommand, PutBucketPolicyCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import {
  DeleteSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { PurgeQueueCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { attacks } from "./attack";
import type { Target } from "./attack";

const code = ({ names, region }: Target) => ({ Bucket: names.codeBucket(region) });
const secret = ({ names }: Target) => ({ SecretId: names.webhookSecret("security-slack") });
const queueUrl = ({ names, region, account }: Target) =>
  `https://sqs.${region}.amazonaws.com/${account}/${names.notificationQueue}`;

export const delegatedAttacks = attacks("scp", "delegated", {
  "exclude everything by the central list": (send, target) =>
    send(S3Client, new PutObjectCommand({ ...code(target), Key: target.names.exclusionsKey, Body: '{"exclusions":[]}' })),
  "delete the central list": (send, target) =>
    send(S3Client, new DeleteObjectCommand({ ...code(target), Key: target.names.exclusionsKey })),
  "replace the code bucket's policy": (send, target) => send(S3Client, new PutBucketPolicyCommand({ ...code(target), Policy: "{}" })),
  "delete the central bus": (send, { names }) => send(EventBridgeClient, new DeleteEventBusCommand({ Name: names.bus })),
  "close the central bus": (send, { names }) =>
    send(EventBridgeClient, new RemovePermissionCommand({ EventBusName: names.bus, RemoveAllPermissions: true })),
  "disable the notifier's rule": (send, { names }) =>
    send(EventBridgeClient, new DisableRuleCommand({ Name: names.notificationQueue, EventBusName: names.bus })),
  "delete the notifier": (send, { names }) =>
    send(LambdaClient, new DeleteFunctionCommand({ FunctionName: names.notifierFunction })),
  "delete the watcher": (send, { names }) =>
    send(LambdaClient, new DeleteFunctionCommand({ FunctionName: names.watcherFunction })),
  "cut the notifier off its queue": (send, { mappingId }) =>
    send(LambdaClient, new DeleteEventSourceMappingCommand({ UUID: mappingId })),
  "purge the notifications": (send, target) => send(SQSClient, new PurgeQueueCommand({ QueueUrl: queueUrl(target) })),
  "hide notifications by receiving them": (send, target) =>
    send(SQSClient, new ReceiveMessageCommand({ QueueUrl: queueUrl(target) })),
  "bury notifications under forged ones": (send, target) =>
    send(SQSClient, new SendMessageCommand({ QueueUrl: queueUrl(target), MessageBody: "{}" })),
  "read a webhook's secret": (send, target) => send(SecretsManagerClient, new GetSecretValueCommand(secret(target))),
  "re-point a webhook": (send, target) =>
    send(SecretsManagerClient, new PutSecretValueCommand({ ...secret(target), SecretString: "https://example.com" })),
  "delete a webhook's secret": (send, target) => send(SecretsManagerClient, new DeleteSecretCommand(secret(target))),
  "delete the status table": (send, { names }) => send(DynamoDBClient, new DeleteTableCommand({ TableName: names.statusTable })),
  "forge a heartbeat": (send, { names }) =>
    send(
      DynamoDBClient,
      new PutItemCommand({ TableName: names.statusTable, Item: { pk: { S: "heartbeat" }, sk: { S: "forged" } } }),
    ),
  "run a template of one's own in every member": (send) =>
    send(
      CloudFormationClient,
      new CreateStackSetCommand({ StackSetName: "own", TemplateBody: "{}", CallAs: "DELEGATED_ADMIN", PermissionModel: "SERVICE_MANAGED" }),
    ),
  "replace the enforcers' template": (send, { names }) =>
    send(
      CloudFormationClient,
      new UpdateStackSetCommand({ StackSetName: names.regionalStackSet, TemplateBody: "{}", CallAs: "DELEGATED_ADMIN" }),
    ),
  "take the enforcers out of the members": (send, { names, region }) =>
    send(
      CloudFormationClient,
      new DeleteStackInstancesCommand({
        StackSetName: names.regionalStackSet,
        Regions: [region],
        RetainStacks: false,
        CallAs: "DELEGATED_ADMIN",
      }),
    ),
});
