/** Turns what is wrong with a configuration into one line each: the file, the key, what was given, what is allowed. */
import type { z } from "zod";

/** A configuration that can't be used; `message` is one line a problem. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";
  constructor(readonly problems: readonly string[]) {
    super(problems.join("\n"));
  }
}

/** `["exclusions", 0, "region"]` -> `fall:exclusions[0].region` */
export function keyOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((key, part, index) => {
    if (typeof part === "number") return `${key}[${part}]`;
    return index === 0 ? `fall:${String(part)}` : `${key}.${String(part)}`;
  }, "");
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, part) => (typeof value === "object" && value !== null ? (value as Record<PropertyKey, unknown>)[part] : undefined), root);
}

/** The lines for one zod issue. */
export function linesFor(issue: z.core.$ZodIssue, given: unknown, knownAt: (path: readonly PropertyKey[]) => readonly string[]): readonly string[] {
  if (issue.code === "unrecognized_keys") {
    const known = knownAt(issue.path).join(", ");
    return issue.keys.map((key) => `${keyOf([...issue.path, key])} is unknown: one of ${known} is allowed`);
  }
  const value = valueAt(given, issue.path);
  const what = value === undefined ? "is missing" : `is ${JSON.stringify(value)}`;
  return [`${keyOf(issue.path)} ${what}: ${issue.message} is allowed`];
}
