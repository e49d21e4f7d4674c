import fc from "fast-check";
import { globMatches } from "../evaluator/glob";
import { common } from "./globs";

/** As ArnLike reads it: the first five parts apart. */
function arnLike(glob: string, text: string): boolean {
  const parts = (one: string) => [...one.split(":").slice(0, 5), one.split(":").slice(5).join(":")];
  if (glob.split(":").length < 6 || text.split(":").length < 6) return false;
  return parts(glob).every((part, index) => globMatches(part, parts(text)[index] ?? ""));
}

test.each([
  ["arn:aws:s3:::?*", "*", ["arn:aws:s3:::?*"]],
  ["arn:aws:s3:::?*", "arn:aws:s3:::logs-*", ["arn:aws:s3:::logs-*"]],
  ["arn:aws:s3:::?*/?*", "arn:aws:s3:::logs-*", ["arn:aws:s3:::logs-*/?*"]],
  ["arn:aws:s3:::?*", "arn:aws:sqs:*:*:x", []],
  ["arn:aws:sqs:??-?*-?:????????????:?*", "arn:aws:sqs:*:111122223333:a*", ["arn:aws:sqs:??-?*-?:111122223333:a*"]],
  ["arn:aws:sqs:??-?*-?:????????????:?*", "arn:aws:sqs:*:1111:a*", []],
  ["arn:aws:sqs:??-?*-?:????????????:?*", "arn:aws:sqs*", ["arn:aws:sqs:??-?*-?:????????????:?*"]],
])("%s and %s have %j in common", (arn, pattern, found) => {
  expect(common(arn, pattern)).toEqual(found);
});

const glob = (alphabet: readonly string[]) => fc.array(fc.constantFrom(...alphabet), { maxLength: 6 }).map((parts) => parts.join(""));
const part = glob(["a", "b", "?", "*"]);
const text = glob(["a", "b"]);
const arns = <T extends fc.Arbitrary<string>>(each: T, last: fc.Arbitrary<string>) =>
  fc.tuple(each, each, each, each, last).map(([one, two, three, four, five]) => ["arn", one, two, three, four, five].join(":"));

test("what is in common is exactly what both match", () => {
  fc.assert(
    fc.property(arns(part, glob(["a", ":", "*"])), arns(part, glob(["a", ":", "?", "*"])), arns(text, glob(["a", ":"])), (arn, pattern, one) => {
      const both = common(arn, pattern);
      // More alternatives than that are answered by the first glob, which is more than is true.
      fc.pre(both.length !== 1 || both[0] !== arn);
      expect(both.some((found) => arnLike(found, one))).toBe(arnLike(arn, one) && arnLike(pattern, one));
    }),
    { numRuns: 3000 },
  );
});

test("nothing is left out where there are many", () => {
  fc.assert(
    fc.property(arns(part, part), glob(["a", ":", "*", "?"]), arns(text, text), (arn, pattern, one) => {
      if (arnLike(arn, one) && globMatches(pattern, one) && pattern.split(":").length < 6) expect(common(arn, pattern).some((found) => arnLike(found, one))).toBe(true);
    }),
    { numRuns: 3000 },
  );
});
