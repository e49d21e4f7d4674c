/** Every request of a universe whose languages are lists of texts. */
import type { Request } from "../../evaluator";
import type { KeyDomain, Language, Universe } from "../types";
import { isMember } from "./language";
import { computed, ownersOf, principalOf, sessionsIn, type Edges } from "./requests";

/** @throws Error for a language that is no list: it has too many members to try */
function listed(language: Language): readonly string[] {
  if (language.like.some((glob) => /[*?]/.test(glob))) throw new Error(`more than a few texts: ${language.like.join()}`);
  return language.like.filter((text) => isMember(language, text));
}

const subsets = (values: readonly string[]): readonly (readonly string[])[] => values.reduce<string[][]>((all, value) => [...all, ...all.map((set) => [...set, value])], [[]]);

/** The values that a key may have; undefined for absent. */
function valuesOf(domain: KeyDomain, request: Omit<Request, "context">): readonly (string | readonly string[] | undefined)[] {
  if (domain.kind !== "free") return computed(domain.kind, request);
  const values = domain.many ? subsets(listed(domain.values)).filter((set) => set.length > 0) : listed(domain.values);
  return domain.presence === "either" ? [undefined, ...values] : values;
}

export function everyRequest({ principals, actions, resources, domain }: Universe, edges: Edges): readonly Request[] {
  const sessions = sessionsIn(edges);
  const who = principals.flatMap(({ kind, arns }) => listed(arns).flatMap((arn) => (kind === "role" ? sessions : ["ab"]).map((session) => principalOf(kind, arn, session)!)));
  const bare = who.flatMap((principal) =>
    actions.flatMap((action) =>
      (resources === "none" ? ["*"] : listed(resources)).flatMap((resource) => ownersOf(resource, principal).map((resourceAccount) => ({ principal, action, resource, resourceAccount })))));
  return bare.flatMap((request) => {
    let contexts: Readonly<Record<string, string | readonly string[]>>[] = [{}];
    for (const key of edges.keys.keys()) {
      const values = valuesOf(domain(key, request.principal.kind), request);
      contexts = contexts.flatMap((context) => values.map((value) => (value === undefined ? context : { ...context, [key]: value })));
    }
    return contexts.map((context) => ({ ...request, context }));
  });
}
