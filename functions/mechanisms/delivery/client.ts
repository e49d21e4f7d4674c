/**
 * Vended log delivery over the AWS SDK: reads what is there, makes one step. What to do is decided in `decide.ts`.
 * Plain functions that take the client, so that nothing here is captured with a client inside.
 */
import {
  CreateDeliveryCommand,
  DeleteDeliveryCommand,
  DescribeConfigurationTemplatesCommand,
  DescribeDeliveriesCommand,
  DescribeDeliverySourcesCommand,
  GetDeliverySourceCommand,
  PutDeliverySourceCommand,
  TagResourceCommand,
  UpdateDeliveryConfigurationCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import type {
  CloudWatchLogsClient,
  ConfigurationTemplate,
  Delivery,
  DeliverySource,
} from "@aws-sdk/client-cloudwatch-logs";
import { everyItem } from "../paging";

/** The error's name, as the service gives it: `ConflictException`. */
export function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : "";
}

/**
 * Makes a call again while AWS says "Requested resource is currently being updated": it changes the deliveries of one
 * account, and those to one destination, one at a time. The SDK does not retry a ConflictException.
 * https://github.com/hashicorp/terraform-provider-aws/issues/42194
 */
export async function whenFree<Answer>(call: () => Promise<Answer>): Promise<Answer> {
  const attempts = 6;
  for (let attempt = 1; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      const busy = nameOf(error) === "ConflictException" && /being updated/i.test((error as Error).message);
      if (!busy || attempt === attempts) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100 * 2 ** attempt * (0.5 + Math.random())));
    }
  }
}

/** The delivery source of this name, or undefined. */
export async function sourceNamed(client: CloudWatchLogsClient, name: string): Promise<DeliverySource | undefined> {
  try {
    return (await client.send(new GetDeliverySourceCommand({ name }))).deliverySource;
  } catch (error) {
    if (nameOf(error) === "ResourceNotFoundException") return undefined;
    throw error;
  }
}

export function everySource(client: CloudWatchLogsClient): Promise<DeliverySource[]> {
  return everyItem(async (nextToken) => {
    const answer = await client.send(new DescribeDeliverySourcesCommand({ limit: 50, nextToken }));
    return { items: answer.deliverySources, next: answer.nextToken };
  });
}

/** Every delivery of the account and Region, or those of one delivery source. */
export async function everyDelivery(client: CloudWatchLogsClient, sourceName?: string): Promise<Delivery[]> {
  const filter = sourceName === undefined ? {} : { deliverySourceNames: [sourceName] };
  const deliveries = await everyItem(async (nextToken) => {
    const answer = await client.send(new DescribeDeliveriesCommand({ limit: 50, nextToken, ...filter }));
    return { items: answer.deliveries, next: answer.nextToken };
  });
  return deliveries.filter((delivery) => sourceName === undefined || delivery.deliverySourceName === sourceName);
}

/** What AWS offers and gives by default for a log type delivered to S3, for each service that has it. */
export function everyTemplate(client: CloudWatchLogsClient, logType: string): Promise<ConfigurationTemplate[]> {
  return everyItem(async (nextToken) => {
    const input = { logTypes: [logType], deliveryDestinationTypes: ["S3" as const], limit: 50, nextToken };
    const answer = await client.send(new DescribeConfigurationTemplatesCommand(input));
    return { items: answer.configurationTemplates, next: answer.nextToken };
  });
}

export async function tag(client: CloudWatchLogsClient, resourceArn: string, tags: Record<string, string>): Promise<void> {
  await client.send(new TagResourceCommand({ resourceArn, tags }));
}

/** Deletes a delivery; one that is gone already is as wanted. */
export async function remove(client: CloudWatchLogsClient, id: string): Promise<void> {
  try {
    await whenFree(() => client.send(new DeleteDeliveryCommand({ id })));
  } catch (error) {
    if (nameOf(error) !== "ResourceNotFoundException") throw error;
  }
}

export interface SourceInput {
  readonly name: string;
  readonly resourceArn: string;
  readonly logType: string;
  /** Only on creation: AWS refuses tags on an update. */
  readonly tags?: Record<string, string>;
}

export async function put(client: CloudWatchLogsClient, input: SourceInput): Promise<void> {
  await whenFree(() => client.send(new PutDeliverySourceCommand({ ...input })));
}

export interface DeliveryInput {
  readonly deliverySourceName: string;
  readonly deliveryDestinationArn: string;
  readonly tags: Record<string, string>;
}

export async function create(client: CloudWatchLogsClient, input: DeliveryInput): Promise<void> {
  const { deliverySourceName, deliveryDestinationArn, tags } = input;
  await whenFree(() => client.send(new CreateDeliveryCommand({ deliverySourceName, deliveryDestinationArn, tags })));
}

export interface ConfigurationInput {
  readonly id: string;
  readonly recordFields?: string[];
  readonly s3DeliveryConfiguration: { readonly suffixPath?: string; readonly enableHiveCompatiblePath: boolean };
}

export async function update(client: CloudWatchLogsClient, input: ConfigurationInput): Promise<void> {
  await whenFree(() => client.send(new UpdateDeliveryConfigurationCommand({ ...input })));
}
