/** Log groups, and the destinations of vended log deliveries. */
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DeleteDeliveryDestinationCommand,
  DeleteDeliveryDestinationPolicyCommand,
  DeleteLogGroupCommand,
  type OutputFormat,
  PutDeliveryDestinationCommand,
  PutDeliveryDestinationPolicyCommand,
  PutRetentionPolicyCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { type AnyHandler, type Context, handler, setting } from "../handler";

const logs = ({ caller }: Context) => caller.client(CloudWatchLogsClient);

async function retain(context: Context, name: string, days: number | undefined): Promise<void> {
  if (days !== undefined) await logs(context).send(new PutRetentionPolicyCommand({ logGroupName: name, retentionInDays: days }));
}

interface LogGroup {
  readonly name: string;
  readonly days?: number;
}

/** A log group, whatever its properties are called. */
function logGroup<Props>(read: (props: Props) => LogGroup, arnName: string): AnyHandler {
  return handler<Props>({
    async create(context, props) {
      const { name, days } = read(props);
      await logs(context).send(new CreateLogGroupCommand({ logGroupName: name }));
      await retain(context, name, days);
      return { id: name, attributes: { [arnName]: `arn:aws:logs:${context.region}:${context.account}:log-group:${name}` } };
    },
    async update(context, props, { made }) {
      const { name, days } = read(props);
      if (name !== made.id) throw new Error(`the log group ${made.id} can't become ${name}: it is to be deleted first`);
      await retain(context, name, days);
      return made;
    },
    async remove(context, { id }) {
      await logs(context).send(new DeleteLogGroupCommand({ logGroupName: id }));
    },
  });
}

interface Destination {
  readonly name: string;
  readonly outputFormat?: OutputFormat;
  readonly deliveryDestinationConfiguration: { readonly destinationResourceArn: string };
}

async function putDestination(context: Context, { name, outputFormat, deliveryDestinationConfiguration }: Destination) {
  const { deliveryDestination } = await logs(context).send(new PutDeliveryDestinationCommand({ name, outputFormat, deliveryDestinationConfiguration }));
  return { id: name, attributes: { arn: deliveryDestination!.arn! } };
}

export const logsHandlers: Readonly<Record<string, AnyHandler>> = {
  "aws:cloudwatch/logGroup:LogGroup": logGroup<{ name: string; retentionInDays?: number }>(({ name, retentionInDays }) => ({ name, days: retentionInDays }), "arn"),
  "AWS::Logs::LogGroup": logGroup<{ LogGroupName: string; RetentionInDays?: number }>(({ LogGroupName, RetentionInDays }) => ({ name: LogGroupName, days: RetentionInDays }), "Arn"),
  "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": handler<Destination>({
    create: putDestination,
    update: putDestination,
    async remove(context, { id }) {
      await logs(context).send(new DeleteDeliveryDestinationCommand({ name: id }));
    },
  }),
  "aws:cloudwatch/logDeliveryDestinationPolicy:LogDeliveryDestinationPolicy": setting<{ deliveryDestinationName: string; deliveryDestinationPolicy: string }>(
    ({ deliveryDestinationName }) => deliveryDestinationName,
    (context, props) => logs(context).send(new PutDeliveryDestinationPolicyCommand(props)),
    (context, { deliveryDestinationName }) => logs(context).send(new DeleteDeliveryDestinationPolicyCommand({ deliveryDestinationName })),
  ),
};
