/**
 * The mechanism `delivery` at work: inspects and changes the vended log deliveries of any kind of resource.
 *
 * A log source's `enforce.ts` adds only how its resources are found. To force one log type of a new resource takes three
 * calls: GetDeliverySource, PutDeliverySource, CreateDelivery.
 */
import { randomBytes } from "node:crypto";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import type { ConfigurationTemplateDeliveryConfigValues, Delivery, DeliverySource } from "@aws-sdk/client-cloudwatch-logs";
import type { Adapter, Finding, Resource, Settings, Step } from "../../enforcer/adapter";
import { create, everyDelivery, everySource, everyTemplate, nameOf, put, remove, sourceNamed, tag, update } from "./client";
import type { ConfigurationInput, DeliveryInput, SourceInput } from "./client";
import { decide, deliverySourceName } from "./decide";
import type { DesiredDelivery } from "./decide";

/** One log type that a resource should deliver. */
export interface DeliveredLog {
  /** The `LogKind`'s, which names the destination. */
  readonly kind: string;
  readonly logType: string;
  /** As in `DesiredDelivery`. */
  readonly suffixPath?: string;
}

/** Up to here each resource is asked for by name; beyond, listing the whole account takes fewer calls. */
const FEW = 2;

/**
 * The half of an adapter that concerns deliveries.
 *
 * @param source the log source's name, the value of our tag
 * @param logs what each of its resources should deliver
 */
