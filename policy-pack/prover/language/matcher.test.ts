import * as fc from "fast-check";
import { Matchers } from "./matcher";
import { arnsOfAccount, arnWise, folded, glob, keyOf, literal, textOf, type Pattern } from "./pattern";

/** An independent reading of patterns: as regular expressions. */
const regex = (pattern: Pattern) =>
  new RegExp(`^${pattern.map((token) => (token.kind === "char" ? (token.fold ? `[${token.char.toLowerCase()}${token.char.toUpperCase()}]` : `\\u{${token.char.charCodeAt(0).toString(16)}}`) : `${token.colon ? "[^]" : "[^:]"}${token.kind === "any" ? "*" : ""}`)).join("")}$`, "u");

const text = fc.string({ unit: fc.constantFrom("a", "B", "b", ":", "*"), maxLength: 9 });
const globs = fc.string({ unit: fc.constantFrom("a", "B", ":", "*", "?"), maxLength: 9 });
const pattern = fc.oneof(globs.map(glob), globs.map(literal), globs.map(glob).map(folded), globs.map((each) => arnWise(glob(each)) ?? literal(each)));

test("a matcher reads a text as its patterns do", () => {
  fc.assert(
    fc.property(fc.array(pattern, { maxLength: 4 }), text, (patterns, given) => {
      const matcher = new Matchers().of(patterns);
      const expected = patterns.some((each) => regex(each).test(given));
      const before = matcher.reads(given);
      matcher.forget();
      return before === expected && matcher.reads(given) === expected && matcher.holds(given) === expected;
    }),
    { numRuns: 3000 },
  );
});

test("patterns of more than one word of positions carry over", () => {
  const matcher = new Matchers().of([glob(`${"ab".repeat(40)}*c`), glob(`?${"x".repeat(70)}`)]);
  expect(matcher.reads(`${"ab".repeat(40)}zzc`)).toBe(true);
  expect(matcher.reads(`${"ab".repeat(39)}aac`)).toBe(false);
  expect(matcher.reads(`y${"x".repeat(70)}`)).toBe(true);
  expect(matcher.reads(`y${"x".repeat(69)}`)).toBe(false);
});

test.each([
  ["arn:aws:iam::*:role/x", "arn:aws:iam::1:role/x", true],
  ["arn:aws:iam::*:role/x", "arn:aws:iam::1:user/:role/x", false],
  ["arn:aws:iam::*:role/*", "arn:aws:iam::1:role/a:b", true],
  ["arn:aws:iam::1:role/?", "arn:aws:iam::1:role/:", true],
  ["arn:aws:iam::?:role/x", "arn:aws:iam:::role/x", false],
])("ARN-wise, %s and %s: %s", (wanted, given, expected) => {
  expect(new Matchers().of([arnWise(glob(wanted))!]).reads(given)).toBe(expected);
});

test("with fewer than six components a pattern is like no ARN", () => {
  expect(["*", "arn:aws:iam::*", "arn:*"].map((each) => arnWise(glob(each)))).toEqual([undefined, undefined, undefined]);
});

test("an account's pattern is found in the fifth component", () => {
  const matcher = new Matchers().of([arnsOfAccount(glob("1*"))!]);
  expect(["arn:aws:iam::123:root", "arn:aws:iam::213:role/1", "arn:aws:iam:1:2:x"].map((each) => matcher.reads(each))).toEqual([true, false, false]);
  expect(arnsOfAccount(literal("1:2"))).toBeUndefined();
});

test("lists that are equal but for order and repetition are one matcher, and no others", () => {
  const matchers = new Matchers();
  expect(matchers.of([glob("a"), glob("b")])).toBe(matchers.of([glob("b"), glob("a"), glob("b")]));
  expect(matchers.of([])).not.toBe(matchers.of([literal("")]));
  expect(matchers.of([literal("*")])).not.toBe(matchers.of([glob("*")]));
  expect(keyOf(folded(literal("A")))).toBe(keyOf(folded(literal("a"))));
  expect(new Set(["a:::::", "a?:::::", "a*:::::"].map((each) => keyOf(arnWise(glob(each))!))).size).toBe(3);
});

test("only letters of ASCII have two cases", () => {
  const matcher = new Matchers().of([folded(literal("aé"))]);
  expect(["Aé", "AÉ"].map((each) => matcher.reads(each))).toEqual([true, false]);
});

test("a glob is written as it was read", () => {
  expect(textOf(glob("a?*b"))).toBe("a?*b");
});
