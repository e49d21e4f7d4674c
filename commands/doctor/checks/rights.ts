/** What the enforcers may do: their roles stand with their policies, and no control policy of the organization is in their way. */
import { GetPolicyCommand, GetPolicyVersionCommand, GetRoleCommand, GetRolePolicyCommand, IAMClient, ListAttachedRolePoliciesCommand, ListRolePoliciesCommand, type Role } from "@aws-sdk/client-iam";
import { framePermissions } from "../../../functions/enforcer/permissions";
import type { LogSource } from "../../../functions/sources";
import type { Policy, PolicyDocument } from "../../../policy-pack/evaluator";
import { cause, regionsOf, type Check, type Finding, type Ground } from "../check";
import { enforced } from "../enforced";
import { enforcerNodes } from "../nodes";
import { controlPoliciesOver, type ControlPolicies } from "../organization";
import { asService, refusalOf, uses } from "../requests";

export interface RightsReading {
  readonly source: LogSource;
  readonly account: string;
  readonly regions: readonly string[];
  /** Whether the role is there; undefined where that could not be read. */
  readonly role: boolean | undefined;
  /** Who may take it on; undefined where that could not be read. */
  readonly trust?: PolicyDocument;
  /** All that it has: its own policies, and whatever was attached to it; undefined where one of them could not be read. */
  readonly policies: readonly Policy[] | undefined;
  /** Its permissions boundary; undefined where it has none or it could not be read. */
  readonly boundary?: Policy;
  /** Over the role's account. */
  readonly controls: ControlPolicies;
  /** Over the archive's, whose destinations the role uses. */
  readonly archive: ControlPolicies;
}

const parsed = (text: string): PolicyDocument => JSON.parse(decodeURIComponent(text)) as PolicyDocument;

async function read({ access, config, names, scope }: Ground, source: LogSource, account: string): Promise<RightsReading> {
  const RoleName = names.roleName.enforcer(source.name);
  const place = { account, region: config.homeRegion };
  const iam = <T>(action: string, work: (client: IAMClient) => Promise<T>) => access.attempt(place, action, (entered) => work(entered.client(IAMClient, config.homeRegion)), ["NoSuchEntity", "NoSuchEntityException"]);
  const over = (of: string) => controlPoliciesOver(access, config, of);
  const managed = (PolicyArn: string) =>
    iam("iam:GetPolicyVersion", async (client): Promise<Policy> => {
      const VersionId = (await client.send(new GetPolicyCommand({ PolicyArn }))).Policy?.DefaultVersionId;
      return { name: PolicyArn, document: parsed((await client.send(new GetPolicyVersionCommand({ PolicyArn, VersionId }))).PolicyVersion?.Document ?? "{}") };
    });
  const inline = async () => {
    const found = await iam("iam:ListRolePolicies", async (client) => (await client.send(new ListRolePoliciesCommand({ RoleName }))).PolicyNames ?? []);
    return found && Promise.all(found.map((PolicyName) => iam("iam:GetRolePolicy", async (client): Promise<Policy> => ({ name: PolicyName, document: parsed((await client.send(new GetRolePolicyCommand({ RoleName, PolicyName }))).PolicyDocument ?? "{}") }))));
  };
  const attached = async () => {
    const found = await iam("iam:ListAttachedRolePolicies", async (client) => (await client.send(new ListAttachedRolePoliciesCommand({ RoleName }))).AttachedPolicies ?? []);
    return found && Promise.all(found.map(({ PolicyArn }) => managed(PolicyArn!)));
  };
  const [role, own, others, controls, archive] = await Promise.all([
    iam("iam:GetRole", async (client): Promise<Role | undefined> => (await client.send(new GetRoleCommand({ RoleName }))).Role),
    inline(),
    attached(),
    over(account),
    over(config.accounts.logArchive),
  ]);
  const all = own === undefined || others === undefined ? undefined : [...(own ?? []), ...(others ?? [])];
  const limit = role?.PermissionsBoundary?.PermissionsBoundaryArn;
  const boundary = limit === undefined ? undefined : await managed(limit);
  return {
    source, account, controls, archive,
    regions: regionsOf({ config, scope }, source),
    role: role === undefined ? undefined : role?.Path === names.rolePath,
    policies: all?.every((policy) => policy !== null && policy !== undefined) ? all.flatMap((policy) => policy ?? []) : undefined,
    ...(role?.AssumeRolePolicyDocument !== undefined && { trust: parsed(role.AssumeRolePolicyDocument) }),
    ...(boundary && { boundary }),
  };
}

