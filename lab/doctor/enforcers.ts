/** Breakages of the enforcers of one account and Region: functions, rules, roles, queue, what they say of themselves. */
import { CloudWatchLogsClient, CreateLogStreamCommand, DeleteLogStreamCommand, DescribeLogStreamsCommand, PutLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DeleteRuleCommand, DescribeRuleCommand, DisableRuleCommand, EnableRuleCommand, EventBridgeClient, ListTargetsByRuleCommand, PutRuleCommand, PutTargetsCommand, RemoveTargetsCommand } from "@aws-sdk/client-eventbridge";
import { GetRolePolicyCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { AddPermissionCommand, DeleteFunctionConcurrencyCommand, GetFunctionConfigurationCommand, GetPolicyCommand, LambdaClient, PutFunctionConcurrencyCommand, RemovePermissionCommand, UpdateFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import { DeleteMessageCommand, GetQueueUrlCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { enforcerNodes } from "../../commands/doctor/nodes";
import { without } from "./archive";
import { atMember, type Bench, type Breakage, type Undo } from "./bench";

const SOURCE = "vpc";
const nodes = ({ config, member, home }: Bench, source = SOURCE) => enforcerNodes(config, source, { account: member, region: home });
const there = (bench: Bench) => bench.direct(bench.member);
const lambda = (bench: Bench) => there(bench).client(LambdaClient);
const events = (bench: Bench) => there(bench).client(EventBridgeClient);
const FunctionName = ({ lab }: Bench) => lab.world.names.enforcerFunction(SOURCE);
const at = (part: "function" | "events" | "sweep" | "role", cause: string) => (bench: Bench) => ({ cause, what: nodes(bench)[part] });

/** A rule with its targets, and how to make it so again. */
async function rule(bench: Bench, Name: string) {
  const { EventPattern, ScheduleExpression, Description, State } = await events(bench).send(new DescribeRuleCommand({ Name }));
  const { Targets = [] } = await events(bench).send(new ListTargetsByRuleCommand({ Rule: Name }));
  const Ids = Targets.map(({ Id }) => Id!);
  const put = (pattern = EventPattern) => events(bench).send(new PutRuleCommand({ Name, EventPattern: pattern, ScheduleExpression, Description, State }));
  const untargeted = () => events(bench).send(new RemoveTargetsCommand({ Rule: Name, Ids }));
  const targeted = () => events(bench).send(new PutTargetsCommand({ Rule: Name, Targets }));
  return { put, untargeted, targeted };
}

async function silenced(bench: Bench): Promise<Undo> {
  const logs = there(bench).client(CloudWatchLogsClient);
  const logGroupName = `/aws/lambda/${FunctionName(bench)}`;
  const { logStreams = [] } = await logs.send(new DescribeLogStreamsCommand({ logGroupName }));
  for (const { logStreamName } of logStreams) await logs.send(new DeleteLogStreamCommand({ logGroupName, logStreamName }));
  const speak = async (logStreamName: string, ago: number) => {
    await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
    await logs.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents: [{ timestamp: Date.now() - ago, message: "{}" }] }));
  };
  await speak("long-ago", 6 * 3_600_000);
  return () => speak("again", 0);
}

