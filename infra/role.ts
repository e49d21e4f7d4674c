/** A role of ours: under our path, with a fixed name, one trust policy and one inline policy. */
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { PolicyDocument } from "./documents/policy";
import { minified } from "./documents/policy";
import type { Names } from "./names";

export interface RoleDocuments {
  readonly description: string;
  readonly trust: PolicyDocument;
  readonly permissions: PolicyDocument;
}

/**
 * @param resource the name in the program; `role` is the name in AWS
 * @returns the role once it may do what it is for
 */
export function role(
  names: Names,
  resource: string,
  name: string,
  { description, trust, permissions }: RoleDocuments,
  options: pulumi.CustomResourceOptions,
): { readonly role: aws.iam.Role; readonly policy: aws.iam.RolePolicy } {
  const made = new aws.iam.Role(resource, { name, path: names.rolePath, description, assumeRolePolicy: minified(trust), maxSessionDuration: 3_600 }, options);
  const policy = new aws.iam.RolePolicy(resource, { name, role: made.name, policy: minified(permissions) }, { ...options, parent: made });
  return { role: made, policy };
}
