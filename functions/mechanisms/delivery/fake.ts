/** CloudWatch Logs' rules about deliveries, in memory, for unit tests. The lab has moto for the whole. */
import type { Delivery, DeliverySource } from "@aws-sdk/client-cloudwatch-logs";

const refuse = (name: string, message: string): never => {
  throw Object.assign(new Error(message), { name });
};

interface Input {
  readonly [field: string]: unknown;
  readonly name: string;
  readonly id: string;
  readonly resourceArn: string;
  readonly logType: string;
  readonly logTypes: readonly string[];
  readonly tags: Record<string, string>;
  readonly deliverySourceName: string;
  readonly deliveryDestinationArn: string;
}

export interface FakeLogs {
  /** The calls made, by operation. */
  readonly calls: string[];
  readonly sources: DeliverySource[];
  readonly deliveries: Delivery[];
  /** Operation -> errors to throw first. */
  readonly faults: Record<string, Error[]>;
  /** Resources that are gone: PutDeliverySource does not find them. */
  readonly gone: string[];
  send(command: { constructor: { name: string }; input: unknown }): Promise<unknown>;
}

export function fakeLogs(): FakeLogs {
  const sources: DeliverySource[] = [];
  const deliveries: Delivery[] = [];
  const gone: string[] = [];
  const account = "arn:aws:logs:us-east-1:111111111111";
  const page = <T>(items: readonly T[], input: Record<string, unknown>) => {
    const start = Number(input.nextToken ?? 0);
    const end = start + Number(input.limit);
    return { items: items.slice(start, end), nextToken: end < items.length ? String(end) : undefined };
  };
  // One loose shape for every operation's input: what AWS would refuse as malformed is not tried here.
  const operations: Record<string, (input: Input) => unknown> = {
    GetDeliverySource: ({ name }) => ({
      deliverySource: sources.find((one) => one.name === name) ?? refuse("ResourceNotFoundException", "no such source"),
    }),
    DescribeDeliverySources: (input) => {
      const { items, nextToken } = page(sources, input);
      return { deliverySources: items, nextToken };
    },
    DescribeDeliveries: (input) => {
      const wanted = input.deliverySourceNames as string[] | undefined;
      const { items, nextToken } = page(deliveries.filter((one) => wanted?.includes(one.deliverySourceName ?? "") ?? true), input);
      return { deliveries: items, nextToken };
    },
    DescribeConfigurationTemplates: ({ logTypes }) => ({
      configurationTemplates: [
        { service: "other", logType: logTypes[0], defaultDeliveryConfigValues: { recordFields: ["never"] } },
        { service: "s3", logType: logTypes[0], defaultDeliveryConfigValues: { recordFields: ["time", "bucket"] } },
      ],
    }),
    PutDeliverySource: ({ name, resourceArn, logType, tags }) => {
      if (gone.includes(resourceArn)) refuse("ResourceNotFoundException", "no such resource");
      const named = sources.find((one) => one.name === name);
      if (named) {
        if (tags) refuse("ConflictException", "Tags can only be provided when a resource is being created, not updated.");
        if (named.resourceArns?.[0] !== resourceArn) refuse("ConflictException", "Update to existing Delivery Source with new ResourceId is not allowed.");
        delete named.deliverySourceConfiguration;
        return {};
      }
      if (sources.some((one) => one.resourceArns?.[0] === resourceArn && one.logType === logType)) {
        refuse("ConflictException", "This ResourceId has already been used in another Delivery Source in this account.");
      }
      sources.push({ name, arn: `${account}:delivery-source:${name}`, resourceArns: [resourceArn], logType, service: "s3", tags });
      return {};
    },
    CreateDelivery: ({ deliverySourceName, deliveryDestinationArn, tags }) => {
      if (!sources.some((one) => one.name === deliverySourceName)) refuse("ResourceNotFoundException", "no such source");
      if (deliveries.some((one) => one.deliverySourceName === deliverySourceName && one.deliveryDestinationType === "S3")) {
        refuse("ConflictException", "Delivery already exists for this Delivery Source with the same Delivery Destination Type.");
      }
      const id = `d${deliveries.length}`;
      const fields = { recordFields: ["time", "bucket"], deliveryDestinationType: "S3" as const };
      deliveries.push({ id, arn: `${account}:delivery:${id}`, deliverySourceName, deliveryDestinationArn, tags, ...fields });
      return {};
    },
    DeleteDelivery: ({ id }) => {
      const index = deliveries.findIndex((one) => one.id === id);
      if (index < 0) refuse("ResourceNotFoundException", "no such delivery");
      deliveries.splice(index, 1);
      return {};
    },
    UpdateDeliveryConfiguration: ({ id, recordFields, s3DeliveryConfiguration }) => {
      Object.assign(deliveries.find((one) => one.id === id) ?? {}, { recordFields, s3DeliveryConfiguration });
      return {};
    },
    TagResource: ({ resourceArn, tags }) => {
      const tagged = [...sources, ...deliveries].find((one) => one.arn === resourceArn);
      if (tagged) tagged.tags = { ...tagged.tags, ...tags };
      return {};
    },
  };
  const calls: string[] = [];
  const faults: Record<string, Error[]> = {};
  return {
    calls,
    sources,
    deliveries,
    faults,
    gone,
    async send(command) {
      const operation = command.constructor.name.replace(/Command$/, "");
      calls.push(operation);
      const fault = faults[operation]?.shift();
      if (fault) throw fault;
      return operations[operation]?.(command.input as Input);
    },
  };
}
