/**
 * Globs as tokens: literal characters, `?` and `*`, each wildcard with its attitude to the colon that parts an ARN.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */

export type Token =
  /** One character; `fold`: in upper or lower case. */
  | { readonly kind: "char"; readonly char: string; readonly fold?: true }
  /** `?` and `*`; `colon`: whether they match ':'. */
  | { readonly kind: "one" | "any"; readonly colon: boolean };

export type Pattern = readonly Token[];

const one: Token = { kind: "one", colon: true };
const any: Token = { kind: "any", colon: true };

/** Tokens are never changed: one of each character is enough. */
const chars = new Map<string, Token>();

function charOf(char: string): Token {
  const token = chars.get(char) ?? { kind: "char", char };
  chars.set(char, token);
  return token;
}

const colon = charOf(":");

/** What is literal: `"a*"` is an a and an asterisk. */
export function literal(text: string): Pattern {
  return text.split("").map(charOf);
}

/** A glob as StringLike and Resource read it. */
export function glob(text: string): Pattern {
  return text.split("").map((char) => (char === "*" ? any : char === "?" ? one : charOf(char)));
}

/** The same, without regard to case (letters of ASCII). */
export function folded(pattern: Pattern): Pattern {
  return pattern.map((token) => (token.kind === "char" && /[a-z]/i.test(token.char) ? { ...token, fold: true } : token));
}

const isColon = (token: Token) => token.kind === "char" && token.char === ":";
const shy = (token: Token): Token => (token.kind === "char" ? token : { ...token, colon: false });

/** The pattern read component by component; undefined, as it then matches nothing, if it has fewer than six. */
export function arnWise(pattern: Pattern): Pattern | undefined {
  let colons = 0;
  const read = pattern.map((token) => {
    if (isColon(token)) colons++;
    return colons < 5 ? shy(token) : token;
  });
  return colons < 5 ? undefined : read;
}

/** ARNs whose account is of the pattern; undefined if no account can be, since none holds a colon. */
export function arnsOfAccount(account: Pattern): Pattern | undefined {
  if (account.some(isColon)) return undefined;
  const anything = shy(any);
  return [anything, colon, anything, colon, anything, colon, anything, colon, ...account.map(shy), colon, any];
}

/** A pattern of characters only as the text that it is; its wildcards as they are written. */
export function textOf(pattern: Pattern): string {
  return pattern.map((token) => (token.kind === "char" ? token.char : token.kind === "any" ? "*" : "?")).join("");
}

/** Whether the pattern matches one string only. */
export function isPlain(pattern: Pattern): boolean {
  return pattern.every((token) => token.kind === "char" && !token.fold);
}

/** Equal keys are equal patterns. */
export function keyOf(pattern: Pattern): string {
  return pattern.map((token) => (token.kind === "char" ? (token.fold ? `~${token.char.toLowerCase()}` : `=${token.char}`) : token.kind === "any" ? (token.colon ? "*" : "+") : token.colon ? "?" : "!")).join("");
}