export const enforcerBreakages: readonly Breakage[] = [
  {
    name: "the enforcer's concurrency is reserved away",
    asked: atMember(SOURCE),
    plant: async (bench) => {
      await lambda(bench).send(new PutFunctionConcurrencyCommand({ FunctionName: FunctionName(bench), ReservedConcurrentExecutions: 0 }));
      return () => lambda(bench).send(new DeleteFunctionConcurrencyCommand({ FunctionName: FunctionName(bench) }));
    },
    named: at("function", "enforcer-starved"),
  },
  {
    name: "the enforcer is told of another archive",
    asked: atMember(SOURCE),
    plant: async (bench) => {
      const { Environment } = await lambda(bench).send(new GetFunctionConfigurationCommand({ FunctionName: FunctionName(bench) }));
      const put = (Variables: Record<string, string>) => lambda(bench).send(new UpdateFunctionConfigurationCommand({ FunctionName: FunctionName(bench), Environment: { Variables } }));
      const before = { ...Environment!.Variables };
      await put({ ...before, FALL_LOG_ARCHIVE_ACCOUNT: "999999999999" });
      return () => put(before);
    },
    named: at("function", "enforcer-environment"),
  },
  {
    name: "the enforcer's rule may not invoke it",
    asked: atMember(SOURCE),
    plant: async (bench) => {
      const { Policy = "" } = await lambda(bench).send(new GetPolicyCommand({ FunctionName: FunctionName(bench) }));
      const statements = (JSON.parse(Policy) as { Statement: { Sid: string; Condition: { ArnLike?: Record<string, string> } }[] }).Statement;
      const { Sid } = statements.find(({ Condition }) => Object.values(Condition.ArnLike ?? {}).includes(nodes(bench).events))!;
      await lambda(bench).send(new RemovePermissionCommand({ FunctionName: FunctionName(bench), StatementId: Sid }));
      return () =>
        lambda(bench).send(new AddPermissionCommand({ FunctionName: FunctionName(bench), StatementId: Sid, Action: "lambda:InvokeFunction", Principal: "events.amazonaws.com", SourceArn: nodes(bench).events, SourceAccount: bench.member }));
    },
    named: at("events", "rule-refused"),
  },
  {
    name: "the enforcer's rule is disabled",
    asked: atMember(SOURCE),
    plant: async (bench) => {
      const Name = bench.lab.world.names.eventRule(SOURCE);
      await events(bench).send(new DisableRuleCommand({ Name }));
      return () => events(bench).send(new EnableRuleCommand({ Name }));
    },
    named: at("events", "rule-disabled"),
  },
  {
    name: "the enforcer's rule matches nothing",
    asked: atMember(SOURCE),
    plant: async (bench) => {
      const { put } = await rule(bench, bench.lab.world.names.eventRule(SOURCE));
      await put(JSON.stringify({ source: ["nobody"] }));
      return () => put();
    },
    named: at("events", "rule-pattern"),
  },
  {
    name: "the enforcer's rule leads nowhere",
    asked: atMember(SOURCE),
    plant: async (bench) => {
      const { untargeted, targeted } = await rule(bench, bench.lab.world.names.eventRule(SOURCE));
      await untargeted();
      return targeted;
    },
    named: at("events", "rule-target"),
  },
  {
    name: "the enforcer's sweep is gone",
    asked: atMember(SOURCE),
    plant: async (bench) => {
      const Name = bench.lab.world.names.sweepRule(SOURCE);
      const { put, untargeted, targeted } = await rule(bench, Name);
      await untargeted();
      await events(bench).send(new DeleteRuleCommand({ Name }));
      return () => put().then(targeted);
    },
    named: at("sweep", "rule-missing"),
  },
  {
    name: "the enforcer's role may do less than it needs",
    asked: atMember(SOURCE),
    plant: async (bench) => {
      const iam = there(bench).client(IAMClient);
      const RoleName = bench.lab.world.names.roleName.enforcer(SOURCE);
      const { PolicyDocument = "" } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName: RoleName }));
      const document = decodeURIComponent(PolicyDocument);
      const put = (text: string) => iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: RoleName, PolicyDocument: text }));
      await put(without(/^Permission3$/)(document));
      return () => put(document);
    },
    named: at("role", "role-policy"),
  },
  {
    name: "an event waits in the dead-letter queue",
    asked: atMember(SOURCE),
    plant: async (bench) => {
      const sqs = there(bench).client(SQSClient);
      const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: bench.lab.world.names.deadLetterQueue }));
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "{}" }));
      return async () => {
        const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
        for (const { ReceiptHandle } of Messages) await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      };
    },
    named: ({ lab, member, home }) => ({ cause: "dead-letters", what: `arn:aws:sqs:${home}:${member}:${lab.world.names.deadLetterQueue}` }),
  },
  { name: "the enforcer has not spoken for hours", asked: atMember(SOURCE), plant: silenced, named: (bench) => ({ cause: "enforcer-silent", what: `sweeps of ${nodes(bench).function}` }) },
];
