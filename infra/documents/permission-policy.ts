/** A role's inline policy, from the permissions that a function states about itself. */
import type { Permission } from "../../functions/sources/log-source";
import { document } from "./policy";
import type { PolicyDocument } from "./policy";

/** One statement a permission, numbered in the order given, since every statement of ours has a Sid. */
export function permissionPolicy(permissions: readonly Permission[]): PolicyDocument {
  return document(
    permissions.map(({ actions, resources, condition }, index) => ({
      Sid: `Permission${index + 1}`,
      Effect: "Allow",
      Action: actions,
      Resource: resources,
      ...(condition && { Condition: condition }),
    })),
  );
}
