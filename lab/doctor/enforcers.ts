/** Breakages of the enforcers of one account and Region: functions, rules, roles, queue, what they say of themselves. */
import { CloudWatchLogsClient, CreateLogStreamCommand, DeleteLogStreamCommand, DescribeLogStreamsCommand, PutLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DeleteRuleCommand, DescribeRuleCommand, DisableRuleCommand, EnableRuleCommand, EventBridgeClient, ListTargetsByRuleCommand, PutRuleCommand, PutTargetsCommand, RemoveTargetsCommand } from "@aws-sdk/client-eventbridge";
import { DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import {
  CreatePolicyCommand, CreateRoleCommand, DeletePolicyCommand, DeleteRoleCommand, DeleteRolePermissionsBoundaryCommand, DeleteRolePolicyCommand, GetRoleCommand, GetRolePolicyCommand, IAMClient, PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand, UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { AddPermissionCommand, CreateFunctionCommand, DeleteFunctionCommand, DeleteFunctionConcurrencyCommand, GetFunctionCommand, GetFunctionConfigurationCommand, GetFunctionEventInvokeConfigCommand, GetPolicyCommand, LambdaClient, PutFunctionConcurrencyCommand, PutFunctionEventInvokeConfigCommand, RemovePermissionCommand, UpdateFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import { CreateQueueCommand, DeleteMessageCommand, DeleteQueueCommand, GetQueueAttributesCommand, GetQueueUrlCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { enforcerNodes } from "../../commands/doctor/nodes";
import { FIRST_SEEN, HEARTBEAT, keyOf } from "../../functions/status-keys";
import { directly } from "../scenario/status-rows";
import { without } from "./archive";
import { atMember, withoutRight, type Bench, type Breakage, type Undo } from "./bench";

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
  const put = (pattern = EventPattern, schedule = ScheduleExpression) => events(bench).send(new PutRuleCommand({ Name, EventPattern: pattern, ScheduleExpression: schedule, Description, State }));
  const untargeted = () => events(bench).send(new RemoveTargetsCommand({ Rule: Name, Ids }));
  const targeted = (Arn?: string) => events(bench).send(new PutTargetsCommand({ Rule: Name, Targets: Targets.map((target) => ({ ...target, ...(Arn !== undefined && { Arn }) })) }));
  return { put, untargeted, targeted };
}

/** Its heartbeat in the status table is of long ago. */
async function quieted(bench: Bench): Promise<Undo> {
  const client = new DynamoDBClient(directly(bench.lab));
  const TableName = bench.lab.world.names.statusTable;
  const sk = { S: keyOf({ account: bench.member, region: bench.home, source: SOURCE }) };
  // The watcher has expected it for as long: one that is new has its time.
  const rows = await Promise.all([HEARTBEAT, FIRST_SEEN].map(async (pk) => (await client.send(new GetItemCommand({ TableName, Key: { pk: { S: pk }, sk } }))).Item!));
  const put = (at?: string) => Promise.all(rows.map((row) => client.send(new PutItemCommand({ TableName, Item: { ...row, ...(at !== undefined && { at: { S: at } }) } }))));
  await put(new Date(Date.now() - 6 * 3_600_000).toISOString());
  return () => put().then(() => client.destroy());
}

/** The reader may not read the status table, and the enforcer's own log is of long ago. */
async function unheard(bench: Bench): Promise<Undo> {
  const undo = await withoutRight(bench, [bench.lab.organization.delegated], "dynamodb:*");
  const speaking = await silenced(bench);
  return () => speaking().then(undo);
}

/** A rule may invoke the function. */
const permitted = (bench: Bench, StatementId: string, SourceArn: string | undefined) =>
  lambda(bench).send(new AddPermissionCommand({ FunctionName: FunctionName(bench), StatementId, Action: "lambda:InvokeFunction", Principal: "events.amazonaws.com", SourceArn, SourceAccount: bench.member }));

async function withoutFunction(bench: Bench): Promise<Undo> {
  const { Configuration, Code } = await lambda(bench).send(new GetFunctionCommand({ FunctionName: FunctionName(bench) }));
  const { Policy = "" } = await lambda(bench).send(new GetPolicyCommand({ FunctionName: FunctionName(bench) }));
  const { MaximumRetryAttempts, MaximumEventAgeInSeconds, DestinationConfig } = await lambda(bench).send(new GetFunctionEventInvokeConfigCommand({ FunctionName: FunctionName(bench) }));
  await lambda(bench).send(new DeleteFunctionCommand({ FunctionName: FunctionName(bench) }));
  return async () => {
    const { Runtime, Role, Handler, Description, Timeout, MemorySize, Environment, Architectures } = Configuration!;
    const S3Key = new URL(Code!.Location!).pathname.slice(1);
    await lambda(bench).send(
      new CreateFunctionCommand({ FunctionName: FunctionName(bench), Runtime, Role, Handler, Description, Timeout, MemorySize, Environment: { Variables: Environment!.Variables }, Architectures, Code: { S3Bucket: bench.lab.world.names.codeBucket(bench.home), S3Key } }),
    );
    await lambda(bench).send(new PutFunctionEventInvokeConfigCommand({ FunctionName: FunctionName(bench), MaximumRetryAttempts, MaximumEventAgeInSeconds, DestinationConfig }));
    for (const { Sid, Condition } of (JSON.parse(Policy) as { Statement: { Sid: string; Condition: { ArnLike: Record<string, string> } }[] }).Statement)
      await permitted(bench, Sid, Object.values(Condition.ArnLike)[0]);
  };
}

const iamOf = (bench: Bench) => there(bench).client(IAMClient);
const RoleName = ({ lab }: Bench) => lab.world.names.roleName.enforcer(SOURCE);
const EVERYTHING_DENIED = JSON.stringify({ Version: "2012-10-17", Statement: [{ Sid: "Nothing", Effect: "Deny", Action: "*", Resource: "*" }] });

async function withoutRole(bench: Bench): Promise<Undo> {
  const name = RoleName(bench);
  const { Role } = await iamOf(bench).send(new GetRoleCommand({ RoleName: name }));
  const { PolicyDocument = "" } = await iamOf(bench).send(new GetRolePolicyCommand({ RoleName: name, PolicyName: name }));
  await iamOf(bench).send(new DeleteRolePolicyCommand({ RoleName: name, PolicyName: name }));
  await iamOf(bench).send(new DeleteRoleCommand({ RoleName: name }));
  return async () => {
    const { Path, AssumeRolePolicyDocument = "", Description, MaxSessionDuration, Tags } = Role!;
    await iamOf(bench).send(new CreateRoleCommand({ RoleName: name, Path, Description, MaxSessionDuration, Tags, AssumeRolePolicyDocument: decodeURIComponent(AssumeRolePolicyDocument) }));
    await iamOf(bench).send(new PutRolePolicyCommand({ RoleName: name, PolicyName: name, PolicyDocument: decodeURIComponent(PolicyDocument) }));
  };
}

async function distrusted(bench: Bench): Promise<Undo> {
  const { Role } = await iamOf(bench).send(new GetRoleCommand({ RoleName: RoleName(bench) }));
  const trust = decodeURIComponent(Role!.AssumeRolePolicyDocument ?? "");
  const put = (PolicyDocument: string) => iamOf(bench).send(new UpdateAssumeRolePolicyCommand({ RoleName: RoleName(bench), PolicyDocument }));
  await put(trust.replace("lambda.amazonaws.com", "ec2.amazonaws.com"));
  return () => put(trust);
}

async function bounded(bench: Bench): Promise<Undo> {
  const { Policy } = await iamOf(bench).send(new CreatePolicyCommand({ PolicyName: "boundary", PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [{ Sid: "Read", Effect: "Allow", Action: "ec2:Describe*", Resource: "*" }] }) }));
  await iamOf(bench).send(new PutRolePermissionsBoundaryCommand({ RoleName: RoleName(bench), PermissionsBoundary: Policy!.Arn }));
  return () => iamOf(bench).send(new DeleteRolePermissionsBoundaryCommand({ RoleName: RoleName(bench) })).then(() => iamOf(bench).send(new DeletePolicyCommand({ PolicyArn: Policy!.Arn })));
}

async function withoutQueue(bench: Bench): Promise<Undo> {
  const sqs = there(bench).client(SQSClient);
  const QueueName = bench.lab.world.names.deadLetterQueue;
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName }));
  const { Attributes = {} } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["MessageRetentionPeriod", "Policy", "SqsManagedSseEnabled", "VisibilityTimeout"] }));
  await sqs.send(new DeleteQueueCommand({ QueueUrl }));
  return () => sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
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

