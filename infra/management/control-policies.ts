/**
 * The lock: service and resource control policies, attached to the configured targets. The last thing on and the first
 * thing off.
 */
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { ControlPolicy } from "../documents/lock";
import { minified } from "../documents/policy";
import { resourceControlPolicies } from "../documents/resource-control-policies";
import { serviceControlPolicies } from "../documents/service-control-policies";
import type { Stack } from "../stack";

type PolicyType = "SERVICE_CONTROL_POLICY" | "RESOURCE_CONTROL_POLICY";

/**
 * Makes the policies and attaches each to every target, one call after the other: AWS Organizations takes about two
 * writes a second, and answers the next with TooManyRequestsException or ConcurrentModificationException.
 *
 * @returns what the next write waits for
 */
function attach(
  { kept }: Stack,
  type: PolicyType,
  policies: readonly ControlPolicy[],
  targets: readonly string[],
  after: readonly pulumi.Resource[],
): readonly pulumi.Resource[] {
  let last = after;
  const made = policies.map(({ name, description, document }) => {
    const policy = new aws.organizations.Policy(name, { name, description, type, content: minified(document) }, { ...kept, dependsOn: [...last] });
    last = [policy];
    return { name, policy };
  });
  for (const targetId of targets)
    for (const { name, policy } of made)
      last = [new aws.organizations.PolicyAttachment(`${name}-${targetId}`, { policyId: policy.id, targetId }, { ...kept, parent: policy, dependsOn: [...last] })];
  return last;
}

/** @param after what must be at work before anything is locked */
export function controlPolicies(stack: Stack, after: readonly pulumi.Resource[]): void {
  const { config } = stack;
  const last = attach(stack, "SERVICE_CONTROL_POLICY", serviceControlPolicies(config), config.lock.scpTargets, after);
  attach(stack, "RESOURCE_CONTROL_POLICY", resourceControlPolicies(config), config.lock.rcpTargets, last);
}
