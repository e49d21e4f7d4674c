/** Whether one statement speaks of one request. */
import { conditionHolds, type Context } from "./condition";
import { matches, parsePattern } from "./glob";
import { naming, spared, type Naming } from "./principal";
import type { PolicyDocument, Principal, Request, Statement } from "./types";
import { expand, type Lookup } from "./variables";

const listOf = <T>(value: T | readonly T[]): readonly T[] => (Array.isArray(value) ? (value as readonly T[]) : [value as T]);

export function statementsOf(document: PolicyDocument): readonly Statement[] {
  return listOf(document.Statement);
}

/**
 * Whether action, resource and condition of the statement fit the request (its principal apart).
 *
 * Resource patterns are matched as one piece of text, so that a `*` may reach across a colon: IAM lets it only at
 * the end of a segment (not confirmed further). Patterns of this project mean the same either way.
 */
export function speaksOf(statement: Statement, version: string | undefined, request: Request, context: Context, lookup: Lookup): boolean {
  const variables = version === "2012-10-17" ? lookup : undefined;
  return actionFits(statement, request.action) && resourceFits(statement, request.resource, variables) && conditionHolds(statement.Condition, context, variables);
}

/** What each statement was found to say of each action: its patterns never change, and are asked thousands of times. */
const fits = new WeakMap<Statement, Map<string, boolean>>();

function actionFits(statement: Statement, action: string): boolean {
  const known = fits.get(statement) ?? new Map<string, boolean>();
  fits.set(statement, known);
  const fit = known.get(action) ?? namesAction(statement, action.toLowerCase());
  known.set(action, fit);
  return fit;
}

function namesAction({ Action, NotAction }: Statement, action: string): boolean {
  const listed = (patterns: string | readonly string[]) => listOf(patterns).some((pattern) => matches(parsePattern(pattern.toLowerCase()), action));
  if (Action !== undefined) return listed(Action);
  return NotAction !== undefined && !listed(NotAction);
}

/** A trust policy has no Resource: it speaks of the role that it hangs on. */
function resourceFits({ Resource, NotResource }: Statement, resource: string, lookup: Lookup | undefined): boolean {
  const listed = (patterns: string | readonly string[]) =>
    listOf(patterns).some((text) => {
      const pattern = expand(text, lookup);
      return pattern !== undefined && matches(pattern, resource);
    });
  if (Resource !== undefined) return listed(Resource);
  return NotResource === undefined || !listed(NotResource);
}

/**
 * How the statement of a resource policy names the principal; `role` for a NotPrincipal that does not spare it.
 *
 * @param bounded whether the principal has a permissions boundary
 */
export function namesPrincipal(statement: Statement, principal: Principal, bounded: boolean): Naming | undefined {
  if (statement.Principal !== undefined) return naming(statement.Principal, principal);
  if (statement.NotPrincipal !== undefined) return spared(statement.NotPrincipal, principal, bounded) ? undefined : "role";
  return undefined;
}
