/** What a deployment has to do: pure. */
import type { GraphResource } from "../../infra/program/graph";

export interface Changes {
  /** URNs, in the order of the graph. */
  readonly create: readonly string[];
  readonly update: readonly string[];
  readonly unchanged: readonly string[];
  /** What the new graph no longer has. */
  readonly remove: readonly string[];
}

/** What is compared: what the program set, but for what it asks to ignore. */
function compared({ type, props, ignoreChanges, account }: GraphResource): string {
  const rest = Object.fromEntries(Object.entries(props).filter(([name]) => !ignoreChanges.includes(name)));
  return JSON.stringify([type, account, rest]);
}

/** The stack itself and its providers: how resources are made, and nothing that is made. */
const isPulumis = ({ type }: Pick<GraphResource, "type">) => type.startsWith("pulumi:");

/** From what was deployed last to what is to be deployed. */
export function changesBetween(before: readonly GraphResource[], now: readonly GraphResource[]): Changes {
  const known = new Map(before.map((resource) => [resource.urn, resource]));
  const wanted = now.filter((resource) => !isPulumis(resource));
  const urns = (which: (known: GraphResource | undefined, resource: GraphResource) => boolean) =>
    wanted.filter((resource) => which(known.get(resource.urn), resource)).map(({ urn }) => urn);
  const there = new Set(wanted.map(({ urn }) => urn));
  return {
    create: urns((old) => !old),
    update: urns((old, resource) => old !== undefined && compared(old) !== compared(resource)),
    unchanged: urns((old, resource) => old !== undefined && compared(old) === compared(resource)),
    remove: before.filter((resource) => !isPulumis(resource) && !there.has(resource.urn)).map(({ urn }) => urn),
  };
}

/** What has to be there before a resource: what it says, and its parent. */
export const dependenciesOf = ({ dependencies, parent }: GraphResource): readonly string[] => [...dependencies, parent];
