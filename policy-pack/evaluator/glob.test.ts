import * as fc from "fast-check";
import { globMatches } from "./glob";

const reference = (pattern: string, text: string) =>
  new RegExp(`^${[...pattern].map((c) => (c === "*" ? "[^]*" : c === "?" ? "[^]" : c.replace(/[\\^$.|+()[\]{}/-]/g, "\\$&"))).join("")}$`).test(text);

test("matches what a regular expression matches", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b", ":", "/"), maxLength: 10 });
  const pattern = fc.string({ unit: fc.constantFrom("a", "b", ":", "*", "?"), maxLength: 8 });
  fc.assert(fc.property(pattern, text, (p, t) => globMatches(p, t) === reference(p, t)), { numRuns: 3000 });
});

test("a text with its characters replaced by wildcards still matches", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b", ":"), minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(text, fc.array(fc.constantFrom("?", "*", ""), { minLength: 12, maxLength: 12 }), (t, wild) =>
      globMatches([...t].map((c, i) => (wild[i] === "" ? c : wild[i])).join(""), t)),
  );
});

test("many stars do not take exponential time", () => {
  expect(globMatches("*a".repeat(50) + "b", "a".repeat(2000))).toBe(false);
});
