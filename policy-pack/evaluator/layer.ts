/** One layer of policies, judged alone. */
import { contextOf, lookupIn, type Context } from "./condition";
import type { Naming } from "./principal";
import { namesPrincipal, speaksOf, statementsOf } from "./statement";
import type { LayerVerdict, Policy, Request, Statement } from "./types";
import type { Lookup } from "./variables";

/** A request with its context made ready once for all layers. */
export interface Prepared {
  readonly request: Request;
  readonly context: Context;
  readonly lookup: Lookup;
  /** Whether the principal has a permissions boundary. */
  readonly bounded: boolean;
}

export function prepare(request: Request, bounded: boolean): Prepared {
  const context = contextOf(request.context);
  return { request, context, lookup: lookupIn(context), bounded };
}

export const notApplicable: LayerVerdict = { verdict: "not-applicable", by: [] };

type Hit = { readonly policy: string; readonly sid: string };

function hits(policies: readonly Policy[], prepared: Prepared, effect: Statement["Effect"], also: (statement: Statement) => boolean = () => true): Hit[] {
  const found: Hit[] = [];
  for (const { name, document } of policies) {
    for (const [index, statement] of statementsOf(document).entries()) {
      if (statement.Effect !== effect || !also(statement)) continue;
      if (speaksOf(statement, document.Version, prepared.request, prepared.context, prepared.lookup)) found.push({ policy: name, sid: statement.Sid ?? `#${index + 1}` });
    }
  }
  return found;
}

/** Identity policies, a boundary or a session policy: one Allow suffices, one Deny refuses. */
export function judgeIdentity(policies: readonly Policy[], prepared: Prepared): LayerVerdict {
  const denied = hits(policies, prepared, "Deny");
  if (denied.length > 0) return { verdict: "explicit-deny", by: denied };
  const allowed = hits(policies, prepared, "Allow");
  return allowed.length > 0 ? { verdict: "allowed", by: allowed } : { verdict: "implicit-deny", by: [] };
}

/** Control policies speak to everybody; one that names principals is none that AWS would take, and says nothing. */
const forEverybody = ({ Principal, NotPrincipal }: Statement) => NotPrincipal === undefined && (Principal === undefined || Principal === "*");

/**
 * Service or resource control policies: each level from the root down to the account has to allow, and no level may deny.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
 */
export function judgeLevels(levels: readonly (readonly Policy[])[], prepared: Prepared): LayerVerdict {
  const denied = levels.flatMap((policies) => hits(policies, prepared, "Deny", forEverybody));
  if (denied.length > 0) return { verdict: "explicit-deny", by: denied };
  const allowed = levels.map((policies) => hits(policies, prepared, "Allow", forEverybody));
  if (allowed.some((level) => level.length === 0)) return { verdict: "implicit-deny", by: [] };
  return { verdict: "allowed", by: allowed.flat() };
}

/** A resource or trust policy: as an identity policy, and by which of its names the principal was allowed. */
export function judgeResource(policies: readonly Policy[], prepared: Prepared): LayerVerdict & { readonly grants: ReadonlySet<Naming> } {
  const { principal } = prepared.request;
  const grants = new Set<Naming>();
  const denied = hits(policies, prepared, "Deny", (statement) => namesPrincipal(statement, principal, prepared.bounded) !== undefined);
  if (denied.length > 0) return { verdict: "explicit-deny", by: denied, grants };
  const allowed: Hit[] = [];
  for (const policy of policies) {
    for (const how of ["session", "role", "account"] as const) {
      const found = hits([policy], prepared, "Allow", (statement) => statement.Principal !== undefined && namesPrincipal(statement, principal, prepared.bounded) === how);
      if (found.length > 0) grants.add(how);
      allowed.push(...found);
    }
  }
  return { verdict: allowed.length > 0 ? "allowed" : "implicit-deny", by: allowed, grants };
}
