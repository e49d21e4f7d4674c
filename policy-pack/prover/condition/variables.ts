/**
 * Values as policies write them: wildcards, the escapes `${*}`, `${?}`, `${$}`, and variables, which are not modelled.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
import { glob, literal, type Pattern } from "../language/pattern";

const marked = /\$\{([^}]*)\}/;
const escaped: readonly string[] = ["*", "?", "$"];

/** How the values of an element are read. */
export interface Reading {
  /** Wildcards are plain characters. */
  readonly plain: boolean;
  /** Variables are replaced: only where the operator has them, and only in documents of version 2012-10-17. */
  readonly variables: boolean;
}

/** The value as a pattern, or the variable in it. */
function parseValue(text: string, { plain, variables }: Reading): Pattern | { readonly variable: string } {
  const read = plain ? literal : glob;
  if (!variables) return read(text);
  const pattern: Pattern[number][] = [];
  for (const [index, part] of text.split(marked).entries()) {
    if (index % 2 === 0) pattern.push(...read(part));
    else if (escaped.includes(part)) pattern.push(...literal(part));
    else return { variable: `\${${part}}` };
  }
  return pattern;
}

/** The values that can be read, and what stands in the way of the others. */
export function parseValues(texts: readonly string[], reading: Reading): { readonly patterns: readonly Pattern[]; readonly variable: string | undefined } {
  const patterns: Pattern[] = [];
  let variable: string | undefined;
  for (const text of texts) {
    const parsed = parseValue(text, reading);
    if ("variable" in parsed) variable ??= parsed.variable;
    else patterns.push(parsed);
  }
  return { patterns, variable };
}
