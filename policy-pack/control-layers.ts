/** The control policies of a stack as the layers that they are: what bears on a target is judged together. */
import { nameOf, policyOf } from "./obligation";
import type { Layers } from "./evaluator/types";
import type { PolicySubject, Subject, SubjectOf } from "./subjects/subject";

export interface ControlLayer {
  readonly layers: Layers;
  readonly subjects: readonly PolicySubject[];
  /** Roots, OUs and accounts on which exactly these documents are; empty where the stack attaches nothing. */
  readonly targets: readonly string[];
}

export type ControlKind = "service-control-policy" | "resource-control-policy";

/** AWS attaches it everywhere, and a Deny is judged beside it. */
const fullAccess = {
  name: "FullAWSAccess",
  document: { Version: "2012-10-17", Statement: { Sid: "Full", Effect: "Allow" as const, Action: "*", Resource: "*" } },
};

type Attachment = SubjectOf<"control-policy-attachment">;

const isAttachment = (subject: Subject): subject is Attachment => subject.kind === "control-policy-attachment";

/** Those of a kind that can be read; what can't be is `documents-known`'s to refuse. */
export const documentsOf = (subjects: readonly Subject[], kind: ControlKind): readonly PolicySubject[] =>
  subjects.filter((subject): subject is PolicySubject => subject.kind === kind && (subject as PolicySubject).document.known);

/**
 * The policy that an attachment attaches: of those it refers to, the one that its `policyId` comes from, or that is its
 * parent. It may wait for others.
 */
export function attachedBy(attachment: Attachment, documents: readonly PolicySubject[]): PolicySubject | undefined {
  const { resource, policy } = attachment;
  return (
    documents.find((one) => one.resource === resource) ??
    documents.find((one) => resource.references?.["policyId"]?.includes(one.resource.urn)) ??
    documents.find((one) => resource.parent === one.resource.urn) ??
    documents.find((one) => typeof policy === "string" && policy === one.resource.name) ??
    documents.find((one) => resource.dependencies.includes(one.resource.urn))
  );
}

/** The targets of a kind's attachments, with the documents on each. */
export function targetsOf(subjects: readonly Subject[], kind: ControlKind): ReadonlyMap<string, readonly PolicySubject[]> {
  const documents = documentsOf(subjects, kind);
  const found = new Map<string, PolicySubject[]>();
  for (const attachment of subjects.filter(isAttachment)) {
    const document = attachedBy(attachment, documents);
    if (!document) continue;
    for (const target of attachment.targets) found.set(String(target), [...(found.get(String(target)) ?? []), document]);
  }
  return found;
}

/**
 * One layer for each set of documents that some target has; all documents together where nothing is attached.
 *
 * A target that lacks one document is a layer of its own, so that what it then lets through is a hole there.
 */
export function controlLayers(subjects: readonly Subject[], kind: ControlKind): readonly ControlLayer[] {
  const documents = documentsOf(subjects, kind);
  if (documents.length === 0) return [];
  const sets = new Map<string, { subjects: readonly PolicySubject[]; targets: string[] }>();
  for (const [target, on] of targetsOf(subjects, kind)) {
    const ordered = documents.filter((document) => on.includes(document));
    const key = ordered.map(nameOf).join("\n");
    const set = sets.get(key) ?? { subjects: ordered, targets: [] };
    set.targets.push(target);
    sets.set(key, set);
  }
  const all = sets.size > 0 ? [...sets.values()] : [{ subjects: documents, targets: [] }];
  return all.map((set) => ({ ...set, layers: layersOf(kind, set.subjects) }));
}

const layersOf = (kind: ControlKind, subjects: readonly PolicySubject[]): Layers =>
  ({ [kind === "service-control-policy" ? "scp" : "rcp"]: [[fullAccess, ...subjects.map(policyOf)]] });
