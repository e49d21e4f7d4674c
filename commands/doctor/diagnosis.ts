/** From findings to causes: what rests on something that is broken is its symptom, and said with it. */
import type { Finding } from "./check";

export interface Cause extends Finding {
  /** What it explains: `what` of the findings that rest on it. */
  readonly affects: readonly string[];
}

const wordsOf = ({ where, what }: Finding) => [where.source, what, where.account, where.region].filter(Boolean).join(" ");

/** The same cause of the same thing, found in several ways, once: with the places told apart only where there is one. */
function merged(findings: readonly Finding[]): readonly Finding[] {
  const byIdentity = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = `${finding.kind} ${finding.cause} ${finding.what}`;
    byIdentity.set(key, [...(byIdentity.get(key) ?? []), finding]);
  }
  return [...byIdentity.values()].map((same) => {
    const [first] = same as [Finding];
    const only = <T>(of: (finding: Finding) => T | undefined) => (new Set(same.map(of)).size === 1 ? of(first) : undefined);
    const [account, region, source] = [only(({ where }) => where.account), only(({ where }) => where.region), only(({ where }) => where.source)];
    const found = [...new Set(same.map((one) => one.found))];
    const rest = found.length > 3 ? `; and ${found.length - 3} more` : "";
    return {
      ...first,
      where: { ...(account !== undefined && { account }), ...(region !== undefined && { region }), ...(source !== undefined && { source }) },
      found: `${found.slice(0, 3).join("; ")}${rest}`,
      restsOn: [...new Set(same.flatMap(({ restsOn }) => restsOn))],
    };
  });
}

/** The causes at the root of what was found, each with what it explains; sorted, so that two runs compare. */
export function rootCauses(findings: readonly Finding[]): readonly Cause[] {
  const all = merged(findings.filter(({ kind }) => kind === "cause"));
  const broken = new Map<string, Finding[]>();
  for (const finding of all) broken.set(finding.what, [...(broken.get(finding.what) ?? []), finding]);

  /** What a finding comes down to; itself where nothing that it rests on is broken, or only what rests on it in turn. */
  function rootsOf(finding: Finding, seen: ReadonlySet<Finding> = new Set()): ReadonlySet<Finding> {
    const below = finding.restsOn.filter((what) => what !== finding.what).flatMap((what) => broken.get(what) ?? []).filter((one) => !seen.has(one));
    if (below.length === 0) return new Set([finding]);
    return new Set(below.flatMap((one) => [...rootsOf(one, new Set([...seen, finding]))]));
  }

  const affected = new Map<Finding, Finding[]>();
  for (const finding of all)
    for (const root of rootsOf(finding)) affected.set(root, [...(affected.get(root) ?? []), ...(root === finding ? [] : [finding])]);
  return [...affected]
    .map(([root, symptoms]) => ({ ...root, affects: [...new Set(symptoms.map(wordsOf))].sort() }))
    .sort((a, b) => wordsOf(a).localeCompare(wordsOf(b)) || a.cause.localeCompare(b.cause));
}

/** Notes, each once. */
export const notesOf = (findings: readonly Finding[]): readonly Finding[] => merged(findings.filter(({ kind }) => kind === "note"));
