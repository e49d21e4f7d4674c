import fc from "fast-check";
import { everyItem, portions } from "./paging";

test("everyItem follows every token to the end, whether the last is missing or empty", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(fc.nat(), { maxLength: 3 }), { minLength: 1, maxLength: 5 }), fc.constantFrom(undefined, ""), async (pages, end) => {
      const asked: (string | undefined)[] = [];
      const items = await everyItem(async (token) => {
        asked.push(token);
        const index = Number(token ?? 0);
        return { items: pages[index], next: index + 1 < pages.length ? String(index + 1) : end };
      });
      expect(items).toEqual(pages.flat());
      expect(asked).toHaveLength(pages.length);
    }),
  );
});

test("portions keep order and size, and lose nothing", () => {
  fc.assert(
    fc.property(fc.array(fc.nat()), fc.integer({ min: 1, max: 7 }), (items, size) => {
      const parts = portions(items, size);
      expect(parts.flat()).toEqual(items);
      expect(parts.every((part) => part.length > 0 && part.length <= size)).toBe(true);
    }),
  );
});
