/** The local organization: accounts, organizational units, and the people in them, before the project comes. */
import { AttachRolePolicyCommand, CreateServiceLinkedRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import {
  CreateAccountCommand,
  CreateOrganizationalUnitCommand,
  CreateOrganizationCommand,
  DescribeCreateAccountStatusCommand,
  EnablePolicyTypeCommand,
  ListRootsCommand,
  MoveAccountCommand,
  OrganizationsClient,
} from "@aws-sdk/client-organizations";
import type { Proxy } from "../proxy";
import type { CallerIn, Person } from "./caller";
import { makePeople, type People } from "./people";

/** An account with those who act in it. */
export interface Account {
  readonly id: string;
  readonly name: string;
  /** The organizational unit that it is in; "" for the root and outside. */
  readonly ou: string;
  /** Administrator by a role of the account (`admin`). */
  readonly admin: Person;
  /** Power user by a role of the account (`developer`). */
  readonly developer: Person;
  /** A user with an access key and administrator's rights. */
  readonly user: Person;
  readonly root: Person;
}

export interface Organization {
  readonly id: string;
  readonly rootId: string;
  readonly ous: { readonly canary: string; readonly workloads: string; readonly security: string };
  readonly management: Account;
  readonly logArchive: Account;
  readonly delegated: Account;
  /** Keeps a further copy of the logs; not among the members, where people work. */
  readonly backup: Account;
  /** The first one is in the canary OU. */
  readonly members: readonly Account[];
  /** An account of somebody else. */
  readonly outside: Account;
  /** Outside too, and let in by its external id. */
  readonly vendor: Account;
  readonly people: People;
  /** ARN of the user who may assume break-glass. */
  readonly breakGlassOperator: string;
  /** A user of the management account who reads everywhere, by the role `READER` of each account. */
  readonly reader: Person;
  /** What an account's StackSets service-linked role is called. */
  readonly serviceLinkedRole: (account: string) => string;
}

export interface OrganizationSettings {
  readonly proxy: Proxy;
  readonly callers: CallerIn;
  readonly motoUrl: string;
  /** How many members beside log-archive, delegated and backup. */
  readonly members: number;
  /** The same seed gives the same ids. */
  readonly seed: number;
}

/** The account that sets up an organization exists before it; moto has it as soon as it is named. */
const MANAGEMENT = "100000000001";
const OUTSIDE = "900000000009";
/** A vendor's, whose SIEM reads the archive from outside. */
const VENDOR = "888888888888";

/** The role that reads, in every account. */
export const READER = "reader";

const STACK_SETS = "member.org.stacksets.cloudformation.amazonaws.com";

/** @throws Error with what was refused */
export async function buildOrganization({ proxy, callers, motoUrl, members, seed }: OrganizationSettings): Promise<Organization> {
  const seeded = await fetch(`${motoUrl}/moto-api/seed?a=${seed}`, { method: "POST" });
  if (!seeded.ok) throw new Error(`moto did not take the seed ${seed}: ${seeded.status}`);
  const people = makePeople(proxy, callers);
  const organizations = callers(people.root(MANAGEMENT)).client(OrganizationsClient);

  const { Organization: made } = await organizations.send(new CreateOrganizationCommand({ FeatureSet: "ALL" }));
  const { Roots } = await organizations.send(new ListRootsCommand({}));
  const rootId = Roots![0]!.Id!;
  for (const PolicyType of ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY", "GUARDDUTY_POLICY"] as const) await organizations.send(new EnablePolicyTypeCommand({ RootId: rootId, PolicyType }));
  const unit = async (Name: string) => (await organizations.send(new CreateOrganizationalUnitCommand({ ParentId: rootId, Name }))).OrganizationalUnit!.Id!;
  const ous = { canary: await unit("canary"), workloads: await unit("workloads"), security: await unit("security") };

  async function create(name: string, ou: string): Promise<string> {
    const { CreateAccountStatus } = await organizations.send(new CreateAccountCommand({ AccountName: name, Email: `${name}@example.com` }));
    const status = await organizations.send(new DescribeCreateAccountStatusCommand({ CreateAccountRequestId: CreateAccountStatus!.Id }));
    const id = status.CreateAccountStatus!.AccountId!;
    await organizations.send(new MoveAccountCommand({ AccountId: id, SourceParentId: rootId, DestinationParentId: ou }));
    return id;
  }

  const linked = new Map<string, string>();
  /** What AWS makes in each account: in every one StackSets' role, in a created one the management account's way in. */
  async function awsOwn(id: string, created: boolean): Promise<void> {
    const iam = callers(people.root(id)).client(IAMClient);
    if (created) await iam.send(new AttachRolePolicyCommand({ RoleName: "OrganizationAccountAccessRole", PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" }));
    const { Role } = await iam.send(new CreateServiceLinkedRoleCommand({ AWSServiceName: STACK_SETS }));
    await iam.send(new AttachRolePolicyCommand({ RoleName: Role!.RoleName, PolicyArn: "arn:aws:iam::aws:policy/aws-service-role/CloudFormationStackSetsOrgMemberServiceRolePolicy" }));
    linked.set(id, Role!.Arn!);
  }

  async function account(id: string, name: string, ou: string): Promise<Account> {
    const adminArn = await people.role(id, "admin", "AdministratorAccess");
    const developerArn = await people.role(id, "developer", "PowerUserAccess");
    const user = await people.user(id, "operator", "AdministratorAccess");
    return { id, name, ou, root: people.root(id), user, admin: await people.as(user, adminArn), developer: await people.as(user, developerArn) };
  }

  const wanted: [string, string][] = [
    ["log-archive", ous.security],
    ["delegated", ous.security],
    ["backup", ous.security],
    ...Array.from({ length: members }, (_, index): [string, string] => [`member-${index + 1}`, index === 0 ? ous.canary : ous.workloads]),
  ];
  // One after the other, so that the seed gives the same ids each time.
  const ids: string[] = [];
  for (const [name, ou] of wanted) ids.push(await create(name, ou));
  await Promise.all([awsOwn(MANAGEMENT, false), ...ids.map((id) => awsOwn(id, true))]);
  const [logArchive, delegated, backup, ...rest] = await Promise.all(wanted.map(([name, ou], index) => account(ids[index]!, name, ou)));
  const [management, outside, vendor] = await Promise.all([account(MANAGEMENT, "management", ""), account(OUTSIDE, "outside", ""), account(VENDOR, "vendor", "")]);
  const reader = await people.reader(MANAGEMENT, READER);
  await Promise.all([MANAGEMENT, ...ids].map((each) => people.readable(each, READER, `arn:aws:iam::${MANAGEMENT}:user/${READER}`)));
  return {
    id: made!.Id!,
    rootId,
    ous,
    management,
    logArchive: logArchive!,
    delegated: delegated!,
    backup: backup!,
    members: rest,
    outside,
    vendor,
    people,
    reader,
    breakGlassOperator: `arn:aws:iam::${MANAGEMENT}:user/operator`,
    serviceLinkedRole: (id) => linked.get(id)!,
  };
}
