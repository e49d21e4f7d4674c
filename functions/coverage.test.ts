import fc from "fast-check";
import { randomBytes } from "node:crypto";
import { countsOf, type Covered, coverageParts, coverageStates, LONGEST_PART, unpacked } from "./coverage";

const since = "2026-11-01T10:00:00Z";
const arn = (index: number) => `arn:aws:elasticloadbalancing:eu-central-1:444444444444:loadbalancer/app/name-${index}/${randomBytes(8).toString("hex")}`;
const anything = fc.record({ resource: fc.string({ unit: "binary" }), state: fc.constantFrom(...coverageStates), why: fc.string({ unit: "binary", maxLength: 90 }) });
const key = ({ resource, state, why }: Covered) => JSON.stringify([state, why, resource]);
const read = (parts: ReturnType<typeof coverageParts>) => parts.flatMap(({ packed }) => unpacked(Buffer.from(packed, "base64")));

test("whatever is packed comes out again, in however many parts", () => {
  fc.assert(
    fc.property(fc.array(anything), fc.integer({ min: 40, max: 400 }), (covered, longest) => {
      const parts = coverageParts(covered, since, longest);
      expect(read(parts).map(key).sort()).toEqual(covered.map(key).sort());
      expect(parts.map(({ part, parts: all }) => [part, all])).toEqual(parts.map((_, index) => [index + 1, parts.length]));
      for (const { counts } of parts) expect(counts).toEqual(countsOf(covered));
    }),
  );
});

test("a sweep that saw nothing says so in one part", () => {
  const [part, ...others] = coverageParts([], since);
  expect([part, others]).toEqual([expect.objectContaining({ since, part: 1, parts: 1, counts: { logged: 0, excluded: 0, observed: 0, failing: 0 } }), []]);
  expect(read([part!])).toEqual([]);
});

test("a hundred resources are a few kilobytes; ten thousand are parts of which none is too long", () => {
  const many = (count: number): Covered[] => Array.from({ length: count }, (_, index) => ({ resource: arn(index), state: "logged", why: "" }));
  expect(coverageParts(many(100), since)[0]!.packed.length).toBeLessThan(4_000);
  const parts = coverageParts(many(10_000), since);
  expect(parts.length).toBeGreaterThan(1);
  expect(Math.max(...parts.map(({ packed }) => packed.length))).toBeLessThanOrEqual(LONGEST_PART);
});

test("a reason is cut: the whole one is in the outcome", () => {
  expect(read(coverageParts([{ resource: "a", state: "failing", why: "x".repeat(3_000) }], since))[0]!.why).toHaveLength(400);
});
