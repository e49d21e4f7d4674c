/**
 * The regional StackSet's template: what stands in every governed Region of every account and forces the logs.
 *
 * One function a log source with its rules, and around them one dead-letter queue with its alarm and the two rules
 * that forward to the central bus. No parameters: what differs by Region is `${AWS::Region}`, and a global source
 * exists in us-east-1 only, where its calls are recorded. The roles are the global template's.
 */
import { enforcerEnvironment } from "../../functions/enforcer/environment";
import { sources } from "../../functions/sources";
import type { LogSource } from "../../functions/sources/log-source";
import type { Configuration } from "../config/configuration";
import { namesFor } from "../names";
import { archivePattern } from "./archive-pattern";
import { recorder } from "./config-recording";
import { alarmPattern, deniedPattern, type EventPattern, READS_TOO, sourcePattern } from "./event-patterns";
import { deadLetterQueuePolicy } from "./queue-policies";
import { ACCOUNT, logicalId, REGION, substituted, type Template, type TemplateResource } from "./template";

type Resources = Record<string, TemplateResource>;

/** Six hours: what could not be enforced by then is the next sweep's, and lies in the dead-letter queue to be seen. */
const MAXIMUM_AGE_SECONDS = 21_600;

/** Days. The functions' own logs; what they did is an event on the central bus, and every call of theirs in the trail. */
const LOG_RETENTION = 90;

const IN_HOME_REGION = "InHomeRegion";
const IN_ARCHIVE = "InArchive";
const QUEUE = "DeadLetterQueue";
const queueArn = { "Fn::GetAtt": [QUEUE, "Arn"] };

function deadLetters(config: Configuration): Resources {
  const { deadLetterQueue, deadLetterAlarm } = namesFor(config);
  return {
    [QUEUE]: {
      Type: "AWS::SQS::Queue",
      DeletionPolicy: "Delete",
      UpdateReplacePolicy: "Retain",
      // EventBridge can't write to a queue encrypted with alias/aws/sqs, but to one with Amazon SQS's own encryption.
      Properties: { QueueName: deadLetterQueue, MessageRetentionPeriod: 1_209_600, SqsManagedSseEnabled: true },
    },
    DeadLetterQueuePolicy: {
      Type: "AWS::SQS::QueuePolicy",
      Properties: { Queues: [{ Ref: QUEUE }], PolicyDocument: deadLetterQueuePolicy(config, ACCOUNT, REGION) },
    },
    DeadLetterAlarm: {
      Type: "AWS::CloudWatch::Alarm",
      Properties: {
        AlarmName: deadLetterAlarm,
        AlarmDescription: "Something could not be forced: look at the queue, then run the redrive command",
        Namespace: "AWS/SQS",
        MetricName: "ApproximateNumberOfMessagesVisible",
        Dimensions: [{ Name: "QueueName", Value: { "Fn::GetAtt": [QUEUE, "QueueName"] } }],
        Statistic: "Maximum",
        Period: 300,
        EvaluationPeriods: 1,
        Threshold: 0,
        ComparisonOperator: "GreaterThanThreshold",
        TreatMissingData: "notBreaching",
      },
    },
  };
}

/** A rule whose events go to the central bus of the delegated account. */
function forwarded(config: Configuration, name: string, description: string, pattern: EventPattern, state = "ENABLED"): TemplateResource {
  const { busArn, roleArn, roleName } = namesFor(config);
  return {
    Type: "AWS::Events::Rule",
    DependsOn: ["DeadLetterQueuePolicy"],
    Properties: {
      Name: name,
      Description: description,
      EventPattern: pattern,
      State: state,
      Targets: [
        {
          Id: "central-bus",
          Arn: busArn,
          RoleArn: roleArn(roleName.forwarder, ACCOUNT),
          DeadLetterConfig: { Arn: queueArn },
        },
      ],
    },
  };
}

/** A rule that invokes an enforcer, and the permission to. */
function invoking(rule: string, functionId: string, properties: Readonly<Record<string, unknown>>): Resources {
  return {
    [rule]: {
      Type: "AWS::Events::Rule",
      DependsOn: ["DeadLetterQueuePolicy"],
      Properties: {
        ...properties,
        State: "ENABLED",
        Targets: [
          {
            Id: "enforcer",
            Arn: { "Fn::GetAtt": [functionId, "Arn"] },
            DeadLetterConfig: { Arn: queueArn },
            RetryPolicy: { MaximumEventAgeInSeconds: MAXIMUM_AGE_SECONDS, MaximumRetryAttempts: 185 },
          },
        ],
      },
    },
    [`${rule}Permission`]: {
      Type: "AWS::Lambda::Permission",
      Properties: {
        Action: "lambda:InvokeFunction",
        FunctionName: { Ref: functionId },
        Principal: "events.amazonaws.com",
        SourceAccount: ACCOUNT,
        SourceArn: { "Fn::GetAtt": [rule, "Arn"] },
      },
    },
  };
}

