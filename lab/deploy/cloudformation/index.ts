/**
 * AWS CloudFormation in the lab. Moto's own knows a hundred types, ignores the others silently, and makes what it knows
 * around the proxy; so the lab answers these calls itself, and makes each resource by its service's own calls.
 */
import { ListAccountsForParentCommand, ListOrganizationalUnitsForParentCommand, OrganizationsClient } from "@aws-sdk/client-organizations";
import type { Caller, CallerIn } from "../../organization/caller";
import type { Handler, Proxy } from "../../proxy";
import type { Inventory } from "../owned";
import { answered, CloudFormationError, refused } from "./answers";
import { makeExecutionRoles, type ServiceLinkedRoleArn } from "./execution-role";
import { makeStacksService, type StacksService } from "./stacks-service";
import { makeStackSetsService, type StackSetsService } from "./stack-sets-service";

export const cloudFormationBridge = {
  name: "cloudformation",
  lacks: "stacks know a hundred types and ignore the others silently, StackSet instances are records only, and what is made goes around every policy",
  does: "lab/deploy/cloudformation interprets the template and makes each resource by its service's own calls, with the rights of whoever deploys, judged by the proxy",
};

export interface CloudFormation extends Omit<StacksService, "actions">, Omit<StackSetsService, "actions"> {}

export interface CloudFormationSettings {
  readonly proxy: Proxy;
  readonly callers: CallerIn;
  readonly prefix: string;
  readonly inventory: Inventory;
  readonly management: string;
  /** Reads AWS Organizations, as StackSets does with its role in the management account. */
  readonly organizations: Caller;
  readonly serviceLinkedRole: ServiceLinkedRoleArn;
  readonly limit?: number;
  readonly neverArrives?: (stackSet: string, account: string, region: string) => boolean;
}

/** The accounts under a parent, at any depth, page by page. */
async function accountsUnder(organizations: OrganizationsClient, ParentId: string): Promise<readonly string[]> {
  const found: string[] = [];
  let NextToken: string | undefined;
  do {
    const page = await organizations.send(new ListAccountsForParentCommand({ ParentId, NextToken }));
    found.push(...(page.Accounts ?? []).map(({ Id }) => Id!));
    NextToken = page.NextToken;
  } while (NextToken);
  do {
    const page = await organizations.send(new ListOrganizationalUnitsForParentCommand({ ParentId, NextToken }));
    for (const { Id } of page.OrganizationalUnits ?? []) found.push(...(await accountsUnder(organizations, Id!)));
    NextToken = page.NextToken;
  } while (NextToken);
  return found;
}

/** Registers the calls of CloudFormation with the proxy. */
export function playCloudFormation(settings: CloudFormationSettings): CloudFormation {
  const { proxy, callers, management, organizations, serviceLinkedRole, limit = 8, neverArrives = () => false } = settings;
  const stacks = makeStacksService(settings);
  const roles = makeExecutionRoles(proxy, callers, serviceLinkedRole, serviceLinkedRole(management));
  const client = organizations.client(OrganizationsClient);
  const sets = makeStackSetsService({ callers, roles, management, accountsUnder: (parent) => accountsUnder(client, parent), limit, neverArrives });
  for (const [name, action] of Object.entries({ ...stacks.actions, ...sets.actions })) {
    const answer: Handler = async (allowed) => {
      try {
        return answered(name, await action(allowed));
      } catch (error) {
        if (error instanceof CloudFormationError) return refused(error.code, error.message);
        throw error;
      }
    };
    proxy.handlers[`cloudformation:${name}`] = answer;
  }
  return { stacks: stacks.stacks, stackSets: sets.stackSets };
}
