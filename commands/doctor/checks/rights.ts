/** What the enforcers may do: their roles stand with their policies, and no control policy of the organization is in their way. */
import { GetRoleCommand, GetRolePolicyCommand, IAMClient } from "@aws-sdk/client-iam";
import { framePermissions } from "../../../functions/enforcer/permissions";
import type { LogSource } from "../../../functions/sources";
import type { PolicyDocument } from "../../../policy-pack/evaluator";
import { cause, regionsOf, type Check, type Finding, type Ground } from "../check";
import { enforced } from "../enforced";
import { enforcerNodes } from "../nodes";
import { controlPoliciesOver, type ControlPolicies } from "../organization";
import { refusalOf, uses } from "../requests";

export interface RightsReading {
  readonly source: LogSource;
  readonly account: string;
  readonly regions: readonly string[];
  /** Whether the role is there; undefined where that could not be read. */
  readonly role: boolean | undefined;
  /** Its own policy; null where it has none. */
  readonly policy: PolicyDocument | null | undefined;
  /** Over the role's account. */
  readonly controls: ControlPolicies;
  /** Over the archive's, whose destinations the role uses. */
  readonly archive: ControlPolicies;
}

async function read({ access, config, names, scope }: Ground, source: LogSource, account: string): Promise<RightsReading> {
  const RoleName = names.roleName.enforcer(source.name);
  const place = { account, region: config.homeRegion };
  const iam = <T>(action: string, work: (client: IAMClient) => Promise<T>) => access.attempt(place, action, (entered) => work(entered.client(IAMClient, config.homeRegion)), ["NoSuchEntity", "NoSuchEntityException"]);
  const over = (of: string) => access.once(`controls ${of}`, () => controlPoliciesOver(access, config, of));
  const [role, text, controls, archive] = await Promise.all([
    iam("iam:GetRole", async (client) => (await client.send(new GetRoleCommand({ RoleName }))).Role?.Path === names.rolePath),
    iam("iam:GetRolePolicy", async (client) => (await client.send(new GetRolePolicyCommand({ RoleName, PolicyName: RoleName }))).PolicyDocument ?? null),
    over(account),
    over(config.accounts.logArchive),
  ]);
  const policy = typeof text === "string" ? (JSON.parse(decodeURIComponent(text)) as PolicyDocument) : text;
  return { source, account, regions: regionsOf({ config, scope }, source), role: role ?? (role === null ? false : undefined), policy, controls, archive };
}

const REDEPLOY = "aws cloudformation update-stack-instances --call-as DELEGATED_ADMIN, by the delegated account's deploy role";

export const check: Check<RightsReading> = {
  looksAt: "what each enforcer's role may do, by its policy and by the control policies over its account",
  causes: {
    "role-missing": { symptom: "a source's enforcer fails in a whole account", cause: "the enforcer's role is gone" },
    "role-policy": { symptom: "a source's enforcer fails with AccessDenied in a whole account", cause: "the role's own policy does not let it do its work" },
    "control-policy-on-enforcer": { symptom: "an enforcer fails with an explicit deny in a control policy, and new resources stay unlogged", cause: "a service or resource control policy refuses the enforcer what it needs" },
  },
  async read(ground) {
    const pairs = new Map((await enforced(ground)).map(({ source, account }) => [`${source.name} ${account}`, { source, account }]));
    return Promise.all([...pairs.values()].map(({ source, account }) => read(ground, source, account)));
  },
  judge({ source, account, regions, role, policy, controls, archive }, { config, names }) {
    const nodes = enforcerNodes(config, source.name, { account, region: config.homeRegion });
    const where = { account, source: source.name };
    if (role === false) return [cause("role-missing", nodes.role, where, "there is no role of this name and path", REDEPLOY, [nodes.global])];
    const permissions = [...source.permissions(names, config.sources[source.name]!.via), ...framePermissions(names, config.regions, source.name)];
    const everything = { name: "everything", document: { Statement: { Effect: "Allow" as const, Action: "*", Resource: "*" } } };
    const findings: Finding[] = [];
    for (const region of regions)
      for (const request of uses(permissions, nodes.role, { organizationId: config.organizationId, region })) {
        const identity = policy === undefined ? everything : { name: "the role's policy", document: policy ?? { Statement: [] } };
        const rcp = request.resourceAccount === config.accounts.logArchive ? archive.rcp : controls.rcp;
        // What a resource's own policy says is its own check's.
        const resource = [{ name: "any", document: { Statement: { Effect: "Allow" as const, Principal: "*" as const, Action: "*", Resource: "*" } } }];
        const layers = { managementAccount: config.accounts.management, identity: [identity], resource, ...(controls.scp && { scp: controls.scp }) };
        const own = refusalOf({ ...request, resourceAccount: account }, { identity: [identity] });
        if (own) findings.push(cause("role-policy", nodes.role, where, own.words, REDEPLOY, [nodes.global]));
        const controlled = refusalOf(request, { ...layers, identity: [everything], ...(rcp && /^(s3|kms|sqs|logs|sts|secretsmanager):/.test(request.action) && { rcp }) });
        for (const name of controlled?.by.length ? controlled.by : controlled ? [`the control policies over ${account}`] : [])
          findings.push(cause("control-policy-on-enforcer", name, where, `${nodes.role}: ${controlled!.words}`, `detach the policy ${name}, or exempt ${names.roleArn(names.roleName.enforcer(source.name))} in it`));
      }
    return findings;
  },
};
