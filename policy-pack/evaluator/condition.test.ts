import * as fc from "fast-check";
import { conditionHolds, contextOf, lookupIn } from "./condition";
import type { ConditionBlock } from "./types";

const holds = (block: ConditionBlock, context: Record<string, string | string[]>) => {
  const made = contextOf(context);
  return conditionHolds(block, made, lookupIn(made));
};

type Row = [operator: string, requested: string | string[] | undefined, wanted: string | string[], expected: boolean];
const role = "arn:aws:iam::111111111111:role/fall/enforcer-vpc";
const rows: Row[] = [
  // String
  ["StringEquals", "a", "a", true],
  ["StringEquals", "A", "a", false],
  ["StringEquals", "a", "*", false],
  ["StringEquals", "b", ["a", "b"], true],
  ["StringEquals", undefined, "a", false],
  ["StringNotEquals", "b", ["a", "b"], false],
  ["StringNotEquals", "c", ["a", "b"], true],
  ["StringNotEquals", undefined, "a", true],
  ["StringEqualsIgnoreCase", "A", "a", true],
  ["StringNotEqualsIgnoreCase", "A", "a", false],
  ["StringLike", "abc", "a*", true],
  ["StringLike", "abc", "a?", false],
  ["StringNotLike", "abc", ["x*", "a*"], false],
  ["stringlike", "abc", "a*", true],
  ["StringEquals", ["a", "b"], "b", true],
  ["StringNotEquals", ["a", "b"], "b", false],
  // IfExists
  ["StringEqualsIfExists", undefined, "a", true],
  ["StringEqualsIfExists", "b", "a", false],
  ["StringNotEqualsIfExists", undefined, "a", true],
  ["ArnLikeIfExists", undefined, "arn:*:*:*:*:*", true],
  // Arn
  ["ArnLike", role, "arn:aws:iam::????????????:role/fall/*", true],
  ["ArnEquals", role, "arn:aws:iam::*:role/fall/*", true],
  ["ArnNotLike", role, "arn:aws:iam::*:role/fall/*", false],
  ["ArnNotLike", undefined, "arn:aws:iam::*:role/fall/*", true],
  ["ArnLike", "arn:aws:iam::111111111111:user/:role/fall/x", "arn:aws:iam::*:role/fall/x", false],
  ["ArnLike", "arn:aws:iam::1:role/a:b", "arn:aws:iam::1:role/*", true],
  ["ArnLike", "not-an-arn", "*", false],
  ["ArnLike", role, "arn:aws:iam::*", false],
  // Numeric
  ["NumericEquals", "10", "10.0", true],
  ["NumericNotEquals", "10", "10", false],
  ["NumericLessThan", "9", "10", true],
  ["NumericLessThanEquals", "10", "10", true],
  ["NumericGreaterThan", "10", "9", true],
  ["NumericGreaterThanEquals", "8", "9", false],
  ["NumericLessThan", "x", "10", false],
  // Date
  ["DateLessThan", "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z", true],
  ["DateGreaterThan", "1767225600", "2025-12-31T23:59:59Z", true],
  ["DateEquals", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00+00:00", true],
  ["DateNotEquals", "2026-01-01", "2026-01-01", false],
  ["DateLessThan", "2026-01-01T00:00:00", "2027-01-01", false],
  ["DateLessThan", "2026-01-01T00:00+02:00", "2026-01-01", true],
  ["DateLessThan", "1 Jan 2026", "2027-01-01", false],
  // Bool, Null, Binary
  ["Bool", "TRUE", "true", true],
  ["Bool", "false", "true", false],
  ["Bool", undefined, "false", false],
  ["BoolIfExists", undefined, "true", true],
  ["Null", undefined, "true", true],
  ["Null", "x", "true", false],
  ["Null", "x", "false", true],
  ["Null", undefined, "false", false],
  ["Null", [], "true", true],
  ["BinaryEquals", "QUI=", "QUI", true],
  ["BinaryEquals", "QUI=", "QUM=", false],
  // IpAddress
  ["IpAddress", "10.1.2.3", "10.0.0.0/8", true],
  ["IpAddress", "11.1.2.3", ["10.0.0.0/8", "11.1.2.3"], true],
  ["NotIpAddress", "10.1.2.3", "10.0.0.0/8", false],
  ["IpAddress", "2001:db8::1", "2001:db8::/32", true],
  ["IpAddress", "2001:db8::1", "10.0.0.0/8", false],
  ["IpAddress", "11.1.2.3", "10.0.0.0/", false],
  ["IpAddress", "11.1.2.3", "10.0.0.0/0/8", false],
  ["IpAddress", "10.255.255.255", "10.0.0.0/8", true],
  ["IpAddress", "10.1.2.3", "0.0.0.0/0", true],
  ["NotIpAddress", undefined, "10.0.0.0/8", true],
  ["NumericLessThan", undefined, "10", false],
  ["NumericNotEquals", undefined, "10", true],
  // Sets: vacuous truth
  ["ForAllValues:StringEquals", ["a", "b"], ["a", "b", "c"], true],
  ["ForAllValues:StringEquals", ["a", "z"], ["a", "b"], false],
  ["ForAllValues:StringEquals", undefined, "a", true],
  ["ForAllValues:StringEquals", [], "a", true],
  ["ForAnyValue:StringEquals", ["a", "z"], "z", true],
  ["ForAnyValue:StringEquals", ["a"], "z", false],
  ["ForAnyValue:StringEquals", undefined, "a", false],
  ["ForAllValues:StringNotEquals", ["a", "b"], "b", false],
  ["ForAnyValue:StringNotEquals", ["a", "b"], "b", true],
  ["ForAnyValue:StringNotEquals", undefined, "b", false],
  ["ForAnyValue:StringLike", ["fall-log", "x"], "fall-*", true],
];

test.each(rows)("%s of %j and %j is %s", (operator, requested, wanted, expected) => {
  const context: Record<string, string | string[]> = requested === undefined ? {} : { "aws:Key": requested };
  expect(holds({ [operator]: { "AWS:KEY": wanted } }, context)).toBe(expected);
});

test("all operators and all keys must hold", () => {
  const block: ConditionBlock = { StringEquals: { a: "1", b: "2" }, Bool: { c: true } };
  expect(holds(block, { a: "1", b: "2", c: "true" })).toBe(true);
  expect(holds(block, { a: "1", b: "2", c: "false" })).toBe(false);
  expect(holds(block, { a: "1", b: "x", c: "true" })).toBe(false);
});

test("a variable takes its key's value literally, its default, or matches nothing", () => {
  const like = (pattern: string) => ({ StringLike: { key: pattern } });
  expect(holds(like("home/${aws:username}/*"), { key: "home/ann/x", "aws:username": "ann" })).toBe(true);
  expect(holds(like("${aws:username}"), { key: "anything", "aws:username": "*" })).toBe(false);
  expect(holds(like("${aws:username, 'nobody'}"), { key: "nobody" })).toBe(true);
  expect(holds(like("${aws:username}"), { key: "${aws:username}" })).toBe(false);
  expect(holds({ StringNotLike: { key: "${aws:username}" } }, { key: "x" })).toBe(true);
  expect(holds(like("a${*}b"), { key: "a*b" })).toBe(true);
  expect(holds(like("a${*}b"), { key: "axb" })).toBe(false);
});

test("variables are replaced in strings and ARNs only", () => {
  const context = { key: "5", other: "5", arn: role };
  expect(holds({ StringEquals: { key: "${other}" } }, context)).toBe(true);
  expect(holds({ ArnEquals: { arn: "${arn}" } }, context)).toBe(true);
  expect(holds({ NumericEquals: { key: "${other}" } }, context)).toBe(false);
});

test("an unknown operator is an error and not a condition that silently fails", () => {
  expect(() => holds({ StringSimilar: { key: "a" } }, { key: "a" })).toThrow("StringSimilar");
  expect(() => holds({ NullIfExists: { key: "true" } }, {})).toThrow("NullIfExists");
});

test("an operator and its negation are opposites, key present or absent", () => {
  const pairs = [["StringEquals", "StringNotEquals"], ["StringLike", "StringNotLike"], ["ArnLike", "ArnNotLike"], ["NumericEquals", "NumericNotEquals"], ["IpAddress", "NotIpAddress"]] as const;
  const value = fc.constantFrom("a", "ab", "1", "10.0.0.1", role, "a*");
  const requested = fc.oneof(fc.constant(undefined), value, fc.array(value, { minLength: 1, maxLength: 3 }));
  fc.assert(
    fc.property(fc.constantFrom(...pairs), requested, fc.array(value, { minLength: 1, maxLength: 3 }), ([yes, no], key, wanted) => {
      const context: Record<string, string | string[]> = key === undefined ? {} : { key };
      return holds({ [yes]: { key: wanted } }, context) !== holds({ [no]: { key: wanted } }, context);
    }),
  );
});

test("ForAllValues and ForAnyValue are each other's dual", () => {
  const value = fc.constantFrom("a", "b", "c");
  fc.assert(
    fc.property(fc.array(value, { maxLength: 3 }), fc.array(value, { minLength: 1, maxLength: 2 }), (key, wanted) =>
      holds({ "ForAllValues:StringEquals": { key: wanted } }, { key }) !== holds({ "ForAnyValue:StringNotEquals": { key: wanted } }, { key })),
  );
});
