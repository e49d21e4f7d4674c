/** Functions, who may invoke them, how they are retried, and what feeds them. */
import {
  AddPermissionCommand,
  type Architecture,
  CreateEventSourceMappingCommand,
  CreateFunctionCommand,
  type CreateFunctionCommandInput,
  DeleteEventSourceMappingCommand,
  DeleteFunctionCommand,
  DeleteFunctionConcurrencyCommand,
  DeleteFunctionEventInvokeConfigCommand,
  type DestinationConfig,
  type FunctionResponseType,
  LambdaClient,
  PutFunctionConcurrencyCommand,
  PutFunctionEventInvokeConfigCommand,
  RemovePermissionCommand,
  type Runtime,
  UpdateEventSourceMappingCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import { createHash } from "node:crypto";
import { type AnyHandler, type Context, handler, setting } from "../handler";

const lambda = ({ caller }: Context) => caller.client(LambdaClient);

/** CreateFunction's input, and what is a call of its own. */
type FunctionProps = CreateFunctionCommandInput & { readonly FunctionName: string; readonly ReservedConcurrentExecutions?: number };

async function createFunction(context: Context, { ReservedConcurrentExecutions: reserved, ...input }: FunctionProps): Promise<string> {
  const { FunctionArn } = await lambda(context).send(new CreateFunctionCommand(input));
  if (reserved !== undefined) await lambda(context).send(new PutFunctionConcurrencyCommand({ FunctionName: input.FunctionName, ReservedConcurrentExecutions: reserved }));
  return FunctionArn!;
}

/** A function's properties by the call that changes them. */
function parts({ Code, Architectures, ReservedConcurrentExecutions: reserved, ...configuration }: FunctionProps) {
  return { code: { S3Bucket: Code!.S3Bucket, S3Key: Code!.S3Key, Architectures }, reserved, configuration };
}

async function updateFunction(context: Context, props: FunctionProps, propsBefore: FunctionProps): Promise<void> {
  const { FunctionName } = props;
  if (FunctionName !== propsBefore.FunctionName) throw new Error(`the function ${propsBefore.FunctionName} can't become ${FunctionName}: it is to be deleted first`);
  const [now, before] = [parts(props), parts(propsBefore)];
  const changed = (part: "code" | "configuration") => JSON.stringify(now[part]) !== JSON.stringify(before[part]);
  if (changed("code")) await lambda(context).send(new UpdateFunctionCodeCommand({ FunctionName, ...now.code }));
  if (changed("configuration")) await lambda(context).send(new UpdateFunctionConfigurationCommand({ ...now.configuration, FunctionName }));
  const { reserved } = now;
  if (reserved === before.reserved) return;
  if (reserved === undefined) await lambda(context).send(new DeleteFunctionConcurrencyCommand({ FunctionName }));
  else await lambda(context).send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: reserved }));
}

/** A function, whatever its properties are called. */
const lambdaFunction = <Props>(read: (props: Props) => FunctionProps, arnName: string): AnyHandler =>
  handler<Props>({
    async create(context, props) {
      const input = read(props);
      return { id: input.FunctionName, attributes: { [arnName]: await createFunction(context, input) } };
    },
    async update(context, props, { props: before, made }) {
      await updateFunction(context, read(props), read(before));
      return made;
    },
    async remove(context, { id }) {
      await lambda(context).send(new DeleteFunctionCommand({ FunctionName: id }));
    },
  });

interface PulumiFunction {
  readonly name: string;
  readonly description?: string;
  readonly runtime: Runtime;
  readonly architectures?: Architecture[];
  readonly handler: string;
  readonly s3Bucket: string;
  readonly s3Key: string;
  readonly role: string;
  readonly memorySize?: number;
  readonly timeout?: number;
  readonly reservedConcurrentExecutions?: number;
  readonly environment?: { readonly variables: Record<string, string> };
}

const fromPulumi = (props: PulumiFunction): FunctionProps => ({
  FunctionName: props.name,
  Description: props.description,
  Runtime: props.runtime,
  Architectures: props.architectures,
  Handler: props.handler,
  Code: { S3Bucket: props.s3Bucket, S3Key: props.s3Key },
  Role: props.role,
  MemorySize: props.memorySize,
  Timeout: props.timeout,
  ReservedConcurrentExecutions: props.reservedConcurrentExecutions,
  Environment: props.environment && { Variables: props.environment.variables },
});

interface Permission {
  readonly FunctionName: string;
  readonly Action: string;
  readonly Principal: string;
  readonly SourceArn?: string;
  readonly SourceAccount?: string;
}

