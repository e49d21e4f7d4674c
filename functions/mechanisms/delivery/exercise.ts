/** How people look at, and attack, vended log deliveries: shared by the exercises of the sources that use them. */
import { createHash } from "node:crypto";
import {
  CloudWatchLogsClient,
  CreateDeliveryCommand,
  DeleteDeliveryCommand,
  DeleteDeliverySourceCommand,
  PutDeliveryDestinationCommand,
  PutDeliverySourceCommand,
  UntagResourceCommand,
  UpdateDeliveryConfigurationCommand,
  paginateDescribeDeliveries,
  paginateDescribeDeliverySources,
} from "@aws-sdk/client-cloudwatch-logs";
import type { Delivery, DeliverySource } from "@aws-sdk/client-cloudwatch-logs";
import type { Attack, Caller, Ground, Made } from "../../sources/exercise";
import type { LogSource } from "../../sources/log-source";

interface Found {
  readonly source?: DeliverySource;
  readonly delivery?: Delivery;
}

/** The delivery source of a resource's log type, and the delivery from it to the archive. */
async function find(caller: Caller, arn: string, logType: string, destination: string): Promise<Found> {
  const client = caller.client(CloudWatchLogsClient);
  let source: DeliverySource | undefined;
  for await (const page of paginateDescribeDeliverySources({ client }, {}))
    source ??= page.deliverySources?.find((each) => each.resourceArns?.includes(arn) && each.logType === logType);
  if (!source) return {};
  for await (const page of paginateDescribeDeliveries({ client }, {})) {
    const delivery = page.deliveries?.find(
      (each) => each.deliverySourceName === source.name && each.deliveryDestinationArn === destination,
    );
    if (delivery) return { source, delivery };
  }
  return { source };
}

/** One kind of log that a source delivers: the log type, and the `LogKind.kind` that names its destination. */
export interface DeliveredKind {
  readonly logType: string;
  readonly kind: string;
}

/** The kinds of log that a source delivers, from its facts. */
export function deliveredKinds(source: LogSource): DeliveredKind[] {
  return source.kinds("delivery").flatMap(({ kind, delivery }) => (delivery ? [{ kind, logType: delivery.logType }] : []));
}

/** What is missing of the deliveries that should be; empty if every kind is delivered and locked by our tag. */
export async function undelivered(
  caller: Caller,
  made: Made,
  kinds: readonly DeliveredKind[],
  ground: Ground,
): Promise<string[]> {
  const missing: string[] = [];
  for (const { logType, kind } of kinds) {
    const destination = ground.names.deliveryDestinationArn(kind, caller.region);
    const { source, delivery } = await find(caller, made.arn, logType, destination);
    if (!source) missing.push(`${logType}: no delivery source`);
    else if (!delivery) missing.push(`${logType}: no delivery to the archive`);
    else {
      if (!source.tags?.[ground.names.tagKey]) missing.push(`${logType}: delivery source not tagged, so not locked`);
      if (!delivery.tags?.[ground.names.tagKey]) missing.push(`${logType}: delivery not tagged, so not locked`);
    }
  }
  return missing;
}

/** A stranger's delivery source on the resource, delivering to the account's own bucket. */
export async function strangersDelivery(caller: Caller, made: Made, logType: string, ground: Ground): Promise<void> {
  const client = caller.client(CloudWatchLogsClient);
  const name = `own-${logType.toLowerCase().replaceAll("_", "-")}-${createHash("sha256").update(made.arn).digest("hex").slice(0, 16)}`;
  const destination = await client.send(
    new PutDeliveryDestinationCommand({
      name,
      deliveryDestinationConfiguration: { destinationResourceArn: `arn:aws:s3:::${await ground.bucket(caller)}` },
    }),
  );
  await client.send(new PutDeliverySourceCommand({ name, resourceArn: made.arn, logType }));
  await client.send(
    new CreateDeliveryCommand({
      deliverySourceName: name,
      deliveryDestinationArn: destination.deliveryDestination?.arn ?? "",
    }),
  );
}

/** The attacks on the delivery of one kind: all denied, by tag or by name. */
export function deliveryAttacks({ logType, kind }: DeliveredKind): Attack[] {
  const ours = async (caller: Caller, made: Made, ground: Ground) => {
    const { source, delivery } = await find(caller, made.arn, logType, ground.names.deliveryDestinationArn(kind, caller.region));
    if (!source?.name || !delivery?.id || !delivery.arn) throw new Error(`${made.id} has no ${logType} delivery of ours to attack`);
    return { name: source.name, id: delivery.id, arn: delivery.arn };
  };
  return [
    {
      name: `delete the ${logType} delivery`,
      answered: "denied",
      run: async (caller, made, ground) =>
        caller.client(CloudWatchLogsClient).send(new DeleteDeliveryCommand({ id: (await ours(caller, made, ground)).id })),
    },
    {
      name: `delete the ${logType} delivery source`,
      answered: "denied",
      run: async (caller, made, ground) =>
        caller
          .client(CloudWatchLogsClient)
          .send(new DeleteDeliverySourceCommand({ name: (await ours(caller, made, ground)).name })),
    },
    {
      name: `thin out the ${logType} delivery's fields`,
      answered: "denied",
      run: async (caller, made, ground) =>
        caller
          .client(CloudWatchLogsClient)
          .send(new UpdateDeliveryConfigurationCommand({ id: (await ours(caller, made, ground)).id, recordFields: [] })),
    },
    {
      name: `take our tag off the ${logType} delivery`,
      answered: "denied",
      run: async (caller, made, ground) =>
        caller.client(CloudWatchLogsClient).send(
          new UntagResourceCommand({
            resourceArn: (await ours(caller, made, ground)).arn,
            tagKeys: [ground.names.tagKey],
          }),
        ),
    },
    {
      name: `take the name of our next ${logType} delivery source`,
      answered: "denied",
      run: async (caller, made, ground) =>
        caller.client(CloudWatchLogsClient).send(
          new PutDeliverySourceCommand({
            name: `${ground.names.deliverySourcePrefix(kind)}${"0".repeat(24)}`,
            resourceArn: made.arn,
            logType,
          }),
        ),
    },
    {
      name: `re-point our ${logType} delivery source at another resource`,
      answered: "denied",
      run: async (caller, made, ground) =>
        caller.client(CloudWatchLogsClient).send(
          new PutDeliverySourceCommand({
            name: (await ours(caller, made, ground)).name,
            resourceArn: `${made.arn}0`,
            logType,
          }),
        ),
    },
  ];
}
