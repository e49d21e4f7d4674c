import * as fc from "fast-check";
import { Meter, OutOfBudget } from "../budget";
import type { Side } from "./machine";
import { Matchers } from "./matcher";
import { arnWise, glob, type Pattern } from "./pattern";
import { account, anyText, namedPrincipal, resourceArn, shapeAccepts, type Shape } from "./shape";
import { shortest, shortestTwo } from "./walk";

const letters = ["a", "b", ":"];
const longest = 6;

function* texts(length: number): Iterable<string> {
  if (length === 0) yield "";
  else for (const rest of texts(length - 1)) for (const letter of letters) yield letter + rest;
}

const short = Array.from({ length: longest + 1 }, (_, length) => [...texts(length)]).flat();

interface Asked {
  readonly reading: "text" | "arn";
  readonly patterns: readonly string[];
  readonly positive: boolean;
}

/** Brute force, by regular expressions: the first component that a wildcard may cross is the sixth. */
function fits({ reading, patterns, positive }: Asked): (text: string) => boolean {
  const source = (part: string, any: string) => part.replace(/\*/g, `${any}*`).replace(/\?/g, any);
  const expressions = patterns.map((pattern) => {
    const parts = pattern.split(":");
    if (reading === "text") return new RegExp(`^${source(pattern, ".")}$`);
    return parts.length < 6 ? /^(?!)/ : new RegExp(`^${[...parts.slice(0, 5).map((part) => source(part, "[^:]")), source(parts.slice(5).join(":"), ".")].join(":")}$`);
  });
  return (text) => positive === expressions.some((expression) => expression.test(text));
}

const side = (matchers: Matchers, { reading, patterns, positive }: Asked): Side => ({
  matcher: matchers.of(patterns.map(glob).map((pattern) => (reading === "arn" ? arnWise(pattern) : pattern)).filter((pattern): pattern is Pattern => pattern !== undefined)),
  positive,
});

const piece = fc.constantFrom("a", "b", ":", "*", "?");
const asked = fc.oneof(
  fc.record({ reading: fc.constant("text" as const), patterns: fc.array(fc.string({ unit: piece, maxLength: 6 }), { minLength: 1, maxLength: 3 }), positive: fc.boolean() }),
  // Six components within six characters.
  fc.record({ reading: fc.constant("arn" as const), patterns: fc.array(fc.array(fc.constantFrom("", "*", "?", "a"), { minLength: 5, maxLength: 7 }).map((parts) => parts.join(":")), { minLength: 1, maxLength: 2 }), positive: fc.boolean() }),
);

test("empty where brute force finds nothing, and else the shortest", () => {
  fc.assert(
    fc.property(fc.array(asked, { minLength: 1, maxLength: 4 }), (all) => {
      const matchers = new Matchers();
      const found = shortest(all.map((each) => side(matchers, each)), anyText, new Meter(1e6));
      const tests = all.map(fits);
      const brute = short.find((text) => tests.every((each) => each(text)));
      // What the alphabet of the brute force leaves out: `x` for any other character.
      if (found !== undefined) expect(tests.every((each) => each(found))).toBe(true);
      if (brute !== undefined) expect(found?.length).toBeLessThanOrEqual(brute.length);
      if (found !== undefined && found.length <= longest && /^[ab:]*$/.test(found)) expect(brute?.length).toBe(found.length);
    }),
    { numRuns: 1000 },
  );
});

test("one character stands for all that are not told apart, and none is forgotten", () => {
  const matchers = new Matchers();
  const ascii = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index));
  const none = { matcher: matchers.of(ascii.map((char) => [{ kind: "char", char }])), positive: false };
  const one = { matcher: matchers.of([glob("?")]), positive: true };
  expect(shortest([one, none], anyText, new Meter(1000))).toBe("\u00a1");
  expect(shortest([one, { matcher: matchers.of([glob("x")]), positive: false }], anyText, new Meter(1000))).toBe("a");
});

