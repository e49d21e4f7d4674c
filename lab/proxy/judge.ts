/** Judges requests by what is in force in moto at this moment. */
import { evaluate, type Layers, type Policy, type Request } from "../../policy-pack/evaluator";
import { principalKeys, requestKeys, resourceKeys, type Asking } from "./context";
import { takesRcp } from "./iam-data";
import { levelsOf, type Organization, type ResourceState, type State } from "./state";
import type { Target } from "./targets";
import type { Authorisation } from "./types";

/** Policies of one type over an account, one list a level; undefined where the type is off or the account no member. */
function policiesOver(organization: Organization | null, account: string, type: "SERVICE_CONTROL_POLICY" | "RESOURCE_CONTROL_POLICY"): readonly (readonly Policy[])[] | undefined {
  const levels = levelsOf(organization, account);
  if (!organization || !levels || !organization.enabled.includes(type)) return undefined;
  return levels.map((node) =>
    (organization.attached[node] ?? []).flatMap((id) => {
      const policy = organization.policies[id];
      return policy?.type === type ? [{ name: policy.name, document: policy.content }] : [];
    }),
  );
}

const ownerOf = (resource: string) => resource.split(":")[4] ?? "";

/** Whether a resource's policy, tags and owner can be looked up: not for "*" and not for what is yet to be made. An object's key may hold anything. */
const exists = (resource: string) => !/[*?]/.test(resource.replace(/^(arn:aws:s3:::[^/]+)\/.*$/s, "$1"));

/**
 * Judges each target of a call.
 *
 * @returns one authorisation a target, in the same order
 */
export async function judge(state: State, asking: Asking, targets: readonly Target[]): Promise<readonly Authorisation[]> {
  const { identity } = asking;
  const { principal } = identity;
  const organization = await state.organization();
  const identified = principal.kind === "role" || principal.kind === "user";
  const own = identified ? await state.principal(principal.arn) : null;
  const shared = principalKeys(identity, own, organization);
  const scp = policiesOver(organization, principal.account, "SERVICE_CONTROL_POLICY");
  return Promise.all(
    targets.map(async (target) => {
      const { action, resource } = target;
      const [service = ""] = action.split(":");
      const found: ResourceState | undefined = exists(resource) ? await state.resource(resource) : undefined;
      const resourceAccount = found?.account || ownerOf(resource) || principal.account;
      const context = {
        ...shared,
        ...requestKeys(action, target.type, asking),
        ...resourceKeys(action, target.type, found ?? { account: resourceAccount, policy: null, tags: {}, keys: {} }, organization),
        ...target.context,
      };
      const request: Request = { principal, action, resource, resourceAccount, context };
      const trust = service === "sts" && resource.includes(":role/") ? ((await state.principal(resource))?.trust ?? { Statement: [] }) : undefined;
      const rcp = takesRcp(service) ? policiesOver(organization, resourceAccount, "RESOURCE_CONTROL_POLICY") : undefined;
      const layers: Layers = {
        ...(organization && { managementAccount: organization.managementAccount }),
        ...(scp && { scp }),
        ...(rcp && { rcp }),
        identity: own?.policies ?? [],
        ...(own?.boundary && { boundary: [own.boundary] }),
        ...(identity.sessionPolicies && { session: identity.sessionPolicies }),
        ...(found?.policy && { resource: [{ name: resource, document: found.policy }] }),
        ...(trust && { trust: [{ name: `trust policy of ${resource}`, document: trust }] }),
      };
      const { decision, deniedBy, layers: verdicts } = evaluate(request, layers);
      return { action, resource, context, decision, ...(deniedBy && { deniedBy }), layers: verdicts };
    }),
  );
}
