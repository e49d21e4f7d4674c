/**
 * What a resource's vended log delivery should be, against what is there: pure.
 *
 * AWS keeps one delivery source for a resource and log type ("This ResourceId has already been used in another Delivery
 * Source in this account"), so a stranger's is adopted: tagged, and our delivery added to it.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging.html
 */
import { createHash } from "node:crypto";
import type {
  ConfigurationTemplateDeliveryConfigValues,
  Delivery,
  DeliverySource,
} from "@aws-sdk/client-cloudwatch-logs";
import type { Finding, Step } from "../../enforcer/adapter";

export interface DesiredDelivery {
  readonly resourceArn: string;
  readonly logType: string;
  /** The name that we give the delivery source. */
  readonly sourceName: string;
  /** Given instead where a stranger took `sourceName` for another resource; no stranger can know it beforehand. */
  readonly spareName: string;
  readonly destinationArn: string;
  readonly tagKey: string;
  readonly tagValue: string;
  /** The suffix path that AWS documents for a delivery made without one; undefined where it documents none. */
  readonly suffixPath?: string;
}

export interface ActualDelivery {
  /** The delivery source of this resource and log type, whoever made it. */
  readonly source?: DeliverySource;
  /** Our name is taken by a delivery source of another resource. */
  readonly nameTaken: boolean;
  /** Every delivery of `source`. */
  readonly deliveries: readonly Delivery[];
  /** What AWS gives a delivery of this log type by default; undefined where it publishes no template. */
  readonly defaults?: ConfigurationTemplateDeliveryConfigValues;
}

/** Our delivery source's name for a resource: the prefix of its kind and 24 hexadecimal digits of its ARN's SHA-256. */
export function deliverySourceName(prefix: string, resourceArn: string): string {
  return prefix + createHash("sha256").update(resourceArn).digest("hex").slice(0, 24);
}

/** Without slashes at either end: AWS shows a suffix path with and without them. */
function trimmed(path: string): string {
  return path.replace(/^\/+|\/+$/g, "");
}

/** The suffix path is the documented one, or ends in the default behind AWS's own `AWSLogs/` path. */
function pathIsDefault(delivery: Delivery, desired: DesiredDelivery, fallback: string | undefined): boolean {
  const actual = delivery.s3DeliveryConfiguration?.suffixPath;
  const wanted = desired.suffixPath ?? fallback;
  if (actual === undefined || wanted === undefined) return true;
  if (trimmed(actual) === trimmed(wanted)) return true;
  return desired.suffixPath === undefined && actual.startsWith("AWSLogs/") && trimmed(actual).endsWith(`/${trimmed(wanted)}`);
}

/**
 * What of our delivery's configuration is less than AWS's default, in words; "" if nothing.
 * More fields than the default are no weakening.
 */
function weakness(delivery: Delivery, desired: DesiredDelivery, defaults: ConfigurationTemplateDeliveryConfigValues = {}): string {
  const fields = delivery.recordFields ?? defaults.recordFields ?? [];
  const lost = (defaults.recordFields ?? []).filter((field) => !fields.includes(field));
  const hive = delivery.s3DeliveryConfiguration?.enableHiveCompatiblePath ?? false;
  return [
    ...(lost.length > 0 ? [`without ${lost.join(", ")}`] : []),
    ...(hive !== (defaults.s3DeliveryConfiguration?.enableHiveCompatiblePath ?? false) ? ["under a Hive path"] : []),
    ...(pathIsDefault(delivery, desired, defaults.s3DeliveryConfiguration?.suffixPath)
      ? []
      : [`under ${JSON.stringify(delivery.s3DeliveryConfiguration?.suffixPath)}`]),
  ].join(" and ");
}

/**
 * What the delivery source passes on less than everything, in words; "" if nothing.
 * NC on live AWS: which log types take `samplingRate`, and whether PutDeliverySource without it restores the default;
 * AWS says that an update overwrites all parameters.
 */
function sourceWeakness(source: DeliverySource): string {
  const rate = source.deliverySourceConfiguration?.samplingRate;
  if (rate !== undefined && rate !== "100") return `samples ${rate} %`;
  return source.status === "INACTIVE" ? `is inactive (${source.statusReason ?? "no reason given"})` : "";
}

