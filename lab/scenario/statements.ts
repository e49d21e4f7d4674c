/** Which statements of the lock the attacks need: without one, some refused request would pass its layer. */
import type { GraphResource } from "../../infra/program/graph";
import type { Authorisation } from "../proxy";
import type { StatementRow } from "../report/report";

interface Document {
  readonly Statement: readonly { readonly Sid?: string; readonly Effect: string }[];
}

/**
 * Every denying statement of the policies in a graph, with the number of refused requests that it alone refused in its
 * layer: the layer's verdict names every statement that applied.
 */
export function neededStatements(graph: readonly GraphResource[], refusals: readonly Authorisation[]): StatementRow[] {
  const needed = new Map<string, number>();
  for (const { layers } of refusals)
    for (const layer of ["scp", "rcp"] as const) {
      const by = layers[layer].verdict === "explicit-deny" ? layers[layer].by : [];
      const [only, ...others] = new Set(by.map(({ policy, sid }) => `${layer} ${policy} ${sid}`));
      if (only !== undefined && others.length === 0) needed.set(only, (needed.get(only) ?? 0) + 1);
    }
  return graph
    // A policy of GuardDuty's is one of AWS Organizations' too, and has no statements.
    .filter(({ type, props }) => type === "aws:organizations/policy:Policy" && /^(SERVICE|RESOURCE)_CONTROL_POLICY$/.test(String(props.type)))
    .flatMap(({ props }) => {
      const layer = props.type === "RESOURCE_CONTROL_POLICY" ? ("rcp" as const) : ("scp" as const);
      const document = JSON.parse(String(props.content)) as Document;
      return document.Statement.filter(({ Effect }) => Effect === "Deny").map(({ Sid = "" }) => {
        const policy = String(props.name);
        return { layer, policy, sid: Sid, neededBy: needed.get(`${layer} ${policy} ${Sid}`) ?? 0 };
      });
    });
}
