/**
 * The Principal and NotPrincipal elements.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
import type { Principal, PrincipalElement } from "./types";

/**
 * How an element names a principal:
 * - `session`: the very session, user or root, or everybody (`*`) - a grant to it is not limited by an implicit denial in
 *   an identity, boundary or session policy
 * - `role`: its role - limited by boundary and session policies
 * - `account`: its account - which only hands the question to that account's identity policies
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export type Naming = "session" | "role" | "account";

const strength: readonly Naming[] = ["session", "role", "account"];

/** The strongest way in which the element names the principal; undefined if it does not. */
export function naming(element: PrincipalElement, principal: Principal): Naming | undefined {
  if (element === "*") return "session";
  const found = new Set<Naming>();
  for (const [kind, listed] of Object.entries(element)) {
    for (const identifier of typeof listed === "string" ? [listed] : listed) {
      const how = namingBy(kind, identifier, principal);
      if (how) found.add(how);
    }
  }
  return strength.find((how) => found.has(how));
}

function namingBy(kind: string, identifier: string, principal: Principal): Naming | undefined {
  if (kind === "AWS") {
    if (identifier === "*") return "session";
    if (principal.kind === "service" || principal.kind === "federated" || principal.kind === "anonymous") return undefined;
    if (identifier === principal.account || identifier === `arn:aws:iam::${principal.account}:root`) {
      return principal.kind === "root" ? "session" : "account";
    }
    if (principal.kind === "role") return identifier === principal.sessionArn ? "session" : identifier === principal.arn ? "role" : undefined;
    return identifier === principal.arn ? "session" : undefined;
  }
  if (kind === "Service") return principal.kind === "service" && (identifier === "*" || identifier === principal.arn) ? "session" : undefined;
  if (kind === "Federated") return principal.kind === "federated" && (identifier === "*" || identifier === principal.arn) ? "session" : undefined;
  return undefined;
}

/**
 * Whether NotPrincipal spares the principal: everything that it is has to be listed - the session, its role and the
 * account - or the denial strikes it. Nobody with a permissions boundary is ever spared.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
export function spared(element: PrincipalElement, principal: Principal, bounded: boolean): boolean {
  if (bounded) return false;
  const listed = new Set(Object.values(element === "*" ? { AWS: "*" } : element).flatMap((value) => (typeof value === "string" ? [value] : value)));
  if (listed.has("*")) return true;
  const root = `arn:aws:iam::${principal.account}:root`;
  const account = listed.has(principal.account) || listed.has(root);
  if (principal.kind === "role") return account && listed.has(principal.arn) && listed.has(principal.sessionArn);
  if (principal.kind === "user" || principal.kind === "federated-user") return account && listed.has(principal.arn);
  return principal.kind === "root" ? account : listed.has(principal.arn);
}
