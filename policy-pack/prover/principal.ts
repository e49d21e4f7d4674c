/**
 * The Principal and NotPrincipal elements of resource and trust policies.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
import type { PrincipalElement } from "../evaluator/types";
import { all, always, any, never, type Claim } from "./formula";
import { glob, literal, type Pattern } from "./language/pattern";
import type { Space } from "./space";

/**
 * How strongly an element names a principal. By its account only, the question is handed to the account's own policies;
 * by its role, boundary and session policies still limit it; by itself (the session, the user, or everybody), nothing does.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export type Strength = "account" | "role" | "itself";

const atLeast: Readonly<Record<Strength, readonly Strength[]>> = { account: ["account", "role", "itself"], role: ["role", "itself"], itself: ["itself"] };

interface SessionArn {
  readonly arn: string;
  readonly roles: readonly Pattern[];
  readonly name: string;
}

/** The roles that an assumed-role ARN can be a session of: their path is not in it. */
function sessionArn(text: string): SessionArn | undefined {
  const found = /^arn:([^:]*):sts::(\d{12}):assumed-role\/([^/]+)\/(.+)$/.exec(text);
  if (!found) return undefined;
  const [partition, account, role, name] = found.slice(1) as [string, string, string, string];
  const before = `arn:${partition}:iam::${account}:role/`;
  return { arn: text, roles: [literal(before + role), [...literal(before), ...glob("*"), ...literal(`/${role}`)]], name };
}

/** The account that an identifier stands for as a whole. */
const wholeAccount = (identifier: string) => /^(?:arn:aws:iam::(\d{12}):root|(\d{12}))$/.exec(identifier)?.slice(1).find((account) => account !== undefined);

/** The principals that one of the identifiers names, and how. */
function namedBy(listed: readonly string[], space: Space): Readonly<Record<Strength, Claim>> {
  const accounts = listed.map(wholeAccount).filter((account) => account !== undefined);
  const account = accounts.length > 0 ? space.accountIs(accounts) : never;
  const exact = listed.length > 0 ? space.principalIs(listed) : never;
  if (space.kind === "root") return { account: never, role: never, itself: any(account, exact) };
  if (space.kind !== "role") return { account, role: never, itself: exact };
  const sessions = listed.map(sessionArn).filter((session) => session !== undefined);
  const itself = any(...sessions.map(({ arn, roles, name }) => all(space.principalIsOf(`role of ${arn}`, () => roles), space.sessionIs(name))));
  return { account, role: exact, itself };
}

/** Whether a Principal element names the principal, at least so strongly. */
export function named(element: PrincipalElement, space: Space, strength: Strength): Claim {
  if (element === "*") return always;
  const by = (kind: string) => Object.entries(element).filter(([key]) => key === kind).flatMap(([, listed]) => listed);
  const aws = by("AWS");
  if (aws.includes("*")) return always;
  if (space.kind === "service" || space.kind === "federated") {
    const own = by(space.kind === "service" ? "Service" : "Federated");
    if (own.includes("*")) return always;
    return own.length > 0 ? space.principalIs(own) : never;
  }
  const claims = namedBy(aws, space);
  return any(...atLeast[strength].map((each) => claims[each]));
}

/**
 * Whether NotPrincipal spares the principal: all that it is has to be listed - the session, its role and the account.
 *
 * @param bounded nobody with a permissions boundary is ever spared
 */
export function spared(element: PrincipalElement, space: Space, bounded: boolean): Claim {
  if (bounded) return never;
  const listed = element === "*" ? ["*"] : Object.values(element).flat();
  if (listed.includes("*")) return always;
  const claims = namedBy(listed, space);
  if (space.kind === "role") return all(claims.account, claims.role, claims.itself);
  return space.kind === "user" || space.kind === "federated-user" ? all(claims.account, claims.itself) : claims.itself;
}