/**
 * Decides what to do about one resource and log type.
 *
 * @returns the state and the steps towards it in their order; "missing" where nothing of ours is there
 */
export function decide(desired: DesiredDelivery, actual: ActualDelivery): Pick<Finding, "state" | "steps"> {
  const { resourceArn, logType, destinationArn } = desired;
  const tags = { [desired.tagKey]: desired.tagValue };
  const marked = (given: Readonly<Record<string, string>> | undefined) => given?.[desired.tagKey] === desired.tagValue;
  const create = (deliverySourceName: string, why: string): Step => ({
    call: "CreateDelivery",
    why,
    input: { deliverySourceName, deliveryDestinationArn: destinationArn, tags, logType },
  });
  const toArchive = `deliver ${logType} to the archive`;

  const { source } = actual;
  if (source?.name === undefined || source.arn === undefined) {
    const name = actual.nameTaken ? desired.spareName : desired.sourceName;
    const why = actual.nameTaken
      ? `make a delivery source of ${logType}, beside the one that took its name for another resource`
      : `make a delivery source of ${logType}`;
    return {
      state: "missing",
      steps: [{ call: "PutDeliverySource", why, input: { name, resourceArn, logType, tags } }, create(name, toArchive)],
    };
  }

  const steps: Step[] = [];
  const ours = actual.deliveries.find((delivery) => delivery.deliveryDestinationArn === destinationArn);
  const astray = actual.deliveries.filter((delivery) => delivery !== ours && marked(delivery.tags));
  const rivals = actual.deliveries.filter(
    (delivery) => delivery !== ours && !marked(delivery.tags) && delivery.deliveryDestinationType === "S3",
  );

  if (!marked(source.tags)) {
    const why = source.name === desired.sourceName
      ? "tag our delivery source again"
      : `adopt the delivery source ${source.name} by our tag`;
    steps.push({ call: "TagResource", why, input: { resourceArn: source.arn, tags } });
  }
  const weakSource = sourceWeakness(source);
  if (weakSource !== "") {
    const why = `restore the delivery source ${source.name}, which ${weakSource}`;
    steps.push({ call: "PutDeliverySource", why, input: { name: source.name, resourceArn, logType } });
  }
  for (const delivery of astray) {
    const why = `remove the delivery ${delivery.id} that carries our tag and leads to ${delivery.deliveryDestinationArn}`;
    steps.push({ call: "DeleteDelivery", why, input: { id: delivery.id } });
  }
  if (ours === undefined) {
    // Tried beside the others first: that AWS allows one delivery for each destination type is NC.
    const room = rivals.map(({ id, deliveryDestinationArn }) => `${id} to ${deliveryDestinationArn}`).join(", ");
    steps.push(create(source.name, room === "" ? toArchive : `${toArchive}, for which ${room} makes room if AWS allows one only`));
  } else {
    if (!marked(ours.tags)) {
      steps.push({ call: "TagResource", why: "tag our delivery again", input: { resourceArn: ours.arn, tags } });
    }
    const weak = weakness(ours, desired, actual.defaults);
    if (weak !== "") {
      const { recordFields, s3DeliveryConfiguration } = actual.defaults ?? {};
      const suffixPath = desired.suffixPath ?? s3DeliveryConfiguration?.suffixPath;
      steps.push({
        call: "UpdateDeliveryConfiguration",
        why: `restore our delivery, which was ${weak}`,
        input: {
          id: ours.id,
          ...(recordFields === undefined ? {} : { recordFields }),
          s3DeliveryConfiguration: {
            enableHiveCompatiblePath: s3DeliveryConfiguration?.enableHiveCompatiblePath ?? false,
            ...(suffixPath === undefined ? {} : { suffixPath }),
          },
        },
      });
    }
  }

  if (steps.length === 0) return { state: "logs", steps };
  const known = source.name === desired.sourceName || marked(source.tags) || ours !== undefined || astray.length > 0;
  return { state: known ? "weakened" : "missing", steps };
}