test("characters beyond those that are printed are found where patterns have them", () => {
  const matchers = new Matchers();
  const among = (...texts: string[]) => shortest([[glob("*")], texts.map(glob)].map((patterns) => ({ matcher: matchers.of(patterns), positive: true })), anyText, new Meter(1000));
  expect(among("\t")).toBe("\t");
  expect(among("é", "è")).toBe("è");
  const ascii = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index));
  const rest = { matcher: matchers.of([...ascii, "\u00a1"].map((char) => [{ kind: "char", char }])), positive: false };
  expect(shortest([{ matcher: matchers.of([glob("?")]), positive: true }, rest], anyText, new Meter(1000))).toBe("\u00a2");
});

test("where nothing is asked, the shortest of the shape is found", () => {
  expect(shortest([], account, new Meter(1000))).toBe("000000000000");
});

test.each<[shape: Shape, like: string, unlike: string, expected: string | undefined]>([
  [namedPrincipal, "arn:aws:iam::????????????:role/*", "arn:aws:iam::0*:role/*", "arn:aws:iam::100000000000:role/x"],
  [namedPrincipal, "arn:aws:iam::?:role/*", "", undefined],
  [namedPrincipal, "arn:aws:iam::*:user/*", "arn:aws:iam::*:user/?", "arn:aws:iam::000000000000:user/xx"],
  [namedPrincipal, "arn:aws:iam::*:*:x", "", undefined],
  [namedPrincipal, "arn:aws:iam::*:*:role/x", "", "arn:aws:iam::000000000000::role/x"],
  [resourceArn, "arn:aws:s3:::*", "", "arn:aws:s3:::"],
  [resourceArn, "arn:aws:iam::???:policy/x", "", "arn:aws:iam::aws:policy/x"],
  [resourceArn, "arn:aws:iam::ab:policy/x", "", undefined],
])("a witness is plausible (%#)", (shape, like, unlike, expected) => {
  const matchers = new Matchers();
  const found = shortest([{ matcher: matchers.of([glob(like)]), positive: true }, { matcher: matchers.of([glob(unlike)]), positive: false }], shape, new Meter(10_000));
  expect(found).toBe(expected);
  if (found !== undefined) expect(shapeAccepts(shape, found)).toBe(true);
});

const twoOf = (left: string, right: string, accounts: "same" | "different", rightShape: Shape = resourceArn) => {
  const matchers = new Matchers();
  const holder = (like: string, shape: Shape) => ({ sides: [{ matcher: matchers.of([glob(like)]), positive: true }], shape });
  return shortestTwo(holder(left, namedPrincipal), holder(right, rightShape), accounts, new Meter(100_000));
};

test.each<[left: string, right: string, accounts: "same" | "different", expected: readonly [string, string] | undefined]>([
  ["arn:aws:iam::*:role/a", "arn:aws:sqs::111111111111:q", "same", ["arn:aws:iam::111111111111:role/a", "arn:aws:sqs::111111111111:q"]],
  ["arn:aws:iam::222222222222:role/a", "arn:aws:sqs::111111111111:q", "same", undefined],
  ["arn:aws:iam::1*:role/a", "arn:aws:sqs::*2:q", "same", ["arn:aws:iam::100000000002:role/a", "arn:aws:sqs::100000000002:q"]],
  ["arn:aws:iam::111111111111:role/a", "arn:aws:sqs::111111111111:q", "different", undefined],
  ["arn:aws:iam::11111111111?:role/a", "arn:aws:sqs::11111111111?:q", "different", ["arn:aws:iam::111111111110:role/a", "arn:aws:sqs::111111111111:q"]],
])("two accounts, %s and %s, %s", (left, right, accounts, expected) => {
  expect(twoOf(left, right, accounts)).toEqual(expected);
});

test("an account that stands alone is compared as well", () => {
  expect(twoOf("arn:aws:iam::1*:role/a", "?*9", "same", account)).toEqual(["arn:aws:iam::100000000009:role/a", "100000000009"]);
});

test("a pathological pattern ends with the budget", () => {
  const matchers = new Matchers();
  const meter = new Meter(5000);
  const side = (pattern: string, positive: boolean) => ({ matcher: matchers.of([glob(pattern)]), positive });
  const hard = [side(`*a${"?".repeat(40)}`, true), side("*x", true), side(`*a${"?".repeat(39)}x`, false)];
  expect(() => shortest(hard, anyText, meter)).toThrow(OutOfBudget);
  expect(meter.left).toBe(0);
});
