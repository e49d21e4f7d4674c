/** The organization as AWS Organizations tells it: which accounts there are, and which control policies bind one. */
import {
  DescribePolicyCommand,
  ListParentsCommand,
  ListPoliciesForTargetCommand,
  OrganizationsClient,
  type PolicySummary,
  type PolicyType,
} from "@aws-sdk/client-organizations";
import type { Configuration } from "../../infra/config/configuration";
import type { Policy, PolicyDocument } from "../../policy-pack/evaluator";
import { activeAccounts } from "../accounts";
import { allPages } from "../preflight/finding";
import type { Access } from "./access";

/** One list a level, root first; undefined where it could not be read. */
export type Levels = readonly (readonly Policy[])[] | undefined;

export interface ControlPolicies {
  readonly scp: Levels;
  readonly rcp: Levels;
}

type Reads = Pick<Configuration, "accounts" | "homeRegion">;

/** AWS Organizations answers the management account, and a delegated administrator. */
async function asked<T>(access: Access, { accounts, homeRegion }: Reads, action: string, ask: (client: OrganizationsClient) => Promise<T>): Promise<T | undefined> {
  const account = access.own === accounts.delegated ? accounts.delegated : accounts.management;
  return (await access.attempt({ account, region: homeRegion }, action, (entered) => ask(entered.client(OrganizationsClient, homeRegion)))) ?? undefined;
}

/** Every account that is at work; undefined where that could not be read. */
export function accountsOf(access: Access, config: Reads): Promise<readonly string[] | undefined> {
  return asked(access, config, "organizations:ListAccounts", activeAccounts);
}

/** The root, the organizational units and the account itself. */
const chain = (access: Access, config: Reads, ChildId: string): Promise<readonly string[] | undefined> =>
  access.once(`parents ${ChildId}`, async () => {
    const Parents = await asked(access, config, "organizations:ListParents", async (client) => (await client.send(new ListParentsCommand({ ChildId }))).Parents);
    const [parent] = Parents ?? [];
    if (!parent?.Id) return undefined;
    const above = parent.Type === "ROOT" ? [parent.Id] : await chain(access, config, parent.Id);
    return above && [...above, ChildId];
  });

const document = (access: Access, config: Reads, { Id, Name = "" }: PolicySummary): Promise<Policy | undefined> =>
  access.once(`policy ${Id}`, async () => {
    const content = await asked(access, config, "organizations:DescribePolicy", async (client) => (await client.send(new DescribePolicyCommand({ PolicyId: Id }))).Policy?.Content);
    return content === undefined ? undefined : { name: Name, document: JSON.parse(content) as PolicyDocument };
  });

const attachedTo = (access: Access, config: Reads, TargetId: string, Filter: PolicyType): Promise<readonly Policy[] | undefined> =>
  access.once(`${Filter} of ${TargetId}`, async () => {
    const summaries = await asked(access, config, "organizations:ListPoliciesForTarget", (client) =>
      allPages(async (NextToken) => {
        const page = await client.send(new ListPoliciesForTargetCommand({ TargetId, Filter, NextToken }));
        return { items: page.Policies, next: page.NextToken };
      }),
    );
    const found = await Promise.all((summaries ?? []).map((summary) => document(access, config, summary)));
    return summaries === undefined || found.includes(undefined) ? undefined : found.flatMap((one) => one ?? []);
  });

/** What binds an account; nothing binds the management account. */
export const controlPoliciesOver = (access: Access, config: Reads, account: string): Promise<ControlPolicies> => access.once(`controls ${account}`, () => read(access, config, account));

async function read(access: Access, config: Reads, account: string): Promise<ControlPolicies> {
  if (account === config.accounts.management) return { scp: undefined, rcp: undefined };
  const nodes = await chain(access, config, account);
  const levels = async (type: PolicyType): Promise<Levels> => {
    const found = await Promise.all((nodes ?? []).map((node) => attachedTo(access, config, node, type)));
    return nodes === undefined || found.includes(undefined) ? undefined : found.flatMap((one) => (one ? [one] : []));
  };
  return { scp: await levels("SERVICE_CONTROL_POLICY"), rcp: await levels("RESOURCE_CONTROL_POLICY") };
}
