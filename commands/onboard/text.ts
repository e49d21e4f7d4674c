/** What a person reads of a place that is taken in or retired. */
import type { Change } from "./changes";
import type { ShownPlace } from "./place";

const signs = { added: "+", changed: "~", removed: "-" } as const;

/** One line for those of a type that come or go, and each property of what changes. */
export function changesText(changes: readonly Change[]): string {
  const lines: string[] = [];
  for (const how of ["added", "removed"] as const) {
    const all = changes.filter((change) => change.how === how);
    for (const type of new Set(all.map((change) => change.type))) {
      const names = all.filter((change) => change.type === type).map(({ name }) => name);
      lines.push(`${signs[how]} ${type}  ${names.join(", ")}`);
    }
  }
  for (const { type, name, details } of changes.filter((change) => change.how === "changed")) lines.push(`~ ${type}  ${name}`, ...details.map((detail) => `    ${detail}`));
  return lines.length === 0 ? "nothing" : lines.join("\n");
}

export function placeText({ uri, keyAlias, admitted, lifecycle, copies }: ShownPlace): string {
  const rows = [
    ["place", uri],
    ["key", keyAlias],
    ...admitted.map(({ actions, who }) => [actions.map((action) => action.split(":")[1]).join(", "), who.join(", ")]),
    ["lifecycle", lifecycle ? `${lifecycle.archiveAfterDays === undefined ? "" : `archived after ${lifecycle.archiveAfterDays} days, `}gone after ${lifecycle.endsAfterDays} days` : "none: kept for ever"],
    ...copies.map(({ bucket, lockedDays }) => ["copy", `${bucket}, locked for ${lockedDays} ${lockedDays === 1 ? "day" : "days"}`]),
  ];
  const width = Math.max(...rows.map(([name]) => name!.length));
  return rows.map(([name, value]) => `${name!.padEnd(width)}  ${value}`).join("\n");
}
