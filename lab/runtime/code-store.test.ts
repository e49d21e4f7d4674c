import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { makeCodeStore } from "./code-store";

const root = mkdtempSync(join(tmpdir(), "fall-code-"));
afterAll(() => rmSync(root, { recursive: true }));

test("a zip is unpacked under its hash, twice as once", () => {
  const store = makeCodeStore(root);
  const zip = zipSync({ "index.js": strToU8("exports.handler = 1"), "lib/a.js": strToU8("2") });
  const hash = store.keep(zip);
  expect(store.keep(zip)).toBe(hash);
  expect(hash).toBe(createHash("sha256").update(zip).digest("base64"));
  expect(readFileSync(join(store.folder(hash), "lib", "a.js"), "utf8")).toBe("2");
});

test("an unknown hash, and a file outside of the zip, are refused", () => {
  const store = makeCodeStore(root);
  expect(() => store.folder("AAAA")).toThrow("no code with the hash AAAA");
  expect(() => store.keep(zipSync({ "../evil.js": strToU8("1") }))).toThrow("outside of itself");
});
