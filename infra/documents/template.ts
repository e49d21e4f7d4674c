/** A CloudFormation template, as far as the project writes one. */

export interface TemplateResource {
  readonly Type: string;
  readonly Condition?: string;
  readonly DependsOn?: readonly string[];
  readonly DeletionPolicy?: "Delete" | "Retain" | "RetainExceptOnCreate";
  readonly UpdateReplacePolicy?: "Delete" | "Retain";
  readonly Properties: Readonly<Record<string, unknown>>;
}

export interface Template {
  readonly AWSTemplateFormatVersion: "2010-09-09";
  readonly Description: string;
  readonly Conditions?: Readonly<Record<string, unknown>>;
  readonly Resources: Readonly<Record<string, TemplateResource>>;
}

/** What CloudFormation puts in the place of these: the account and Region of the stack. */
export const ACCOUNT = "${AWS::AccountId}";
export const REGION = "${AWS::Region}";

/**
 * The same value with every text that names `${AWS::...}` wrapped in Fn::Sub, so that documents can be written as plain
 * text by functions that know nothing of CloudFormation.
 *
 * @throws Error on a text that Fn::Sub would misread: another `${` beside ours
 */
export function substituted(value: unknown): unknown {
  if (typeof value === "string") {
    if (!value.includes("${AWS::")) return value;
    if (value.replace(/\$\{AWS::(AccountId|Region)\}/g, "").includes("${")) throw new Error(`Fn::Sub would misread ${value}`);
    return { "Fn::Sub": value };
  }
  if (Array.isArray(value)) return value.map(substituted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, substituted(item)]));
}

/** The value before `substituted`. */
export const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value), (_, part: { readonly "Fn::Sub"?: string } | null) => part?.["Fn::Sub"] ?? part);

/** A name in the project as a logical id: letters and digits only. */
export function logicalId(...parts: readonly string[]): string {
  return parts
    .join("-")
    .split(/[^A-Za-z0-9]+/)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join("");
}

/**
 * What CloudFormation takes: 1 MB from Amazon S3 and 500 resources.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
export const TEMPLATE_QUOTA = { bytes: 1_000_000, resources: 500 };

/** The template as it is deployed. @throws Error where it is beyond what CloudFormation takes */
export function templateText(template: Template): string {
  const text = JSON.stringify(template);
  const count = Object.keys(template.Resources).length;
  if (Buffer.byteLength(text) > TEMPLATE_QUOTA.bytes || count > TEMPLATE_QUOTA.resources)
    throw new Error(`${template.Description}: ${Buffer.byteLength(text)} bytes and ${count} resources, at most ${TEMPLATE_QUOTA.bytes} and ${TEMPLATE_QUOTA.resources} are allowed`);
  return text;
}