type Part = "events" | "sweep";

/** A breakage of the rule for what happens, or of the one for the sweeps. */
const ofRule = (part: Part, how: string, cause: string, plant: (bench: Bench, Name: string) => Promise<Undo>): Breakage => ({
  name: `the enforcer's ${part === "events" ? "rule" : "sweep"} ${how}`,
  asked: atMember(SOURCE),
  plant: (bench) => plant(bench, part === "events" ? bench.lab.world.names.eventRule(SOURCE) : bench.lab.world.names.sweepRule(SOURCE)),
  named: at(part, cause),
});

async function disabled(bench: Bench, Name: string): Promise<Undo> {
  await events(bench).send(new DisableRuleCommand({ Name }));
  return () => events(bench).send(new EnableRuleCommand({ Name }));
}

async function gone(bench: Bench, Name: string): Promise<Undo> {
  const { put, untargeted, targeted } = await rule(bench, Name);
  await untargeted();
  await events(bench).send(new DeleteRuleCommand({ Name }));
  return () => put().then(() => targeted());
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
      return () => permitted(bench, Sid, nodes(bench).events);
    },
    named: at("events", "rule-refused"),
  },
  ...(["events", "sweep"] as const).flatMap((part) => [
    ofRule(part, "is disabled", "rule-disabled", disabled),
    ofRule(part, "is gone", "rule-missing", gone),
    ofRule(part, "leads nowhere", "rule-target", async (bench, Name) => {
      const { untargeted, targeted } = await rule(bench, Name);
      await untargeted();
      return () => targeted();
    }),
  ]),
  ofRule("events", "leads to somebody else's function", "rule-target", async (bench, Name) => {
    const { targeted } = await rule(bench, Name);
    await targeted(`arn:aws:lambda:${bench.home}:${bench.member}:function:own`);
    return () => targeted();
  }),
  ofRule("events", "matches nothing", "rule-pattern", async (bench, Name) => {
    const { put } = await rule(bench, Name);
    await put(JSON.stringify({ source: ["nobody"] }));
    return () => put();
  }),
  ofRule("sweep", "is once a week", "rule-pattern", async (bench, Name) => {
    const { put } = await rule(bench, Name);
    await put(undefined, "rate(7 days)");
    return () => put();
  }),
  {
    name: "the enforcer's role may do less than it needs",
    asked: atMember(SOURCE),
    plant: async (bench) => {
      const of = { RoleName: RoleName(bench), PolicyName: RoleName(bench) };
      const { PolicyDocument = "" } = await iamOf(bench).send(new GetRolePolicyCommand(of));
      const document = decodeURIComponent(PolicyDocument);
      const put = (text: string) => iamOf(bench).send(new PutRolePolicyCommand({ ...of, PolicyDocument: text }));
      await put(without(/^Permission3$/)(document));
      return () => put(document);
    },
    named: at("role", "role-policy"),
  },
  { name: "Lambda may not take on the enforcer's role", asked: atMember(SOURCE), plant: distrusted, named: at("role", "role-trust") },
  { name: "a permissions boundary binds the enforcer's role", asked: atMember(SOURCE), plant: bounded, named: at("role", "role-policy") },
  {
    name: "somebody's policy of the enforcer's role denies it everything",
    asked: atMember(SOURCE),
    plant: async (bench) => {
      const of = { RoleName: RoleName(bench), PolicyName: "frozen" };
      await iamOf(bench).send(new PutRolePolicyCommand({ ...of, PolicyDocument: EVERYTHING_DENIED }));
      return () => iamOf(bench).send(new DeleteRolePolicyCommand(of));
    },
    named: at("role", "role-policy"),
  },
  { name: "the enforcer's role is gone", asked: atMember(SOURCE), plant: withoutRole, named: at("role", "role-missing") },
  { name: "the enforcer's function is gone", asked: atMember(SOURCE), plant: withoutFunction, named: at("function", "enforcer-missing") },
  { name: "the dead-letter queue is gone", asked: atMember(SOURCE), plant: withoutQueue, named: ({ lab, member, home }) => ({ cause: "queue-missing", what: `arn:aws:sqs:${home}:${member}:${lab.world.names.deadLetterQueue}` }) },
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
  { name: "no heartbeat of the enforcer for hours", asked: atMember(SOURCE), plant: quieted, named: (bench) => ({ cause: "enforcer-silent", what: `sweeps of ${nodes(bench).function}` }) },
  { name: "the status table may not be read, and the enforcer has not spoken for hours", asked: atMember(SOURCE), plant: unheard, named: (bench) => ({ cause: "enforcer-silent", what: `sweeps of ${nodes(bench).function}` }) },
];
