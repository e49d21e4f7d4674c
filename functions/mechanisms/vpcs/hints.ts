/** Which VPCs a CloudTrail event speaks of. */

/** The ids in a payload, wherever they stand; its shape differs by call and is documented for few. */
export function idsIn(payload: unknown): readonly string[] {
  return JSON.stringify(payload ?? null).match(/\b[a-z]+(?:-[a-z]+)*-(?:[0-9a-f]{17}|[0-9a-f]{8})\b/g) ?? [];
}

/** The VPCs that a call's parameters or its answer name, each once. */
export function vpcsIn(detail: Readonly<Record<string, unknown>>): readonly string[] {
  const ids = [...idsIn(detail.requestParameters), ...idsIn(detail.responseElements)];
  return [...new Set(ids.filter((id) => id.startsWith("vpc-")))];
}
