/** A rule's cases: what it must let pass and what it must not, found by the driver (`policies/rules.test.ts`) by the rule's id. */
import type { Configuration } from "../../infra/config/configuration";
import { plain } from "../subjects/plain";
import { subjectsIn, subjectsOf } from "../subjects/read";
import type { Resource, Subject } from "../subjects/subject";
import { readTemplate } from "../subjects/template";

export interface Given {
  readonly type: string;
  readonly props?: Readonly<Record<string, unknown>>;
  readonly name?: string;
  readonly protect?: boolean | "unsaid";
  readonly account?: string;
  readonly dependencies?: readonly string[];
  readonly parent?: string;
}

/** What is given, by what it shows; a failing case says which words its violation has. */
export interface Cases {
  /** Of the stack, for the rules that need it. */
  readonly configuration?: Configuration;
  readonly passes: Readonly<Record<string, readonly Given[]>>;
  readonly fails: Readonly<Record<string, readonly [RegExp, ...Given[]]>>;
}

/** The subjects of resources, those of templates inside them included. */
export async function subjects(given: readonly Given[]): Promise<readonly Subject[]> {
  const own = await Promise.all(given.map(async ({ type, props = {}, name = "it", protect = true, account, dependencies = [], parent }) => {
    return subjectsIn({ type, name, urn: urn(name), props: (await plain(props)) as Resource["props"], dependencies, protect, account, ...(parent !== undefined && { parent }) });
  }));
  return own.flat();
}

export const urn = (name: string) => `urn:pulumi:test::fall::test::${name}`;

/** The subjects inside a template. */
export const inTemplate = (resources: Record<string, unknown>): readonly Subject[] =>
  (readTemplate(JSON.stringify({ Resources: resources }), { urn: urn("template"), name: "template" }) ?? []).flatMap(subjectsOf);

/** A document as it is deployed. */
export const document = (...statements: readonly object[]): string => JSON.stringify({ Version: "2012-10-17", Statement: statements });

export const scp = (...statements: readonly object[]): Given => ({
  type: "aws:organizations/policy:Policy",
  props: { type: "SERVICE_CONTROL_POLICY", content: document(...statements) },
});

export const rcp = (...statements: readonly object[]): Given => ({
  type: "aws:organizations/policy:Policy",
  props: { type: "RESOURCE_CONTROL_POLICY", content: document(...statements) },
});

/** An inline policy of a role. */
export const inline = (...statements: readonly object[]): Given => ({
  type: "aws:iam/rolePolicy:RolePolicy",
  props: { role: "enforcer-vpc", policy: document(...statements) },
});

export const bucketPolicy = (...statements: readonly object[]): Given => ({
  type: "aws:s3/bucketPolicy:BucketPolicy",
  props: { bucket: "logs", policy: document(...statements) },
});

export const keyPolicy = (...statements: readonly object[]): Given => ({
  type: "aws:kms/key:Key",
  props: { policy: document(...statements) },
});

export const UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
export const ROLE = "arn:aws:iam::????????????:role/fall/enforcer-vpc";
