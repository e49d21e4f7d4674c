/**
 * What the rules judge: a resource in the pack's own words, the same for @pulumi/aws, @pulumi/aws-native and a
 * resource inside a CloudFormation template. One resource may give several subjects (a role: itself, its trust
 * policy, each inline policy) or none.
 */
import type { Document } from "./document";
import type { Plain, PlainObject } from "./plain";

/** A resource as it was found, before anything is made of it. */
export interface Resource {
  /** As its owner writes it: `aws:iam/role:Role`, `aws-native:iam:Role`, `AWS::IAM::Role`. */
  readonly type: string;
  /** The Pulumi name, or the logical id in a template. */
  readonly name: string;
  /** Of the Pulumi resource that holds it: itself, or the object that the template is in. */
  readonly urn: string;
  readonly props: PlainObject;
  /** URNs, or logical ids, of what it refers to. */
  readonly dependencies: readonly string[];
  /** The URN of its parent, where it has one. */
  readonly parent?: string;
  /** URNs by the property that refers to them, where that was sent. */
  readonly references?: Readonly<Record<string, readonly string[]>>;
  /** Pulumi's resource option; "unsaid" where whoever asks may not send options at all. */
  readonly protect: boolean | "unsaid";
  /** The account that its provider is pinned to; undefined where that is not said. */
  readonly account?: string;
  /** The template it was found in, as a person finds it again; undefined for a Pulumi resource. */
  readonly template?: string;
}

/** Which document it is; each has its own author, syntax and quota at AWS. */
export type PolicyKind =
  | "service-control-policy"
  | "resource-control-policy"
  | "trust-policy"
  | "identity-policy"
  | "bucket-policy"
  | "key-policy"
  | "queue-policy"
  | "topic-policy"
  | "event-bus-policy"
  | "delivery-destination-policy"
  | "secret-policy"
  | "function-policy"
  | "resource-policy";

/** What a resource of its own says of how a bucket keeps its objects. */
export type BucketSetting = "versioning" | "object-lock" | "lifecycle" | "replication" | "logging" | "inventory" | "encryption" | "ownership" | "notification";

interface Base {
  readonly resource: Resource;
}

export interface PolicySubject extends Base {
  readonly kind: PolicyKind;
  readonly document: Document;
  /** The role, bucket, key or queue it belongs to, as the property says; the resource's own name if it is inside it. */
  readonly owner: Plain;
  /** An identity policy inside a role, which counts against the role's inline quota. */
  readonly inline: boolean;
}

export type Subject =
  | PolicySubject
  | (Base & { readonly kind: "managed-policies"; readonly arns: readonly Plain[] })
  | (Base & { readonly kind: "role"; readonly names: readonly string[] })
  | (Base & { readonly kind: "organization" })
  | (Base & { readonly kind: "control-policy-attachment"; readonly policy: Plain; readonly targets: readonly Plain[] })
  | (Base & { readonly kind: "provider"; readonly allowedAccounts: Plain })
  | (Base & { readonly kind: "bucket"; readonly names: readonly string[]; readonly publicAccessBlock: Plain; readonly forceDestroy: Plain })
  | (Base & { readonly kind: "public-access-block"; readonly bucket: Plain; readonly settings: Plain })
  | (Base & { readonly kind: "bucket-setting"; readonly setting: BucketSetting; readonly bucket: Plain; readonly value: Plain })
  | (Base & { readonly kind: "key" })
  | (Base & { readonly kind: "alias"; readonly name: string; readonly target: Plain })
  | (Base & { readonly kind: "queue"; readonly names: readonly string[]; readonly redrive: Plain })
  | (Base & {
      readonly kind: "function";
      readonly names: readonly string[];
      readonly runtime: Plain;
      readonly architectures: readonly Plain[];
      readonly deadLetter: Plain;
      readonly image: boolean;
    })
  | (Base & { readonly kind: "invoke-config"; readonly functionName: Plain; readonly onFailure: Plain })
  | (Base & { readonly kind: "event-source-mapping"; readonly functionName: Plain; readonly source: Plain })
  | (Base & { readonly kind: "event-pattern"; readonly pattern: Plain })
  | (Base & { readonly kind: "event-target"; readonly id: string; readonly deadLetter: Plain })
  | (Base & { readonly kind: "stack-set"; readonly settings: StackSetSettings; readonly body: Plain; readonly url: Plain })
  | (Base & { readonly kind: "stack"; readonly body: Plain; readonly url: Plain })
  | (Base & { readonly kind: "object"; readonly bucket: Plain; readonly key: Plain; readonly content: Plain })
  /** What is nothing but its settings: a trail, a detector, a delegated administrator. */
  | (Base & { readonly kind: "settings" });

export interface StackSetSettings {
  readonly permissionModel: Plain;
  readonly autoDeployment: Plain;
  readonly retain: Plain;
  readonly callAs: Plain;
  readonly managedExecution: Plain;
  readonly regionConcurrency: Plain;
  readonly concurrencyMode: Plain;
}

export type Kind = Subject["kind"];
export type SubjectOf<K extends Kind> = Extract<Subject, { kind: K }>;

const policyKinds: readonly string[] = [
  "service-control-policy", "resource-control-policy", "trust-policy", "identity-policy", "bucket-policy", "key-policy",
  "queue-policy", "topic-policy", "event-bus-policy", "delivery-destination-policy", "secret-policy", "function-policy",
  "resource-policy",
] satisfies readonly PolicyKind[];

export const isPolicy = (subject: Subject): subject is PolicySubject => policyKinds.includes(subject.kind);

/** The two policies of AWS Organizations that lock, in one word. */
export const isControlPolicy = (subject: Subject): subject is PolicySubject =>
  subject.kind === "service-control-policy" || subject.kind === "resource-control-policy";

/** A policy that stands on a resource and says who may come in. */
export const isResourcePolicy = (subject: Subject): subject is PolicySubject =>
  subject.kind !== "identity-policy" && isPolicy(subject) && !isControlPolicy(subject);

/**
 * Whether a property of one resource names another: by the other's name or ARN, by a reference inside a template
 * (`${Queue.Arn}`), or, where the value is not known yet, by a dependency.
 */
export function refersTo(from: Resource, value: Plain, to: Resource, names: readonly string[]): boolean {
  if (from.template !== to.template) return false;
  if (typeof value === "string") {
    if (value.includes(`\${${to.name}}`) || value.includes(`\${${to.name}.`)) return true;
    if (names.some((name) => value === name || value.endsWith(`:${name}`) || value.endsWith(`/${name}`))) return true;
  }
  return to.template === undefined && from.dependencies.includes(to.urn);
}
