/**
 * The adapter: a resource of @pulumi/aws, @pulumi/aws-native or a CloudFormation template becomes the pack's subjects.
 *
 * The three spell the same things a little differently, so a reader asks for a property by every name it has. A type
 * that no reader knows but that carries a policy document is read as well: a document that nobody looks at is how a
 * hole would come in.
 */
import { isObject, list, UNKNOWN, type Plain } from "./plain";
import { identityReaders } from "./read-identity";
import { runtimeReaders } from "./read-runtime";
import { settingsReaders } from "./read-settings";
import { storageReaders } from "./read-storage";
import { policy, type Reader } from "./reader";
import type { Resource, Subject } from "./subject";
import { readTemplate, resolveResource } from "./template";

/**
 * The type without the provider: `aws:iam/role:Role`, `aws-native:iam:Role` and `AWS::IAM::Role` are all `iam:role`.
 * @pulumi/aws keeps EventBridge and CloudWatch Logs under `cloudwatch`, and old versions of resources under a suffix.
 */
export function canonicalType(type: string): string {
  const known = canonicalTypes.get(type) ?? withoutProvider(type);
  canonicalTypes.set(type, known);
  return known;
}

/** Every rule asks it of every resource. */
const canonicalTypes = new Map<string, string>();

function withoutProvider(type: string): string {
  const [provider = "", module = "", name = ""] = type.replace(/^AWS::/, "aws-cfn:").replace("::", ":").split(":");
  if (provider === "pulumi" && module === "providers") return `provider:${name}`;
  const canonical = `${module.split("/")[0]}:${name}`.toLowerCase();
  return aliases[canonical] ?? canonical;
}

const aliases: Readonly<Record<string, string>> = {
  "cfg:configurationaggregator": "config:configurationaggregator",
  "cloudwatch:eventrule": "events:rule",
  "cloudwatch:eventtarget": "events:target",
  "cloudwatch:eventbuspolicy": "events:eventbuspolicy",
  "cloudwatch:eventpermission": "events:eventpermission",
  "cloudwatch:loggroup": "logs:loggroup",
  "cloudwatch:logdeliverydestinationpolicy": "logs:deliverydestination",
  "cloudwatch:logresourcepolicy": "logs:resourcepolicy",
  "cloudwatch:logdestinationpolicy": "logs:destination",
  "lambda:functioneventinvokeconfig": "lambda:eventinvokeconfig",
  "s3:bucketv2": "s3:bucket",
  "s3:bucketobjectv2": "s3:bucketobject",
};

const readers: Readonly<Record<string, Reader>> = { ...settingsReaders, ...identityReaders, ...runtimeReaders, ...storageReaders };

/** Properties that hold a policy document on a type no reader knows; a resource of AWS's own, so the name is AWS's. */
const documentProperty = /^(policy|.*PolicyDocument|resourcePolicy|accessPolicies|accessPolicy|.*[a-z]Policy)$/i;

/** The subjects of a resource of a graph; one of a template's, listed by itself, is read as it is inside the template. */
export const subjectsIn = (resource: Resource): readonly Subject[] =>
  (resource.type.startsWith("AWS::") ? resolveResource(resource) : [resource]).flatMap(subjectsOf);

/** The subjects inside each template that a subject holds. */
export function templateSubjects(subject: Subject): readonly (readonly Subject[])[] {
  const text = subject.kind === "object" ? subject.content : subject.kind === "stack" || subject.kind === "stack-set" ? subject.body : null;
  const resources = typeof text === "string" ? readTemplate(text, subject.resource) : undefined;
  return resources === undefined ? [] : [resources.flatMap(subjectsOf)];
}

/** Every subject of one resource, in a fixed order. */
export function subjectsOf(resource: Resource): readonly Subject[] {
  const reader = readers[canonicalType(resource.type)];
  if (reader !== undefined) return reader(resource);
  if (!/^(aws|aws-native):|^AWS::/.test(resource.type)) return [];
  return Object.entries(resource.props).flatMap(([property, value]) => {
    if (!documentProperty.test(property)) return [];
    if (value !== UNKNOWN && !looksLikeDocument(value)) return [];
    return [policy("resource-policy", resource, value)];
  });
}

/** Whether a value is meant as a policy document: it has statements, or is text that says so. */
function looksLikeDocument(value: Plain): boolean {
  if (typeof value === "string") return value.includes('"Statement"');
  return isObject(value) && list(value["Statement"]).length > 0;
}
