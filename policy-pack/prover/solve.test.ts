import * as fc from "fast-check";
import { Meter, NotProvable } from "./budget";
import { compileConditions } from "./condition";
import { atomHolds, atomOf, costOf, type Atom, type Dimension, type Values } from "./dimension";
import { keyDomain } from "./domain";
import { Matchers } from "./language/matcher";
import { complement, type Range } from "./predicate";
import { solve, solveValue } from "./solve";
import type { KeyType, Language } from "./types";

const any: Language = { reading: "text", like: ["*"] };
const meter = () => new Meter(100_000);

/** What a policy's operator says of single values. */
function rangeOf(matchers: Matchers, operator: string, values: readonly string[]): Range {
  const [condition] = compileConditions({ [operator]: { key: values } }, "2012-10-17", matchers).conditions;
  if (condition?.test.kind !== "values") throw new Error(operator);
  return { predicate: condition.test.predicate, positive: !condition.test.negated };
}

interface Ordered {
  readonly type: KeyType;
  readonly operators: readonly string[];
  readonly constants: readonly string[];
  /** Dense enough to meet every part that the constants make. */
  readonly samples: readonly string[];
}

const orders = (prefix: string) => ["Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals"].map((suffix) => `${prefix}${suffix}`);
const families: readonly Ordered[] = [
  { type: "Numeric", operators: orders("Numeric"), constants: ["1", "2", "2.0", "2.5", "-3", "x", "0.00000001", "100000000000000", "-999999999999999"], samples: [...Array.from({ length: 200 }, (_, index) => String((index - 100) / 8)), "0.000000001", "0.0000001", "1000000000000000000000000", "1000", "-1000", "-9999999999999990"] },
  {
    type: "Date",
    operators: orders("Date"),
    constants: ["2026", "2026-01-01T00:00:01Z", "2026-01-01T00:00:01.001Z", "1767225610", "2026-01-01T02:00:00+02:00", "no date", "9999-12-31T23:59:59Z", "999999999999999"],
    samples: ["253402300800", "9999999999999999", "99999999999", "9999-12-31", "2030", "2025-12-31T00:00:00Z", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00.500Z", "2026-01-01T00:00:01Z", "2026-01-01T00:00:01.001Z", "2026-01-01T00:00:05Z", "2026-01-01T00:00:10Z", "2026-01-02"],
  },
  {
    type: "IPAddress",
    operators: ["IpAddress", "NotIpAddress"],
    constants: ["10.0.0.0/8", "10.128.0.0/9", "10.0.0.1", "0.0.0.0/0", "::/0", "2001:db8::/32", "2001:db8::1", "fe80::/10", "10.0.0.0/33", "x"],
    samples: ["0.0.0.0", "9.255.255.255", "10.0.0.0", "10.0.0.1", "10.0.0.2", "10.127.255.255", "10.128.0.0", "10.255.255.255", "11.0.0.0", "255.255.255.255", "::", "2001:db7:ffff::", "2001:db8::", "2001:db8::1", "2001:db8::2", "2001:db9::", "fe80::1", "ff00::"],
  },
  { type: "Binary", operators: ["BinaryEquals"], constants: ["QQ==", "QQ", "AAA=", ""], samples: ["QQ==", "AAA=", "AAE=", "", "Qg=="] },
];

test.each(families)("$type: a value of each part that the constants make stands for all of it", ({ type, operators, constants, samples }) => {
  const condition = fc.tuple(fc.constantFrom(...operators), fc.array(fc.constantFrom(...constants), { minLength: 1, maxLength: 3 }), fc.boolean());
  fc.assert(
    fc.property(fc.array(condition, { minLength: 1, maxLength: 4 }), fc.boolean(), (conditions, typed) => {
      const matchers = new Matchers();
      const ranges = conditions.map(([operator, values, holds]) => (holds ? rangeOf(matchers, operator, values) : complement(rangeOf(matchers, operator, values))));
      const fits = (value: string) => ranges.every((range) => typeof range === "object" && range.predicate.holds(value) === range.positive);
      const found = solveValue(keyDomain(matchers, any, typed ? type : undefined), ranges, meter());
      if (found !== undefined) expect(fits(found)).toBe(true);
      if (samples.some(fits)) expect(found).toBeDefined();
    }),
    { numRuns: 1000 },
  );
});

test.each<[type: KeyType, operators: readonly string[], constants: readonly string[]]>([
  ["Numeric", ["NumericLessThan", "NumericGreaterThanEquals"], ["10"]],
  ["Date", ["DateLessThan", "DateGreaterThanEquals"], ["2026"]],
  ["IPAddress", ["IpAddress"], ["0.0.0.0/0", "::/0"]],
])("an untyped key may hold what is no %s; a typed one may not", (type, operators, constants) => {
  const matchers = new Matchers();
  const nothing = operators.map((operator) => complement(rangeOf(matchers, operator, constants)));
  expect(solveValue(keyDomain(matchers, any, undefined), nothing, meter())).toBe("x");
  expect(solveValue(keyDomain(matchers, any, type), nothing, meter())).toBeUndefined();
});

test("a few listed values are tried one by one, whatever they are compared as", () => {
  const matchers = new Matchers();
  const domain = keyDomain(matchers, { reading: "text", like: ["9", "10.0", "11"] }, "Numeric");
  expect(solveValue(domain, [rangeOf(matchers, "NumericEquals", ["10"]), rangeOf(matchers, "StringNotEquals", ["10"])], meter())).toBe("10.0");
  expect(solveValue(domain, [rangeOf(matchers, "NumericGreaterThan", ["11"])], meter())).toBeUndefined();
});

test("what is compared both as text and as a number is found if a constant will do, and else not provable", () => {
  const matchers = new Matchers();
  const domain = keyDomain(matchers, any, "Numeric");
  expect(solveValue(domain, [rangeOf(matchers, "NumericLessThan", ["10"]), rangeOf(matchers, "StringLike", ["9"])], meter())).toBe("9");
  expect(() => solveValue(domain, [rangeOf(matchers, "NumericEquals", ["10"]), rangeOf(matchers, "StringNotEquals", ["10"])], meter())).toThrow(NotProvable);
});

test("numbers of more digits than doubles tell apart are not compared; of as many as they do, each is", () => {
  const found = (low: string, high: string) => {
    const matchers = new Matchers();
    return solveValue(keyDomain(matchers, any, "Numeric"), [rangeOf(matchers, "NumericGreaterThan", [low]), rangeOf(matchers, "NumericLessThan", [high])], meter());
  };
  expect(found("99999999999999.8", "99999999999999.9")).toMatch(/^99999999999999\.8\d+$/);
  expect(found("-0.000000000000002", "-000.000000000000001")).toMatch(/^-0\.000000000000001\d+$/);
  for (const long of ["1000000000000000", "0.1000000000000001", "-9007199254740993", `1${"0".repeat(309)}`]) expect(() => found(long, "1")).toThrow("more than 15 digits");
});

test("no date is before the year 0000", () => {
  const matchers = new Matchers();
  const before = (date: string) => solveValue(keyDomain(matchers, any, "Date"), [complement(rangeOf(matchers, "DateGreaterThanEquals", [date]))], meter());
  expect(before("0000-01-01T00:00:01Z")).toBe("0000-01-01T00:00:00Z");
  expect(before("0000")).toBeUndefined();
});

test("nothing is found outside of the domain", () => {
  const matchers = new Matchers();
  const found = (like: string, unlike: readonly string[], constant: string) => solveValue(keyDomain(matchers, { reading: "text", like: [like], unlike }, "Numeric"), [rangeOf(matchers, "NumericGreaterThan", [constant])], meter());
  expect(found("1*", [], "99")).toBe("100");
  expect(() => found("1*", [], "5")).toThrow(NotProvable);
  expect(() => found("*", ["6"], "5")).toThrow(NotProvable);
});

test("of several that fit, the shortest is found", () => {
  const matchers = new Matchers();
  expect(solveValue(keyDomain(matchers, { reading: "text", like: ["bbb", "cc", "a"] }, undefined), [rangeOf(matchers, "StringNotEquals", ["a"])], meter())).toBe("cc");
  expect(solveValue(keyDomain(matchers, any, "Numeric"), [rangeOf(matchers, "NumericNotEquals", ["-9"])], meter())).toBe("-8");
});

const few = ["", "a", "b", "ab"];
const finite: Language = { reading: "text", like: few };
/** Every set of the few values, and absence. */
const allValues: readonly Values[] = [undefined, ...Array.from({ length: 15 }, (_, index) => few.filter((_each, bit) => (index + 1) & (1 << bit)))];

test("of sets of values, and of what may be absent, the cheapest is found, and none where there is none", () => {
  const matchers = new Matchers();
  const range = fc.oneof(fc.constant(true as Range), fc.constant(false as Range), fc.tuple(fc.constantFrom("StringLike", "StringNotLike"), fc.array(fc.constantFrom("a*", "?", "*b", "", "*"), { minLength: 1, maxLength: 2 })).map(([operator, values]) => rangeOf(matchers, operator, values)));
  const atom = fc.tuple(fc.boolean(), range, fc.boolean()).map(([absent, of, every]): Atom => atomOf(absent, of, every));
  fc.assert(
    fc.property(fc.array(atom, { maxLength: 6 }), fc.constantFrom("always" as const, "either" as const), fc.boolean(), (atoms, presence, many) => {
      const dimension: Dimension = { id: "", presence, many, domain: keyDomain(matchers, finite, undefined) };
      const candidates = allValues.filter((values) => (values === undefined ? presence === "either" : many || values.length === 1));
      const fitting = candidates.filter((values) => atoms.every((each) => atomHolds(each, values)));
      const found = solve(dimension, atoms, meter());
      expect(found === false).toBe(fitting.length === 0);
      if (found === false) return;
      expect(atoms.every((each) => atomHolds(each, found))).toBe(true);
      // Above four values that must be there, each gets its own.
      if (atoms.filter(({ every }) => !every).length <= 4) expect(costOf(found)).toBe(Math.min(...fitting.map(costOf)));
    }),
    { numRuns: 3000 },
  );
});

const setOf = (matchers: Matchers, values: Language): Dimension => ({ id: "", presence: "always", many: true, domain: keyDomain(matchers, values, undefined) });

test("one value for two is taken where it is shorter than one each", () => {
  const matchers = new Matchers();
  const found = (like: readonly string[], wanted: readonly (readonly string[])[]) => solve(setOf(matchers, { reading: "text", like }), wanted.map((values) => atomOf(false, rangeOf(matchers, "StringEquals", values), false)), meter());
  expect(found(["a1", "b1", "both"], [["a1", "both"], ["b1", "both"]])).toEqual(["both"]);
  expect(found(["a1", "b1", "longer"], [["a1", "longer"], ["b1", "longer"]])).toEqual(["a1", "b1"]);
  expect(found(["a", "b", "abc"], [["a", "abc"], ["b", "abc"]])).toEqual(["a", "b"]);
});

test("of many values that must be there each gets its own, but for those that another is", () => {
  const matchers = new Matchers();
  const letters = "abcdefghijklmnopqrst".split("");
  const some = ["a*", ...letters].map((value) => atomOf(false, rangeOf(matchers, "StringLike", [value]), false));
  const none = atomOf(false, rangeOf(matchers, "StringNotEquals", ["t"]), true);
  expect(solve(setOf(matchers, any), some, new Meter(1000))).toEqual(letters);
  expect(solve(setOf(matchers, any), [...some, none], new Meter(1000))).toBe(false);
});
