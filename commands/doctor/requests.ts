/** The requests that the doctor has judged: a service that writes a log, an enforcer at its work. One concrete request each. */
import type { Permission } from "../../functions/sources/log-source";
import { ANY_ACCOUNT } from "../../infra/names";
import { evaluate, type LayerName, type Layers, type Principal, type Request } from "../../policy-pack/evaluator";

type Context = Readonly<Record<string, string | readonly string[]>>;

/** A concrete text of a pattern: the account filled in, wildcards made into something. */
export const concrete = (pattern: string, account: string, region: string): string =>
  pattern
    .replaceAll("{account}", account)
    .replaceAll(ANY_ACCOUNT, account)
    .replace(/^(arn:aws:[^:]*:)\*/, `$1${region}`)
    .replaceAll("*", "x")
    .replaceAll("?", "0");

/** A service that acts for an account of the organization. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
export function asService(service: string, { organizationId, account, sourceArn, region }: { readonly organizationId: string; readonly account: string; readonly sourceArn?: string; readonly region: string }): { principal: Principal; context: Context } {
  return {
    principal: { kind: "service", account: "", arn: service },
    context: {
      "aws:SecureTransport": "true",
      "aws:PrincipalIsAWSService": "true",
      "aws:PrincipalServiceName": service,
      "aws:PrincipalServiceNamesList": [service],
      "aws:ViaAWSService": "false",
      "aws:RequestedRegion": region,
      "aws:SourceAccount": account,
      "aws:SourceOrgID": organizationId,
      ...(sourceArn !== undefined && { "aws:SourceArn": sourceArn }),
    },
  };
}

/** A role's session, in a member of the organization. */
export function asRole(roleArn: string, { organizationId, region }: { readonly organizationId: string; readonly region: string }): { principal: Principal; context: Context } {
  const account = roleArn.split(":")[4] ?? "";
  return {
    principal: { kind: "role", account, arn: roleArn, sessionArn: `arn:aws:sts::${account}:assumed-role/${roleArn.split("/").at(-1)}/session` },
    context: {
      "aws:SecureTransport": "true",
      "aws:PrincipalIsAWSService": "false",
      "aws:PrincipalArn": roleArn,
      "aws:PrincipalAccount": account,
      "aws:PrincipalOrgID": organizationId,
      "aws:PrincipalType": "AssumedRole",
      "aws:ViaAWSService": "false",
      "aws:RequestedRegion": region,
    },
  };
}

/** What a permission's own condition says of the request that it is for: the tags that it carries, the service it is for. */
const carried = ({ condition = {} }: Permission): Context =>
  Object.fromEntries(Object.values(condition).flatMap((keys) => Object.entries(keys)).filter(([key]) => !/ResourceTag/.test(key)).map(([key, value]) => [key, key === "aws:TagKeys" && typeof value === "string" ? [value] : value]));

/** A role's use of each action that it is permitted, on one resource of each pattern. */
export function uses(permissions: readonly Permission[], roleArn: string, at: { readonly organizationId: string; readonly region: string }): readonly Request[] {
  const { principal, context } = asRole(roleArn, at);
  return permissions.flatMap((permission) =>
    permission.actions.flatMap((action) =>
      permission.resources.map((pattern) => {
        const resource = pattern === "*" ? "*" : concrete(pattern, principal.account, at.region);
        return { principal, action, resource, resourceAccount: resource.split(":")[4] || principal.account, context: { ...context, ...carried(permission) } };
      }),
    ),
  );
}

export interface Refusal {
  readonly layer: LayerName;
  /** The policies that refuse; empty where nothing in the layer allows it. */
  readonly by: readonly string[];
  /** In words: `explicit deny by policy/Sid`, or that nothing allows it. */
  readonly words: string;
}

/** Undefined where the layers given allow it. */
export function refusalOf(request: Request, layers: Layers): Refusal | undefined {
  const { deniedBy, layers: verdicts } = evaluate(request, layers);
  if (deniedBy === undefined) return undefined;
  const { verdict, by } = verdicts[deniedBy];
  const explicit = verdict === "explicit-deny";
  return {
    layer: deniedBy,
    by: explicit ? [...new Set(by.map(({ policy }) => policy))] : [],
    words: explicit ? `${by.map(({ policy, sid }) => `${policy}/${sid}`).join(", ")} denies ${request.action}` : `nothing in it allows ${request.action}`,
  };
}
