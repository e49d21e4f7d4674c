/** What a stack deploys is judged like what Pulumi deploys; a template that nobody can find is not judged, so it is refused. */
import { demand, type Rule } from "../rule";
import { UNKNOWN } from "../subjects/plain";
import { readTemplate } from "../subjects/template";
import type { Subject, SubjectOf } from "../subjects/subject";

/** The object that a URL of Amazon S3 points to, by its key and, where it is known, its bucket. */
function objectAt(url: string, siblings: readonly Subject[]): SubjectOf<"object"> | undefined {
  const path = decodeURIComponent(url.split("?")[0] ?? "");
  return siblings.find((other): other is SubjectOf<"object"> =>
    other.kind === "object" && typeof other.key === "string" && path.endsWith(`/${other.key}`) &&
    (typeof other.bucket !== "string" || path.includes(`/${other.bucket}.s3`) || path.includes(`/${other.bucket}/`)));
}

/** A key that ends in the SHA-256 of what lies under it. */
const byHash = /-[0-9a-f]{64}\.json$/;

/** What is wrong with the template; undefined if it can be read. */
function fault({ kind, body, url }: SubjectOf<"stack-set" | "stack">, siblings: readonly Subject[]): string | undefined {
  if (typeof body === "string") return readTemplate(body, { urn: "", name: "" }) === undefined ? "Its template is not JSON with Resources." : undefined;
  if (body === UNKNOWN || url === UNKNOWN) return "Its template is not known before deployment.";
  if (typeof url !== "string") return "It has no template.";
  const object = objectAt(url, siblings);
  // The management account's own stacks read the StackSets' templates where another tier put them, judged there: under
  // their hash they are the same.
  if (object === undefined && kind === "stack" && byHash.test(url)) return undefined;
  if (object === undefined) return `Its template ${url} is no object of this stack.`;
  if (typeof object.content !== "string") return `Its template ${url} is not known before deployment.`;
  return readTemplate(object.content, { urn: "", name: "" }) === undefined ? `Its template ${url} is not JSON with Resources.` : undefined;
}

export const rule: Rule = {
  requirement: "A StackSet's template is part of this stack and known before deployment; a stack's may lie elsewhere under its hash.",
  needs: "siblings",
  judge: (subject, siblings) => {
    if (subject.kind !== "stack-set" && subject.kind !== "stack") return "not-applicable";
    const found = fault(subject, siblings);
    return demand(found === undefined, found ?? "");
  },
};
