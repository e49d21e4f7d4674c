import * as fc from "fast-check";
import { globMatches } from "../../evaluator";
import { arnWise, folded, glob, type Pattern } from "./pattern";
import { plainlyApart, plainlyWithin, shortestOf } from "./within";

const arn = (text: string) => arnWise(glob(text))!;

test.each<[inner: Pattern, outer: Pattern, expected: boolean]>([
  [glob("abc"), glob("a*"), true],
  [glob("a*"), glob("abc"), false],
  [glob("a?c"), glob("a*c"), true],
  [glob("a*c"), glob("a?c"), false],
  [glob("*a*"), glob("**"), true],
  [glob("a??*"), glob("a*?"), false],
  [glob("a?*"), glob("a*"), true],
  [glob(""), glob("*"), true],
  [glob("*"), glob(""), false],
  [glob("a"), folded(glob("A")), true],
  [folded(glob("a")), glob("a"), false],
  [glob("b"), folded(glob("A")), false],
  [arn("arn:aws:iam::*:role/a"), glob("arn:aws:iam::*:role/a"), true],
  [glob("arn:aws:iam::*:role/a"), arn("arn:aws:iam::*:role/a"), false],
  [glob("arn:aws:iam::1:user/b:role/a"), arn("arn:aws:iam::*:role/a"), false],
  [arn("arn:aws:iam::????????????:role/a/*"), arn("arn:*:iam::*:role/*"), true],
])("%# %j in %j is %s", (inner, outer, expected) => {
  expect(plainlyWithin(inner, outer)).toBe(expected);
});

const pattern = fc.string({ unit: fc.constantFrom("a", "b", ":", "*", "?"), maxLength: 7 });

test("what is plainly within is within", () => {
  fc.assert(
    fc.property(pattern, pattern, fc.array(fc.constantFrom("", "a", "b", ":", "ab:"), { minLength: 7, maxLength: 7 }), (inner, outer, runs) => {
      fc.pre(plainlyWithin(glob(inner), glob(outer)));
      const member = [...inner].map((char, at) => (char === "*" ? runs[at] : char === "?" ? (runs[at] ?? "").slice(0, 1) || "a" : char)).join("");
      return globMatches(outer, member);
    }),
  );
});

test.each<[one: Pattern, other: Pattern, expected: boolean]>([
  [glob("ab*"), glob("ac*"), true],
  [glob("ab*"), glob("ab"), false],
  [glob("ab"), glob("abc"), false],
  [glob("a*b"), glob("a*c"), false],
  [glob("?a"), glob("bb"), false],
  [glob("a"), glob("A"), true],
  [folded(glob("a")), glob("A"), false],
  [glob("A"), folded(glob("a")), false],
])("%# %j has nothing of %j: %s", (one, other, expected) => {
  expect([plainlyApart(one, other), plainlyApart(other, one)]).toEqual([expected, expected]);
});

test("what is plainly apart has no text in common", () => {
  fc.assert(
    fc.property(pattern, pattern, fc.string({ unit: fc.constantFrom("a", "b", ":"), maxLength: 7 }), (one, other, text) => {
      fc.pre(plainlyApart(glob(one), glob(other)));
      expect(globMatches(one, text) && globMatches(other, text)).toBe(false);
    }),
  );
});

test("the shortest text of a pattern is of it, and has nothing for its stars", () => {
  fc.assert(fc.property(pattern, (text) => globMatches(text, shortestOf(glob(text))) && shortestOf(glob(text)).length === text.replaceAll("*", "").length));
});