/** A permission, whatever its properties are called; its statement is named by what it says. */
function permission<Props>(read: (props: Props) => Permission): AnyHandler {
  const statementId = (props: Permission) => `fall-${createHash("sha256").update(JSON.stringify(props)).digest("hex").slice(0, 16)}`;
  return handler<Props>({
    async create(context, props) {
      const input = read(props);
      const StatementId = statementId(input);
      await lambda(context).send(new AddPermissionCommand({ ...input, StatementId }));
      return { id: StatementId, attributes: {} };
    },
    async remove(context, { id }, props) {
      await lambda(context).send(new RemovePermissionCommand({ FunctionName: read(props).FunctionName, StatementId: id }));
    },
  });
}

interface InvokeConfig {
  readonly FunctionName: string;
  readonly Qualifier?: string;
  readonly MaximumRetryAttempts?: number;
  readonly MaximumEventAgeInSeconds?: number;
  readonly DestinationConfig?: DestinationConfig;
}

/** The qualifier $LATEST is what the API means without one. */
function invokeConfig<Props>(read: (props: Props) => InvokeConfig): AnyHandler {
  return setting<Props>(
    (props) => `${read(props).FunctionName}|$LATEST`,
    (context, props) => lambda(context).send(new PutFunctionEventInvokeConfigCommand({ ...read(props), Qualifier: undefined })),
    (context, props) => lambda(context).send(new DeleteFunctionEventInvokeConfigCommand({ FunctionName: read(props).FunctionName })),
  );
}

interface PulumiInvokeConfig {
  readonly functionName: string;
  readonly maximumRetryAttempts?: number;
  readonly maximumEventAgeInSeconds?: number;
  readonly destinationConfig?: { readonly onFailure?: { readonly destination: string } };
}

interface PulumiMapping {
  readonly functionName: string;
  readonly eventSourceArn: string;
  readonly batchSize?: number;
  readonly maximumBatchingWindowInSeconds?: number;
  readonly functionResponseTypes?: FunctionResponseType[];
  readonly scalingConfig?: { readonly maximumConcurrency: number };
}

const mappingInput = ({ functionName, batchSize, maximumBatchingWindowInSeconds, functionResponseTypes, scalingConfig }: PulumiMapping) => ({
  FunctionName: functionName,
  BatchSize: batchSize,
  MaximumBatchingWindowInSeconds: maximumBatchingWindowInSeconds,
  FunctionResponseTypes: functionResponseTypes,
  ...(scalingConfig && { ScalingConfig: { MaximumConcurrency: scalingConfig.maximumConcurrency } }),
});

export const lambdaHandlers: Readonly<Record<string, AnyHandler>> = {
  "aws:lambda/function:Function": lambdaFunction<PulumiFunction>(fromPulumi, "arn"),
  "AWS::Lambda::Function": lambdaFunction<FunctionProps>((props) => props, "Arn"),
  "aws:lambda/permission:Permission": permission<{ function: string; action: string; principal: string; sourceArn?: string; sourceAccount?: string }>((props) => ({
    FunctionName: props.function,
    Action: props.action,
    Principal: props.principal,
    SourceArn: props.sourceArn,
    SourceAccount: props.sourceAccount,
  })),
  "AWS::Lambda::Permission": permission<Permission>((props) => props),
  "AWS::Lambda::EventInvokeConfig": invokeConfig<InvokeConfig>((props) => props),
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": invokeConfig<PulumiInvokeConfig>((props) => ({
    FunctionName: props.functionName,
    MaximumRetryAttempts: props.maximumRetryAttempts,
    MaximumEventAgeInSeconds: props.maximumEventAgeInSeconds,
    ...(props.destinationConfig?.onFailure && { DestinationConfig: { OnFailure: { Destination: props.destinationConfig.onFailure.destination } } }),
  })),
  "aws:lambda/eventSourceMapping:EventSourceMapping": handler<PulumiMapping>({
    async create(context, props) {
      const { UUID } = await lambda(context).send(new CreateEventSourceMappingCommand({ EventSourceArn: props.eventSourceArn, ...mappingInput(props) }));
      return { id: UUID!, attributes: { arn: `arn:aws:lambda:${context.region}:${context.account}:event-source-mapping:${UUID}` } };
    },
    async update(context, props, { made }) {
      await lambda(context).send(new UpdateEventSourceMappingCommand({ UUID: made.id, ...mappingInput(props) }));
      return made;
    },
    async remove(context, { id }) {
      await lambda(context).send(new DeleteEventSourceMappingCommand({ UUID: id }));
    },
  }),
};
