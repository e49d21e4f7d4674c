/**
 * What a call has to be allowed: each action with each resource.
 *
 * Resource ARNs come from AWS's own resource types, their placeholders filled with the call's parameters by
 * convention; `targets-by-service.ts` holds the services whose parameters name resources in another way.
 */
import { actionData, resourceTypeData } from "./iam-data";
import { parameter, text, texts, type Parameters } from "./parameters";
import type { NameKind } from "./state";

export interface Target {
  readonly action: string;
  /** ARN, or "*". */
  readonly resource: string;
  /** The resource type by AWS's name, where it is known. */
  readonly type?: string;
  /** Condition keys of this target only. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

export interface Asked {
  readonly action: string;
  readonly operation: string;
  /** Folder of the API's model: `elb` or `elbv2`. */
  readonly api: string;
  readonly parameters: Parameters;
  readonly account: string;
  readonly region: string;
  /** The ARN of something named otherwise, in the caller's account unless told; null if it does not exist. */
  readonly arnOf: (kind: NameKind, value: string, account?: string) => Promise<string | null>;
  /** The key and the Region of an object, or of a bucket whose objects are encrypted with a key; undefined where they are not. */
  readonly encryptionOf?: (arn: string) => Promise<{ readonly key: string; readonly region: string } | undefined>;
}

/** Parameter names for placeholders that are called differently in the API. */
const otherNames: Readonly<Record<string, readonly string[]>> = {
  AlarmName: ["AlarmNames"],
  DeliveryDestinationName: ["deliveryDestinationName", "name"],
  DeliveryName: ["id"],
  DeliverySourceName: ["deliverySourceName", "name"],
  DistributionId: ["Id"],
  EventBusName: ["Name"],
  GroupName: ["Name", "Group"],
  QueueName: ["QueueName"],
  TopicName: ["Name"],
  TrailName: ["Name"],
};

/** The template with Region and account filled in. */
export function fillPlace(template: string, account: string, region: string): string {
  return template.replace("${Partition}", "aws").replace("${Region}", region).replaceAll("${Account}", account);
}

const camel = (type: string) => type.split(/[-/ ]/).map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join("");

/** Placeholders that say nothing of their own, so that the type's name has to. */
const bare = /^(Resource)?(Id|Name)$/;

/** `RecorderName` of a `configurationrecorder` is ConfigurationRecorderName; `OrganizationId` of a `policy` is no PolicyId. */
function namesFor(placeholder: string, type: string): readonly string[] {
  const ofType = [`${camel(type)}Id`, `${camel(type)}Name`];
  const own = [placeholder, ...(otherNames[placeholder] ?? [])];
  if (bare.test(placeholder)) return [...ofType, ...own];
  return camel(type).toLowerCase().includes(placeholder.replace(/(Id|Name)$/, "").toLowerCase()) ? [...own, ...ofType] : own;
}

function valuesFor(placeholder: string, type: string, parameters: Parameters): readonly string[] {
  for (const name of namesFor(placeholder, type)) {
    const value = parameter(parameters, name) ?? parameter(parameters, `${name}s`);
    if (typeof value === "string" && value !== "") return [value];
    if (Array.isArray(value) && value.every((one) => typeof one === "string")) return value;
  }
  return [];
}

/** The ARNs among the parameters that are of the template's form. */
function arnsOf(template: string, parameters: Parameters): readonly string[] {
  const form = new RegExp(`^${template.replace(/\$\{(Partition|Region|Account)\}/g, "[^:]*").split(/\$\{\w+\}/).map((part) => part.replace(/[.+()|]/g, "\\$&")).join("[^:]+")}$`);
  return [...texts(parameters)].map(([, value]) => value).filter((value) => form.test(value));
}

/** The resources of one type that the call names; none if it names none. */
function named(type: string, template: string, asked: Asked): readonly string[] {
  const arns = arnsOf(template, asked.parameters);
  if (arns.length > 0) return arns;
  const placed = fillPlace(template, asked.account, asked.region);
  const [first, ...rest] = [...placed.matchAll(/\$\{(\w+)\}/g)].map(([, name = ""]) => name);
  if (first === undefined) return [placed];
  return valuesFor(first, type, asked.parameters).map((value) => {
    // A name may be given as an ARN whose form the template misses (a table's ARN for TableName).
    if (value.startsWith("arn:")) return value;
    const filled = placed.replace(`\${${first}}`, value);
    return rest.reduce((arn, name) => arn.replace(`\${${name}}`, text(asked.parameters, name) ?? "*"), filled);
  });
}

/** Targets by convention: the types that AWS lists for the action, filled with the call's parameters. */
export function targetsByConvention(asked: Asked): readonly Target[] {
  const [service = ""] = asked.action.split(":");
  const uses = actionData(asked.action)?.resourceTypes ?? [];
  const targets: Target[] = [];
  const unnamed: Target[] = [];
  for (const use of uses) {
    const template = resourceTypeData(service, use.name)?.arn;
    if (template === undefined) continue;
    const arns = named(use.name, template, asked);
    targets.push(...arns.map((resource) => ({ action: asked.action, resource, type: use.name })));
    if (arns.length === 0 && use.required) unnamed.push({ action: asked.action, resource: fillPlace(template, asked.account, asked.region).replace(/\$\{\w+\}/g, "*"), type: use.name });
  }
  // What is made has no name yet; an existing resource that the call does not name is none that it can touch.
  if (targets.length === 0 || asked.operation.startsWith("Create")) targets.push(...unnamed);
  // The same ARN may fit several types (a rule on a bus, a listener of any kind); one of them is enough.
  const seen = new Set<string>();
  const distinct = targets.filter(({ resource }) => !seen.has(resource) && seen.add(resource));
  return distinct.length > 0 ? distinct : [{ action: asked.action, resource: "*" }];
}
