/**
 * The decision over one request, from the verdicts of its layers.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
import { judgeIdentity, judgeLevels, judgeResource, notApplicable, prepare, type Prepared } from "./layer";
import type { Naming } from "./principal";
import { layerNames, type Decision, type LayerName, type Layers, type LayerVerdict, type Principal, type Request } from "./types";

/** `role/aws-service-role/<service>/AWSServiceRoleFor...`: no control policy binds it. */
export function isServiceLinked(principal: Principal): boolean {
  return principal.kind === "role" && /^arn:aws:iam::\d{12}:role\/aws-service-role\//.test(principal.arn);
}

/** Whether a service control policy can bind the principal at all. */
export function boundByScp(principal: Principal, managementAccount: string | undefined): boolean {
  if (principal.kind === "service" || principal.kind === "federated" || principal.kind === "anonymous") return false;
  return principal.account !== managementAccount && !isServiceLinked(principal);
}

/** Whether a resource control policy binds the request: never in the management account, never a service-linked role. */
export function boundByRcp(request: Request, managementAccount: string | undefined): boolean {
  return request.resourceAccount !== managementAccount && !isServiceLinked(request.principal) && request.action.toLowerCase() !== "kms:retiregrant";
}

const open: LayerVerdict = { verdict: "allowed", by: [{ policy: "root user", sid: "all rights of the account" }] };

/**
 * Judges a request.
 *
 * @param request one action on one resource
 * @param layers the policies of each layer; a layer left out has none
 * @returns the decision, the layer that refused, and each layer judged alone
 * @throws Error for a condition operator that IAM does not know
 */
export function evaluate(request: Request, layers: Layers): Decision {
  const { principal } = request;
  const identified = principal.kind === "role" || principal.kind === "user" || principal.kind === "federated-user";
  const prepared = prepare(request, layers.boundary !== undefined && identified);
  const resource = layers.resource ? judgeResource(layers.resource, prepared) : undefined;
  const trust = layers.trust ? judgeResource(layers.trust, prepared) : undefined;
  const verdicts: Record<LayerName, LayerVerdict> = {
    scp: layers.scp && boundByScp(principal, layers.managementAccount) ? judgeLevels(layers.scp, prepared) : notApplicable,
    rcp: layers.rcp && boundByRcp(request, layers.managementAccount) ? judgeLevels(layers.rcp, prepared) : notApplicable,
    identity: principal.kind === "root" ? open : identified ? judgeIdentity(layers.identity ?? [], prepared) : notApplicable,
    boundary: layers.boundary && identified ? judgeIdentity(layers.boundary, prepared) : notApplicable,
    session: layers.session && (identified || principal.kind === "root") ? judgeIdentity(layers.session, prepared) : notApplicable,
    resource: resource ? { verdict: resource.verdict, by: resource.by } : notApplicable,
    trust: trust ? { verdict: trust.verdict, by: trust.by } : notApplicable,
  };
  if (ownersLastResort(request)) verdicts.resource = notApplicable;
  const deniedBy = refusal(prepared, verdicts, resource?.grants ?? new Set(), trust?.grants ?? new Set());
  return { decision: deniedBy ? "denied" : "allowed", ...(deniedBy && { deniedBy }), layers: verdicts };
}

/**
 * The root user of a bucket's owner is never locked out by the bucket's own policy.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html
 */
function ownersLastResort({ principal, action, resourceAccount }: Request): boolean {
  return principal.kind === "root" && principal.account === resourceAccount && /^s3:(get|put|delete)bucketpolicy$/i.test(action);
}

function refusal(prepared: Prepared, verdicts: Readonly<Record<LayerName, LayerVerdict>>, grants: ReadonlySet<Naming>, trusts: ReadonlySet<Naming>): LayerName | undefined {
  const { request } = prepared;
  const action = request.action.toLowerCase();
  // https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html: no permission needed, no denial counts.
  if (action === "sts:getcalleridentity") return undefined;
  const denied = layerNames.find((layer) => verdicts[layer].verdict === "explicit-deny");
  if (denied) return denied;
  const control = (["scp", "rcp"] as const).find((layer) => verdicts[layer].verdict === "implicit-deny");
  if (control) return control;

  const ours = (["identity", "boundary", "session"] as const).find((layer) => verdicts[layer].verdict === "implicit-deny");
  // AssumeRole*, and the TagSession and SetSourceIdentity that come with it.
  if (verdicts.trust.verdict !== "not-applicable") return handedOver(prepared, verdicts, "trust", trusts, ours);
  if (action.startsWith("kms:") && /^arn:[^:]*:kms:[^:]*:[^:]*:key\//.test(request.resource)) return handedOver(prepared, verdicts, "resource", grants, ours);
  const { principal } = request;
  if (principal.kind === "service" || principal.kind === "anonymous" || principal.kind === "federated") return grants.size > 0 ? undefined : "resource";
  if (principal.account !== request.resourceAccount) return ours ?? (grants.size > 0 ? undefined : "resource");
  return direct(grants, verdicts) ? undefined : ours;
}

/**
 * A key policy and a trust policy are the only door: without them no identity policy counts, and where they name the
 * account they hand the question over to it.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
 */
function handedOver(
  { request: { principal, resourceAccount } }: Prepared,
  verdicts: Readonly<Record<LayerName, LayerVerdict>>,
  layer: "resource" | "trust",
  grants: ReadonlySet<Naming>,
  ours: LayerName | undefined,
): LayerName | undefined {
  if (grants.size === 0) return layer;
  if (principal.kind === "service" || principal.kind === "federated" || principal.kind === "anonymous") return undefined;
  return principal.account === resourceAccount && direct(grants, verdicts) ? undefined : ours;
}

/** Whether a resource policy of the same account grants by itself, whatever the identity policies leave out. */
function direct(grants: ReadonlySet<Naming>, verdicts: Readonly<Record<LayerName, LayerVerdict>>): boolean {
  if (grants.has("session")) return true;
  return grants.has("role") && verdicts.boundary.verdict !== "implicit-deny" && verdicts.session.verdict !== "implicit-deny";
}
