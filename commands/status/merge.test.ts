import fc from "fast-check";
import { coverageParts, type Covered } from "../../functions/coverage";
import { merged, type LastRow, type SweepRow } from "./merge";

const logged = (...names: string[]): Covered[] => names.map((resource) => ({ resource, state: "logged", why: "" }));
const bytes = (covered: readonly Covered[]) => Buffer.from(coverageParts(covered, "")[0]!.packed, "base64");
/** A sweep's parts, each with its resources. */
const sweep = (since: string, ...parts: (readonly Covered[])[]): SweepRow[] => parts.map((covered, index) => ({ since, part: index + 1, parts: parts.length, packed: bytes(covered) }));
const last = (resource: string, outcome: string, at: string, reason = "why"): LastRow => ({ resource, outcome, at, reason });
const told = (sweeps: readonly SweepRow[], lasts: readonly LastRow[] = []) =>
  merged(sweeps, lasts).map(({ resource, state, why, seen }) => [resource, state, why, seen].join(" ")).sort();

test.each([
  ["nothing is known", [], [], []],
  ["a sweep says it all", sweep("2", logged("a"), logged("b")), [], ["a logged  2", "b logged  2"]],
  ["what the next sweep did not see is gone", sweep("2", logged("a")), [last("b", "forced", "1")], ["a logged  2"]],
  ["what is left of a longer sweep is gone with it", [...sweep("2", logged("a")), ...sweep("1", logged("a"), logged("b")).slice(1)], [], ["a logged  2"]],
  ["an outcome since counts more", sweep("2", logged("a", "b")), [last("a", "failed", "3")], ["a failing why 3", "b logged  2"]],
  ["an outcome of before does not", sweep("2", logged("a")), [last("a", "failed", "1")], ["a logged  2"]],
  ["a resource that is new since the sweep is there", sweep("2", logged("a")), [last("b", "forced", "3", "turned on")], ["a logged  2", "b logged  3"]],
  ["what is excluded or only observed since is", sweep("2", []), [last("a", "excluded", "3"), last("b", "would-force", "3")], ["a excluded why 3", "b observed why 3"]],
  ["a repair is logged", sweep("2", logged("a")), [last("a", "repaired", "3")], ["a logged  3"]],
  ["a sweep that broke off is the place's failure, until one ends", sweep("2", logged("a")), [last("", "failed", "3")], [" failing why 3", "a logged  2"]],
  ["one that ended after it", sweep("4", logged("a")), [last("", "failed", "3")], ["a logged  4"]],
  ["where a part is missing, what there was counts beside what there is", [...sweep("2", logged("a"), logged("b")).slice(0, 1), ...sweep("1", logged("a"), logged("c")).slice(1)], [], ["a logged  2", "c logged  1"]],
  ["and outcomes that no whole sweep has outlived", sweep("2", logged("a"), logged("b")).slice(0, 1), [last("d", "failed", "1"), last("a", "failed", "1")], ["a logged  2", "d failing why 1"]],
  ["before the first sweep outcomes are all there is", [], [last("a", "forced", "1")], ["a logged  1"]],
  ["stack instances are no resources", [], [last("arn:stack", "stack-instance", "1")], []],
] as const)("%s", (_, sweeps, lasts, expected) => expect(told(sweeps, lasts)).toEqual(expected));

test("in whatever order the rows come, the answer is the same", () => {
  const time = fc.integer({ min: 0, max: 5 }).map(String);
  const name = fc.constantFrom("a", "b", "c");
  const state = fc.constantFrom("logged", "excluded", "observed", "failing");
  const part = fc.record({ since: time, part: fc.integer({ min: 1, max: 2 }), parts: fc.constant(2), packed: fc.array(fc.record({ resource: name, state, why: fc.constant("") }), { maxLength: 2 }).map((list) => bytes(list as Covered[])) });
  const lasts = fc.uniqueArray(fc.record({ resource: name, outcome: fc.constantFrom("forced", "failed"), at: time, reason: fc.constant("") }), { selector: ({ resource }) => resource });
  fc.assert(
    fc.property(fc.uniqueArray(part, { selector: (one) => one.part }), lasts, (sweeps, outcomes) => {
      // Two parts of one sweep speak of different resources.
      const names = sweeps.map(({ since, packed }) => `${since} ${packed.toString("hex")}`);
      fc.pre(new Set(names.map((one) => one.split(" ")[0])).size === names.length);
      expect(told([...sweeps].reverse(), [...outcomes].reverse())).toEqual(told(sweeps, outcomes));
    }),
  );
});
