/** The resources of a type as a set of ARNs, and what of it a pattern leaves. */
import { ANY_ACCOUNT } from "../../infra/names";
import type { Universe } from "../prover/types";
import type { ActionFacts, ResourceType } from "./facts";
import { common } from "./globs";

/** What no ARN of the type is, although it has the type's form. */
const impossible: readonly { readonly form: string; readonly unlike: readonly string[] }[] = [
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html: what has a slash is an object.
  { form: "arn:aws:s3:::?*", unlike: ["arn:aws:s3:::*/*"] },
];

/**
 * The ARNs of a type, as a glob to be read as ArnLike does.
 *
 * @param format AWS's: `arn:${Partition}:lambda:${Region}:${Account}:function:${FunctionName}`
 * @example formOf("arn:${Partition}:s3:::${BucketName}") // "arn:aws:s3:::?*"
 */
export function formOf(format: string): string {
  const [arn = "", , service = "", region = "", account = "", ...resource] = format.split(/:(?![^{]*\})/);
  return [
    arn,
    "aws",
    variables(service, "?*"),
    variables(region, "??-?*-?"),
    variables(account, ANY_ACCOUNT),
    variables(resource.join(":"), "?*"),
  ].join(":");
}

/** `?*?*` is a longer way of saying nearly the same, and never meant. */
const variables = (text: string, glob: string): string => text.replace(/(\$\{[^}]*\})+/g, glob).replace(/\*\?\*/g, "*");

/**
 * The resources of a type that a pattern matches.
 *
 * @param pattern as IAM reads a Resource: `*` any run of characters, `?` any one
 * @returns undefined if there are none
 */
export function resourcesOf(type: Pick<ResourceType, "arn">, pattern = "*"): Exclude<Universe["resources"], "none"> | undefined {
  const form = formOf(type.arn);
  const like = pattern === "*" ? [form] : common(form, pattern);
  if (like.length === 0) return undefined;
  const unlike = impossible.filter((one) => one.form === form).flatMap((one) => one.unlike);
  return { reading: "arn", like, ...(unlike.length > 0 && { unlike }) };
}

/** One part of what a pattern means for an action: the resources, and their type; none where the action takes none. */
export interface Reach {
  readonly type: ResourceType | undefined;
  readonly resources: Universe["resources"];
}

/**
 * Everything that an action can be asked on and that a pattern matches, one part a resource type.
 *
 * @returns empty if the action takes no such resource
 */
export function reachOf(facts: ActionFacts, pattern = "*"): readonly Reach[] {
  if (facts.types.length === 0) return pattern === "*" ? [{ type: undefined, resources: "none" }] : [];
  return facts.types.flatMap((type) => {
    const resources = resourcesOf(type, pattern);
    return resources === undefined ? [] : [{ type, resources }];
  });
}
