/** What the roles of ours were granted, against what they used. */
import type { GraphResource } from "../../infra/program/graph";
import type { Call } from "../proxy";
import type { Configuration } from "../../infra/config/configuration";
import { readerRoles } from "../../infra/documents/reader-roles";
import type { CheckRow, RoleRow } from "../report/report";

type Statements = readonly { readonly Effect: string; readonly Action?: string | readonly string[] }[];

const actionsOf = (document: unknown): string[] => {
  const { Statement } = (typeof document === "string" ? JSON.parse(document) : document) as { Statement: Statements };
  return Statement.filter(({ Effect }) => Effect === "Allow").flatMap(({ Action = [] }) => (typeof Action === "string" ? [Action] : [...Action]));
};

interface TemplateRole {
  readonly Type: string;
  readonly Properties: { readonly RoleName?: string; readonly Policies?: readonly { readonly PolicyDocument: unknown }[] };
}

/**
 * @param template the global template, whose roles stand in every member
 * @param graphs the tiers' own roles: each a role policy named after its role
 */
export function grantedAgainstUsed(template: { readonly Resources: Record<string, unknown> }, graphs: readonly GraphResource[], calls: readonly Call[]): RoleRow[] {
  const granted = new Map<string, Set<string>>();
  const grant = (role: string, document: unknown) => {
    const actions = granted.get(role) ?? new Set<string>();
    for (const action of actionsOf(document)) actions.add(action);
    granted.set(role, actions);
  };
  for (const resource of Object.values(template.Resources) as TemplateRole[])
    if (resource.Type === "AWS::IAM::Role")
      for (const { PolicyDocument } of resource.Properties.Policies ?? []) grant(resource.Properties.RoleName ?? "", PolicyDocument);
  for (const { type, props } of graphs)
    if (type === "aws:iam/rolePolicy:RolePolicy" && typeof props.role === "string") grant(props.role, props.policy);
  const used = new Map<string, Set<string>>();
  for (const { principal, authorisations, decision } of calls) {
    if (principal.kind !== "role" || decision === "denied") continue;
    const role = principal.arn.split("/").at(-1) ?? "";
    const actions = used.get(role) ?? new Set<string>();
    for (const { action } of authorisations) actions.add(action);
    used.set(role, actions);
  }
  return [...granted].map(([role, actions]) => ({ role, granted: [...actions].sort(), used: [...(used.get(role) ?? [])].sort() }));
}

/** Whether each reader that the configuration has is among the rows, and used nothing that it was not granted. */
export function readersAgainstUse(config: Configuration, rows: readonly RoleRow[]): CheckRow {
  const readers = readerRoles(config).map(({ name }) => ({ name, row: rows.find(({ role }) => role === name) }));
  const wrong = readers.filter(({ row }) => row === undefined || row.granted.length === 0 || row.used.some((action) => !row.granted.includes(action)));
  const used = readers.map(({ name, row }) => `${name} ${row?.used.length ?? 0} of ${row?.granted.length ?? 0}`);
  return { name: "each reader's grants are shown against what it used, and it used no more", ok: wrong.length === 0 && readers.length > 0, detail: wrong.map(({ name }) => name).join(", ") || used.join(", ") };
}
