/** What the readers share. */
import { readDocument } from "./document";
import { pick, type Plain } from "./plain";
import type { PolicyKind, PolicySubject, Resource, Subject } from "./subject";

export type Reader = (resource: Resource) => readonly Subject[];

/** A policy subject; the owner is the resource itself unless a property names another. */
export function policy(kind: PolicyKind, resource: Resource, value: Plain | undefined, owner?: Plain, inline = false): PolicySubject {
  return { kind, resource, document: readDocument(value), owner: owner ?? resource.name, inline };
}

/** A policy that may be set here or by a resource of its own: judged only where it is there. */
export function optionalPolicy(kind: PolicyKind, resource: Resource, value: Plain | undefined): readonly Subject[] {
  return value === undefined || value === "" ? [] : [policy(kind, resource, value)];
}

/** The names a resource goes by: its own and those its properties give. */
export function namesOf(resource: Resource, ...properties: readonly string[]): readonly string[] {
  const given = properties.map((property) => pick(resource.props, property)).filter((value) => typeof value === "string");
  return [...new Set([...given, resource.name])];
}