export function deliveries(settings: Settings, source: string, logs: readonly DeliveredLog[]): Pick<Adapter, "inspect" | "apply"> {
  const client = new CloudWatchLogsClient({ ...settings.client, region: settings.region, maxAttempts: 6 });
  const { names, region } = settings;

  /** AWS's defaults of a service's log type: the same for every resource, so read once. */
  const defaults: Record<string, ConfigurationTemplateDeliveryConfigValues | undefined> = {};
  const defaultsOf = async ({ service, logType = "" }: DeliverySource) => {
    const key = `${service} ${logType}`;
    if (!(key in defaults)) {
      const templates = await everyTemplate(client, logType);
      defaults[key] = templates.find((template) => template.service === service)?.defaultDeliveryConfigValues;
    }
    return defaults[key];
  };

  /**
   * By resource and log type: the name of the delivery source that holds it where that is not ours, and what was gone
   * when a step came to it. A hint only: AWS is asked again each time.
   */
  const held: Record<string, string | undefined> = {};
  const gone: Record<string, true | undefined> = {};
  const keyOf = ({ resourceArn, logType }: { readonly resourceArn: string; readonly logType: string }) => `${logType} ${resourceArn}`;

  const desiredOf = (resource: Resource, log: DeliveredLog): DesiredDelivery => {
    const prefix = names.deliverySourcePrefix(log.kind);
    return {
      resourceArn: resource.arn,
      logType: log.logType,
      sourceName: deliverySourceName(prefix, resource.arn),
      spareName: prefix + randomBytes(12).toString("hex"),
      destinationArn: names.deliveryDestinationArn(log.kind, region),
      tagKey: names.tagKey,
      tagValue: source,
      suffixPath: log.suffixPath,
    };
  };
  const isOf = (desired: { readonly resourceArn: string; readonly logType: string }) => (given: DeliverySource) =>
    given.logType === desired.logType && (given.resourceArns ?? []).includes(desired.resourceArn);

  const decideWith = async (desired: DesiredDelivery, nameTaken: boolean, actual: DeliverySource | undefined, made: readonly Delivery[]) => {
    held[keyOf(desired)] = actual?.name === desired.sourceName ? undefined : actual?.name;
    const known = actual === undefined || made.length === 0 ? undefined : await defaultsOf(actual);
    return decide(desired, { source: actual, nameTaken, deliveries: made, defaults: known });
  };

  /** Reads about one delivery by the name that its source should have; lists only where that name does not tell. */
  const inspectOne = async (desired: DesiredDelivery) => {
    const adopted = held[keyOf(desired)];
    const before = adopted === undefined ? undefined : await sourceNamed(client, adopted);
    const named = before !== undefined && isOf(desired)(before) ? before : await sourceNamed(client, desired.sourceName);
    if (named === undefined) return decideWith(desired, false, undefined, []);
    const nameTaken = !isOf(desired)(named);
    const actual = nameTaken ? (await everySource(client)).find(isOf(desired)) : named;
    return decideWith(desired, nameTaken, actual, actual === undefined ? [] : await everyDelivery(client, actual.name));
  };

  const inspectMany = async (wanted: readonly DesiredDelivery[]) => {
    const allSources = await everySource(client);
    const allDeliveries = await everyDelivery(client);
    const decisions: ReturnType<typeof decide>[] = [];
    for (const desired of wanted) {
      const actual = allSources.find(isOf(desired));
      const nameTaken = allSources.some(({ name }) => name === desired.sourceName);
      const made = actual === undefined ? [] : allDeliveries.filter((one) => one.deliverySourceName === actual.name);
      decisions.push(await decideWith(desired, nameTaken, actual, made));
    }
    return decisions;
  };

  const inspect = async (resources: readonly Resource[]): Promise<readonly Finding[]> => {
    const wanted = resources.flatMap((resource) => logs.map((log) => desiredOf(resource, log)));
    for (const desired of wanted) delete gone[keyOf(desired)];
    const decisions: ReturnType<typeof decide>[] = [];
    // By name alone, a stranger's delivery source that was adopted shows only when AWS refuses ours beside it.
    if (resources.length <= FEW && settings.onlyReads !== true) for (const desired of wanted) decisions.push(await inspectOne(desired));
    else decisions.push(...(await inspectMany(wanted)));
    return resources.map((resource, index) => {
      const own = decisions.slice(index * logs.length, (index + 1) * logs.length);
      const off = own.filter(({ state }) => state !== "logs");
      const state = off.length === 0 ? "logs" : off.some((one) => one.state === "weakened") ? "weakened" : "missing";
      return { resource, state, steps: own.flatMap(({ steps }) => steps) };
    });
  };

  /** What a step answers that had nothing to change: false ends the resource's turn, so only if it has no other log. */
  const nothingDone = logs.length > 1;

  /**
   * Another delivery source holds the resource: adopts it. Nothing is done where that was done before, and our delivery
   * is there too: by a second copy of the event, or before this execution environment knew of it.
   */
  const adopt = async (input: SourceInput, conflict: unknown, note: (words: string) => void): Promise<boolean> => {
    const holder = (await everySource(client)).find(isOf(input));
    if (holder?.name === undefined || holder.arn === undefined) throw conflict;
    held[keyOf(input)] = holder.name;
    if (holder.tags?.[names.tagKey] !== source) {
      await tag(client, holder.arn, { [names.tagKey]: source });
      note(`adopted the delivery source ${holder.name}`);
      return true;
    }
    const destinations = logs.map(({ kind }) => names.deliveryDestinationArn(kind, region));
    const made = await everyDelivery(client, holder.name);
    const done = made.some((one) => destinations.includes(one.deliveryDestinationArn ?? "") && one.tags?.[names.tagKey] === source);
    return done ? nothingDone : true;
  };

  /**
   * Another delivery stands in ours' way: removes what leads to another S3 bucket and tries once more. Nothing is done
   * where it is ours that is there, made meanwhile.
   */
  const makeRoom = async (input: DeliveryInput, conflict: unknown, note: (words: string) => void): Promise<boolean> => {
    const made = await everyDelivery(client, input.deliverySourceName);
    const ours = made.find((delivery) => delivery.deliveryDestinationArn === input.deliveryDestinationArn);
    if (ours?.arn !== undefined) {
      if (ours.tags?.[names.tagKey] === source) return nothingDone;
      await tag(client, ours.arn, input.tags);
      return true;
    }
    const rivals = made.filter((delivery) => delivery.deliveryDestinationType === "S3");
    if (rivals.length === 0) throw conflict;
    for (const { id = "", deliveryDestinationArn } of rivals) {
      await remove(client, id);
      note(`removed the delivery ${id} to ${deliveryDestinationArn}, since AWS refused ours beside it`);
    }
    await create(client, input);
    return true;
  };

  const apply: Adapter["apply"] = async (resource: Resource, step: Step, note = () => undefined): Promise<boolean> => {
    const given = step.input as unknown;
    switch (step.call) {
      case "PutDeliverySource": {
        const input = given as SourceInput;
        try {
          await put(client, input);
        } catch (error) {
          if (nameOf(error) === "ResourceNotFoundException") {
            gone[keyOf(input)] = true;
            return false;
          }
          if (nameOf(error) !== "ConflictException") throw error;
          return adopt(input, error, note);
        }
        return true;
      }
      case "CreateDelivery": {
        const { logType, ...planned } = given as DeliveryInput & { readonly logType: string };
        const key = keyOf({ resourceArn: resource.arn, logType });
        if (gone[key]) return false;
        const input = { ...planned, deliverySourceName: held[key] ?? planned.deliverySourceName };
        try {
          // A destination that is not there answers ResourceNotFoundException too: that is ours to report.
          await create(client, input);
        } catch (error) {
          if (nameOf(error) !== "ConflictException") throw error;
          return makeRoom(input, error, note);
        }
        return true;
      }
      case "TagResource": {
        const { resourceArn, tags } = given as { resourceArn: string; tags: Record<string, string> };
        await tag(client, resourceArn, tags);
        return true;
      }
      case "DeleteDelivery":
        await remove(client, (given as { id: string }).id);
        return true;
      case "UpdateDeliveryConfiguration":
        await update(client, given as ConfigurationInput);
        return true;
      default:
        throw new Error(`a delivery has no step ${step.call}`);
    }
  };

  return { inspect, apply };
}