function enforcer(config: Configuration, source: LogSource, codeKey: string): Resources {
  const names = namesFor(config);
  const id = logicalId(source.name);
  const functionName = names.enforcerFunction(source.name);
  return {
    [`${id}Logs`]: {
      Type: "AWS::Logs::LogGroup",
      // Retained, its fixed name would make the next deployment after a step back fail in every account.
      DeletionPolicy: "Delete",
      UpdateReplacePolicy: "Retain",
      Properties: { LogGroupName: `/aws/lambda/${functionName}`, RetentionInDays: LOG_RETENTION },
    },
    [`${id}Enforcer`]: {
      Type: "AWS::Lambda::Function",
      Properties: {
        FunctionName: functionName,
        Description: `Forces ${source.title}`,
        Runtime: "nodejs22.x",
        Architectures: ["arm64"],
        Handler: "index.handler",
        Code: { S3Bucket: names.codeBucket(REGION), S3Key: codeKey },
        Role: names.roleArn(names.roleName.enforcer(source.name), ACCOUNT),
        MemorySize: 256,
        Timeout: 300,
        ...(config.reservedConcurrency !== undefined && { ReservedConcurrentExecutions: config.reservedConcurrency }),
        LoggingConfig: { LogGroup: { Ref: `${id}Logs` } },
        Environment: {
          Variables: enforcerEnvironment(names, config.sources[source.name]!.via),
        },
      },
    },
    [`${id}Invocations`]: {
      Type: "AWS::Lambda::EventInvokeConfig",
      Properties: {
        FunctionName: { Ref: `${id}Enforcer` },
        Qualifier: "$LATEST",
        MaximumRetryAttempts: 2,
        MaximumEventAgeInSeconds: MAXIMUM_AGE_SECONDS,
        DestinationConfig: { OnFailure: { Destination: queueArn } },
      },
    },
    ...invoking(`${id}Events`, `${id}Enforcer`, {
      Name: names.eventRule(source.name),
      Description: `Calls after which ${source.title} are looked at again`,
      EventPattern: sourcePattern(source),
    }),
    ...invoking(`${id}Sweep`, `${id}Enforcer`, {
      Name: names.sweepRule(source.name),
      Description: `Looks at everything that can have ${source.title}`,
      ScheduleExpression: `rate(${config.sweepMinutes} minutes)`,
    }),
  };
}

function onlyAtHome(resources: Resources): Resources {
  return Object.fromEntries(Object.entries(resources).map(([id, resource]) => [id, { ...resource, Condition: IN_HOME_REGION }]));
}

/**
 * @param codeKeys by source: the key of its enforcer's code in every Region's code bucket
 * @param table the log sources; a test may give others
 * @throws Error naming a source whose code is missing
 */
export function regionalTemplate(
  config: Configuration,
  codeKeys: Readonly<Record<string, string>>,
  table: readonly LogSource[] = sources,
): Template {
  const names = namesFor(config);
  const enforcers = table.map((source) => {
    const codeKey = codeKeys[source.name];
    if (codeKey === undefined) throw new Error(`the enforcer of ${source.name} is not packaged`);
    const resources = enforcer(config, source, codeKey);
    return source.scope === "global" ? onlyAtHome(resources) : resources;
  });
  const resources: Resources = {
    ...deadLetters(config),
    DeniedRule: forwarded(config, names.deniedRule, "Calls that the organization's control policies refused", deniedPattern(), READS_TOO),
    AlarmRule: forwarded(config, names.alarmRule, "Alarms of the enforcers", alarmPattern(names)),
    ArchiveRule: {
      ...forwarded(config, names.archiveRule, "Whatever is done in the archive's account that is no delivery of a log", archivePattern(config), READS_TOO),
      Condition: IN_ARCHIVE,
    },
    ...recorder(config, IN_HOME_REGION),
    ...Object.assign({}, ...enforcers),
  };
  return {
    AWSTemplateFormatVersion: "2010-09-09",
    Description: "Force-and-Lock-Logs: the enforcers of one account and Region",
    Conditions: {
      [IN_HOME_REGION]: { "Fn::Equals": [{ Ref: "AWS::Region" }, config.homeRegion] },
      [IN_ARCHIVE]: { "Fn::Equals": [{ Ref: "AWS::AccountId" }, config.accounts.logArchive] },
    },
    Resources: substituted(resources) as Resources,
  };
}
