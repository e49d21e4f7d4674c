/**
 * The role by which StackSets works in a member: an administrator that AWS's own role makes when it first comes there.
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/CloudFormationStackSetsOrgMemberServiceRolePolicy.html
 */
import { AttachRolePolicyCommand, CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { createHash } from "node:crypto";
import type { CallerIn } from "../../organization/caller";
import type { Credentials, Proxy } from "../../proxy";

export interface ExecutionRoles {
  /** Credentials of the execution role in a member, made there if it is not yet. */
  credentials(account: string): Promise<Credentials>;
}

/** The service-linked role in each member. */
export type ServiceLinkedRoleArn = (account: string) => string;

/** Its name ends in 32 hexadecimal digits; the lab's are the account's digest, so that a run can be repeated. */
export const executionRoleName = (account: string) => `stacksets-exec-${createHash("sha256").update(account).digest("hex").slice(0, 32)}`;

export const executionRoleArn = (account: string) => `arn:aws:iam::${account}:role/${executionRoleName(account)}`;

/** @param administrator ARN of the management account's service-linked role, the one that assumes it (NC: AWS does not document the trust) */
export function makeExecutionRoles(proxy: Proxy, callers: CallerIn, serviceLinkedRole: ServiceLinkedRoleArn, administrator: string): ExecutionRoles {
  const made = new Map<string, Promise<Credentials>>();

  async function make(account: string): Promise<Credentials> {
    const RoleName = executionRoleName(account);
    const credentials = proxy.registry.session(serviceLinkedRole(account), "StackSets");
    const iam = callers({ account, credentials }).client(IAMClient);
    const trust = { Version: "2012-10-17", Statement: [{ Sid: "StackSets", Effect: "Allow", Principal: { AWS: administrator }, Action: "sts:AssumeRole" }] };
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: JSON.stringify(trust) }));
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" }));
    return proxy.registry.session(executionRoleArn(account), "StackSets");
  }

  return {
    credentials(account) {
      const known = made.get(account) ?? make(account);
      made.set(account, known);
      return known;
    },
  };
}
