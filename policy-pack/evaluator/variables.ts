/**
 * Policy variables: `${aws:username}`, `${aws:PrincipalTag/team, 'none'}`, and the escapes `${*}`, `${?}`, `${$}`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
import { ANY, ONE, parsePattern, type Pattern } from "./glob";

/** Reads one value of a condition key; undefined if it is absent or has several values. */
export type Lookup = (key: string) => string | undefined;

const variable = /\$\{([^}]*)\}/;

/**
 * The pattern that `text` stands for in this request.
 *
 * @param lookup undefined for a document older than 2012-10-17, where `${` is plain text
 * @returns undefined if a variable has no value and no default: then the element matches nothing
 */
export function expand(text: string, lookup: Lookup | undefined): Pattern | undefined {
  if (!lookup || !text.includes("${")) return parsePattern(text);
  const parts = text.split(variable);
  const pattern: (string | typeof ANY | typeof ONE)[] = [];
  for (const [index, part] of parts.entries()) {
    if (index % 2 === 0) {
      pattern.push(...parsePattern(part));
      continue;
    }
    const value = valueOf(part, lookup);
    if (value === undefined) return undefined;
    if (value !== "") pattern.push(value);
  }
  return pattern;
}

function valueOf(inside: string, lookup: Lookup): string | undefined {
  const [, key = "", fallback] = /^\s*([^,]*?)\s*(?:,\s*'([^']*)'\s*)?$/.exec(inside) ?? [];
  if (key === "*" || key === "?" || key === "$") return key;
  return lookup(key) ?? fallback;
}

/** A pattern as plain text, for operators that know no wildcards. */
export function asText(pattern: Pattern): string {
  return pattern.map((part) => (part === ANY ? "*" : part === ONE ? "?" : part)).join("");
}
