import fc from "fast-check";
import { inParallel, ordered, runOrdered } from "./order";

const graph: Readonly<Record<string, readonly string[]>> = { a: ["b", "c"], b: ["c"], c: ["elsewhere"], d: [] };
const of = (id: string) => graph[id] ?? [];

test("each after what it depends on, the rest in the order given", () => {
  expect(ordered(["a", "b", "c", "d"], of)).toEqual(["c", "b", "a", "d"]);
});

test("a circle is named", () => {
  const circle: Record<string, string[]> = { a: ["b"], b: ["c"], c: ["b"] };
  expect(() => ordered(["a", "b", "c"], (id) => circle[id]!)).toThrow("b -> c -> b");
});

test("any graph without circles: nothing begins before what it needs has ended, never more than the limit", async () => {
  const edges = fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(edges, fc.integer({ min: 1, max: 4 }), async (pairs, limit) => {
      const ids = Array.from({ length: 12 }, (_, id) => String(id));
      const needs = (id: string) => pairs.filter(([from, to]) => String(Math.max(from, to)) === id && from !== to).map(([from, to]) => String(Math.min(from, to)));
      const ended = new Set<string>();
      let now = 0;
      await runOrdered([...ids].reverse(), needs, limit, async (id) => {
        now += 1;
        expect(now).toBeLessThanOrEqual(limit);
        for (const need of needs(id)) expect(ended).toContain(need);
        await new Promise((resolve) => setImmediate(resolve));
        ended.add(id);
        now -= 1;
      });
      expect(ended.size).toBe(12);
    }),
    { numRuns: 40 },
  );
});

test("after an error nothing more begins", async () => {
  const begun: number[] = [];
  const work = (item: number) => {
    begun.push(item);
    return item === 2 ? Promise.reject(new Error("two")) : Promise.resolve();
  };
  await expect(inParallel([1, 2, 3, 4], 1, work)).rejects.toThrow("two");
  expect(begun).toEqual([1, 2]);
});