const REDEPLOY = "aws cloudformation update-stack-instances --call-as DELEGATED_ADMIN, by the delegated account's deploy role";

export const check: Check<RightsReading> = {
  looksAt: "what each enforcer's role may do, by its policy and by the control policies over its account",
  causes: {
    "role-missing": { symptom: "a source's enforcer fails in a whole account", cause: "the enforcer's role is gone" },
    "role-trust": { symptom: "a source's enforcer never runs in a whole account: Lambda can't assume its role", cause: "the role's trust policy does not let Lambda take it on" },
    "role-policy": { symptom: "a source's enforcer fails with AccessDenied in a whole account", cause: "the role's own policies, or its permissions boundary, do not let it do its work" },
    "control-policy-on-enforcer": { symptom: "an enforcer fails with an explicit deny in a control policy, and new resources stay unlogged", cause: "a service or resource control policy refuses the enforcer what it needs" },
  },
  async read(ground) {
    const pairs = new Map((await enforced(ground)).map(({ source, account }) => [`${source.name} ${account}`, { source, account }]));
    return Promise.all([...pairs.values()].map(({ source, account }) => read(ground, source, account)));
  },
  judge({ source, account, regions, role, trust, policies, boundary, controls, archive }, { config, names }) {
    const nodes = enforcerNodes(config, source.name, { account, region: config.homeRegion });
    const where = { account, source: source.name };
    if (role === false) return [cause("role-missing", nodes.role, where, "there is no role of this name and path", REDEPLOY, [nodes.global])];
    const permissions = [...source.permissions(names, config.sources[source.name]!.via), ...framePermissions(names, config.regions, source.name)];
    const everything = { name: "everything", document: { Statement: { Effect: "Allow" as const, Action: "*", Resource: "*" } } };
    const findings: Finding[] = [];
    const lambda = asService("lambda.amazonaws.com", { organizationId: config.organizationId, account, region: config.homeRegion });
    const taken = trust && refusalOf({ ...lambda, action: "sts:AssumeRole", resource: nodes.role, resourceAccount: account }, { managementAccount: config.accounts.management, trust: [{ name: "the trust policy", document: trust }], ...(controls.rcp && { rcp: controls.rcp }) });
    if (taken?.layer === "rcp") findings.push(...taken.by.map((name) => cause("control-policy-on-enforcer", name, where, `Lambda may not take on ${nodes.role}: ${taken.words}`, `detach the policy ${name}, or exempt AWS's services in it`)));
    else if (taken) findings.push(cause("role-trust", nodes.role, where, taken.words, REDEPLOY, [nodes.global]));
    for (const region of regions)
      for (const request of uses(permissions, nodes.role, { organizationId: config.organizationId, region })) {
        const identity = policies ?? [everything];
        const rcp = request.resourceAccount === config.accounts.logArchive ? archive.rcp : controls.rcp;
        // What a resource's own policy says is its own check's.
        const resource = [{ name: "any", document: { Statement: { Effect: "Allow" as const, Principal: "*" as const, Action: "*", Resource: "*" } } }];
        const layers = { managementAccount: config.accounts.management, resource, ...(controls.scp && { scp: controls.scp }) };
        const own = refusalOf({ ...request, resourceAccount: account }, { identity, ...(boundary && { boundary: [boundary] }) });
        if (own) findings.push(cause("role-policy", nodes.role, where, own.words, REDEPLOY, [nodes.global]));
        const controlled = refusalOf(request, { ...layers, identity: [everything], ...(rcp && /^(s3|kms|sqs|logs|sts|secretsmanager):/.test(request.action) && { rcp }) });
        for (const name of controlled?.by.length ? controlled.by : controlled ? [`the control policies over ${account}`] : [])
          findings.push(cause("control-policy-on-enforcer", name, where, `${nodes.role}: ${controlled!.words}`, `detach the policy ${name}, or exempt ${names.roleArn(names.roleName.enforcer(source.name))} in it`));
      }
    return findings;
  },
};
