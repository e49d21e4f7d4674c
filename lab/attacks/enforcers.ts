/** Stopping, starving, replacing or deceiving the enforcers of a member account. */
import {
  CloudFormationClient,
  CreateChangeSetCommand,
  DeleteStackCommand,
  SetStackPolicyCommand,
  UpdateStackCommand,
} from "@aws-sdk/client-cloudformation";
import {
  CloudWatchLogsClient,
  DeleteLogGroupCommand,
  PutLogEventsCommand,
  PutRetentionPolicyCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import {
  DeleteRuleCommand,
  DisableRuleCommand,
  EventBridgeClient,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  UpdateEventBusCommand,
} from "@aws-sdk/client-eventbridge";
import {
  AddPermissionCommand,
  CreateFunctionCommand,
  DeleteFunctionCommand,
  DeleteFunctionEventInvokeConfigCommand,
  InvokeCommand,
  LambdaClient,
  PutFunctionConcurrencyCommand,
  RemovePermissionCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import {
  DeleteQueueCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SQSClient,
  SendMessageCommand,
  SetQueueAttributesCommand,
} from "@aws-sdk/client-sqs";
import { attacks } from "./attack";
import type { Target } from "./attack";

const zip = Buffer.from("UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==", "base64");
const fn = ({ names }: Target) => ({ FunctionName: names.enforcerFunction("vpc") });
const rule = ({ names }: Target) => names.eventRule("vpc");
const queueUrl = ({ names, region, account }: Target) =>
  `https://sqs.${region}.amazonaws.com/${account}/${names.deadLetterQueue}`;

export const enforcerAttacks = attacks("scp", "member", {
  "encrypt every event with a key of one's own, to take it away": (send, { account, region }) =>
    send(EventBridgeClient, new UpdateEventBusCommand({ Name: "default", KmsKeyIdentifier: `arn:aws:kms:${region}:${account}:alias/mine` })),
  "delete an enforcer": (send, target) => send(LambdaClient, new DeleteFunctionCommand(fn(target))),
  "replace an enforcer's code": (send, target) =>
    send(LambdaClient, new UpdateFunctionCodeCommand({ ...fn(target), ZipFile: zip })),
  "re-configure an enforcer": (send, target) =>
    send(LambdaClient, new UpdateFunctionConfigurationCommand({ ...fn(target), Timeout: 1 })),
  "starve an enforcer of concurrency": (send, target) =>
    send(LambdaClient, new PutFunctionConcurrencyCommand({ ...fn(target), ReservedConcurrentExecutions: 0 })),
  "drop an enforcer's retries and failure destination": (send, target) =>
    send(LambdaClient, new DeleteFunctionEventInvokeConfigCommand(fn(target))),
  "take EventBridge its permission to invoke": (send, target) =>
    send(LambdaClient, new RemovePermissionCommand({ ...fn(target), StatementId: "events" })),
  "let another account invoke an enforcer": (send, target) =>
    send(
      LambdaClient,
      new AddPermissionCommand({ ...fn(target), StatementId: "own", Action: "lambda:InvokeFunction", Principal: "999999999999" }),
    ),
  "invoke an enforcer with a forged event": (send, target) =>
    send(LambdaClient, new InvokeCommand({ ...fn(target), Payload: Buffer.from("{}") })),
  "create a function under an enforcer's name": (send, target) =>
    send(
      LambdaClient,
      new CreateFunctionCommand({
        FunctionName: target.names.enforcerFunction("next"),
        Role: target.ownRoleArn,
        Runtime: "nodejs22.x",
        Handler: "index.handler",
        Code: { ZipFile: zip },
      }),
    ),
  "disable an event rule": (send, target) => send(EventBridgeClient, new DisableRuleCommand({ Name: rule(target) })),
  "delete an event rule": (send, target) => send(EventBridgeClient, new DeleteRuleCommand({ Name: rule(target) })),
  "remove an event rule's target": (send, target) =>
    send(EventBridgeClient, new RemoveTargetsCommand({ Rule: rule(target), Ids: ["enforcer"] })),
  "re-point an event rule's target": (send, target) =>
    send(
      EventBridgeClient,
      new PutTargetsCommand({ Rule: rule(target), Targets: [{ Id: "enforcer", Arn: `arn:aws:sqs:${target.region}:${target.account}:own` }] }),
    ),
  "empty an event rule's pattern": (send, target) =>
    send(EventBridgeClient, new PutRuleCommand({ Name: rule(target), EventPattern: '{"source":["nobody"]}' })),
  "slow the sweep down": (send, { names }) =>
    send(EventBridgeClient, new PutRuleCommand({ Name: names.sweepRule("vpc"), ScheduleExpression: "rate(365 days)" })),
  "stop the reports of denied attempts": (send, { names }) =>
    send(EventBridgeClient, new DisableRuleCommand({ Name: names.deniedRule })),
  "purge the dead-letter queue": (send, target) => send(SQSClient, new PurgeQueueCommand({ QueueUrl: queueUrl(target) })),
  "delete the dead-letter queue": (send, target) => send(SQSClient, new DeleteQueueCommand({ QueueUrl: queueUrl(target) })),
  "hide the dead letters by receiving them": (send, target) =>
    send(SQSClient, new ReceiveMessageCommand({ QueueUrl: queueUrl(target) })),
  "shorten the dead-letter queue's retention": (send, target) =>
    send(SQSClient, new SetQueueAttributesCommand({ QueueUrl: queueUrl(target), Attributes: { MessageRetentionPeriod: "60" } })),
  "bury the dead letters under forged ones": (send, target) =>
    send(SQSClient, new SendMessageCommand({ QueueUrl: queueUrl(target), MessageBody: "{}" })),
  "put a forged outcome on the central bus": (send, { names }) =>
    send(
      EventBridgeClient,
      new PutEventsCommand({ Entries: [{ EventBusName: names.busArn, Source: "fall", DetailType: "FALL outcome", Detail: "{}" }] }),
    ),
  "update a stack of another StackSet, as its execution role": (send, { account, region }) =>
    send(
      CloudFormationClient,
      new UpdateStackCommand({
        StackName: `arn:aws:cloudformation:${region}:${account}:stack/StackSet-AWSControlTowerBaseline-1/0`,
        TemplateBody: "{}",
      }),
    ),
  "delete the enforcers' stack": (send, { stackArn }) =>
    send(CloudFormationClient, new DeleteStackCommand({ StackName: stackArn })),
  "update the enforcers' stack": (send, { stackArn }) =>
    send(CloudFormationClient, new UpdateStackCommand({ StackName: stackArn, TemplateBody: "{}" })),
  "prepare a change of the enforcers' stack": (send, { stackArn }) =>
    send(CloudFormationClient, new CreateChangeSetCommand({ StackName: stackArn, ChangeSetName: "own", TemplateBody: "{}" })),
  "put a policy on the enforcers' stack": (send, { stackArn }) =>
    send(CloudFormationClient, new SetStackPolicyCommand({ StackName: stackArn, StackPolicyBody: "{}" })),
  "delete an enforcer's own log": (send, { names }) =>
    send(CloudWatchLogsClient, new DeleteLogGroupCommand({ logGroupName: `/aws/lambda/${names.enforcerFunction("vpc")}` })),
  "shorten the retention of an enforcer's own log": (send, { names }) =>
    send(
      CloudWatchLogsClient,
      new PutRetentionPolicyCommand({ logGroupName: `/aws/lambda/${names.enforcerFunction("vpc")}`, retentionInDays: 1 }),
    ),
  "write into an enforcer's own log": (send, { names }) =>
    send(
      CloudWatchLogsClient,
      new PutLogEventsCommand({
        logGroupName: `/aws/lambda/${names.enforcerFunction("vpc")}`,
        logStreamName: "forged",
        logEvents: [{ timestamp: 0, message: "all is well" }],
      }),
    ),
});
