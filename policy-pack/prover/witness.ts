/** A point of the space as the request that it stands for. */
import type { Principal, Request } from "../evaluator/types";
import type { Values } from "./dimension";
import { accountOf } from "./search";
import { dimensions, hasAccount, keyDimension, type Owner } from "./space";
import type { CompiledStatement } from "./statement";
import type { Universe } from "./types";

/** What the search found: the values of each dimension. */
export interface Found {
  readonly values: ReadonlyMap<string, Values>;
  readonly owner: Owner;
}

const only = ({ values }: Found, dimension: string): string => values.get(dimension)?.[0] ?? "";

function principalOf(found: Found, kind: Principal["kind"]): Principal {
  const arn = only(found, dimensions.principal);
  const account = accountOf(arn);
  // Services and the nameless have none.
  if (kind !== "role") return { kind, account, arn } as Principal;
  const session = only(found, dimensions.session) || "session";
  const [, partition] = arn.split(":");
  return { kind, account, arn, sessionArn: `arn:${partition}:sts::${account}:assumed-role/${arn.slice(arn.lastIndexOf("/") + 1)}/${session}` };
}

function ownerOf(found: Found, principal: Principal): string {
  if (found.owner === "apart") return only(found, dimensions.owner);
  const account = accountOf(only(found, dimensions.resource));
  // Else it is empty, or `aws`.
  if (/\d/.test(account)) return account;
  // Nothing depends on it, but a request's resource is somebody's.
  return principal.account || (found.owner === "principal" ? "" : "000000000000");
}

function valuesOf(key: string, universe: Universe, found: Found, request: Omit<Request, "context">): Values {
  const { principal, resourceAccount } = request;
  switch (universe.domain(key, principal.kind).kind) {
    case "absent":
    case "free":
      return found.values.get(keyDimension(key));
    case "principal-arn":
      return principal.kind === "anonymous" ? undefined : [principal.arn];
    case "principal-account":
      return hasAccount(principal.kind) ? [principal.account] : undefined;
    case "resource-account":
      if (found.owner === "apart") return found.values.get(dimensions.ownerTold) && [resourceAccount];
      return found.owner === "principal" && !hasAccount(principal.kind) ? undefined : [resourceAccount];
  }
}

const namesOf = (statements: readonly CompiledStatement[]) => new Map(statements.flatMap(({ conditions }) => conditions.map(({ key, name }) => [key, name] as const)).reverse());

/**
 * The request, with every condition key that one of the statements names, and what is always there of those that only
 * others name: without it the request would be none that the universe has.
 *
 * @param statements that cover the action
 * @param all those as well that do not
 * @returns the keys of the statements that are absent from the request as well, as the policies write them
 */
export function witness(
  found: Found,
  universe: Universe,
  { kind, action }: { readonly kind: Principal["kind"]; readonly action: string },
  statements: readonly CompiledStatement[],
  all: readonly CompiledStatement[],
): { readonly request: Request; readonly absent: readonly string[] } {
  const principal = principalOf(found, kind);
  const bare = { principal, action, resource: only(found, dimensions.resource), resourceAccount: ownerOf(found, principal) };
  const context: Record<string, string | readonly string[]> = {};
  const absent: string[] = [];
  const asked = namesOf(statements);
  const sorted = (names: ReadonlyMap<string, string>) => [...names].sort(([left], [right]) => (left < right ? -1 : 1));
  for (const [key, name] of [...sorted(asked), ...sorted(namesOf(all)).filter(([key]) => !asked.has(key))]) {
    const values = valuesOf(key, universe, found, bare);
    const domain = universe.domain(key, kind);
    if (values !== undefined) context[name] = domain.kind === "free" && domain.many ? values : values[0]!;
    else if (asked.has(key)) absent.push(name);
  }
  return { request: { ...bare, context }, absent };
}
