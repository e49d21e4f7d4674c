/** What takes a resource is AWS's word: https://docs.aws.amazon.com/service-authorization/latest/reference/ */
import { actionsNamed, type Action } from "../actions";
import { verdict, type Rule } from "../rule";
import type { Statement } from "../subjects/document";

/** How many action names a sentence lists before it counts the rest. */
const LISTED = 5;

/**
 * Whether a resource element says no more than "everything" to an action: `*`, an ARN that leaves the service open, or
 * one whose resource part is bare `*` although all of the action's resources carry a type (`vpc/...`).
 */
function isEverything(resource: string, { arnFormats }: Action): boolean {
  if (/^[*?]*$/.test(resource)) return true;
  if (!resource.startsWith("arn:")) return false;
  const [, , service = "*", , , ...rest] = resource.split(":");
  if (service.includes("*") || rest.length === 0) return resource.includes("*");
  return /^\*+$/.test(rest.join(":")) && arnFormats.every((format) => !/^\$\{/.test(format.split(":").slice(5).join(":")));
}

async function violations({ sid, effect, actions, notActions, resources, notResources }: Statement): Promise<readonly string[]> {
  if (effect !== "Allow") return [];
  if (notActions.length > 0) return [`Statement ${sid} grants all actions but those it lists (NotAction).`];
  if (notResources.length > 0) return [`Statement ${sid} grants on all resources but those it lists (NotResource).`];
  const named = await Promise.all(actions.map(async (pattern) => ({ pattern, found: await actionsNamed(pattern) })));
  const unheard = named.filter(({ found }) => found.length === 0).map(({ pattern }) => `Statement ${sid} grants ${pattern}, which AWS does not know.`);
  const confinable = named.flatMap(({ found }) => found).filter(({ arnFormats }) => arnFormats.length > 0);
  const wide = resources.flatMap((resource) => {
    const names = [...new Set(confinable.filter((action) => isEverything(resource, action)).map(({ name }) => name))];
    if (names.length === 0) return [];
    const more = names.length > LISTED ? ` and ${names.length - LISTED} more` : "";
    return [`Statement ${sid} grants ${names.slice(0, LISTED).join(", ")}${more} on ${resource}, though AWS lets it be confined to a resource.`];
  });
  return [...unheard, ...wide];
}

export const rule: Rule = {
  requirement: "A role is granted an action that takes a resource on named resources only, never on `*`.",
  needs: "subject",
  judge: async (subject) => {
    if (subject.kind !== "identity-policy" || !subject.document.known) return "not-applicable";
    return verdict((await Promise.all(subject.document.statements.map(violations))).flat());
  },
};
