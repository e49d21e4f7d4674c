/**
 * Patterns with `*` (any characters, also none) and `?` (exactly one), as every IAM element writes them.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */

/** A pattern cut into literal text and wildcards; a variable's value is literal even where it holds a `*`. */
export type Pattern = readonly (string | typeof ANY | typeof ONE)[];
export const ANY = Symbol("*");
export const ONE = Symbol("?");

const parsed = new Map<string, Pattern>();

/** The pattern that a string without variables stands for. */
export function parsePattern(text: string): Pattern {
  const known = parsed.get(text);
  if (known) return known;
  const pattern = text.split(/([*?])/).filter((part) => part !== "").map((part) => (part === "*" ? ANY : part === "?" ? ONE : part));
  parsed.set(text, pattern);
  return pattern;
}

/** Whether the whole of `text` is of the pattern. Linear for one `*`, and never exponential. */
export function matches(pattern: Pattern, text: string): boolean {
  let part = 0;
  let at = 0;
  // Where to go on from when a literal fails: after the last `*`, which then takes one character more.
  let retryPart = -1;
  let retryAt = 0;
  for (;;) {
    const piece = pattern[part];
    if (piece === undefined && at === text.length) return true;
    if (piece === ANY) {
      retryPart = ++part;
      retryAt = at;
      if (part === pattern.length) return true;
    } else if (piece === ONE && at < text.length) {
      part++;
      at++;
    } else if (typeof piece === "string" && text.startsWith(piece, at)) {
      part++;
      at += piece.length;
    } else {
      if (retryPart < 0 || retryAt >= text.length) return false;
      part = retryPart;
      at = ++retryAt;
    }
  }
}

/** Whether `text` is of the glob `pattern`, case counting. */
export function globMatches(pattern: string, text: string): boolean {
  return matches(parsePattern(pattern), text);
}
