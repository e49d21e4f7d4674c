import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packageAll, packageEnforcers } from ".";
import * as names from "./global-names";

const { globalNames, refuseGlobalNames } = names;

test.each([
  ["export function escape(text: string) {}", "escape"],
  ["\nexport async function fetch() {}", "fetch"],
  ["const performance = 1;", "performance"],
  ["const { a, b: { process } } = c;", "process"],
  ["export const handler = (queueMicrotask: () => void) => () => queueMicrotask();", "queueMicrotask"],
])("%j takes a global's name", (text, name) => {
  expect(globalNames("a.ts", text)).toEqual([`a.ts:${text.startsWith("\n") ? 2 : 1} declares ${name}`]);
});

test.each([
  "export function escaped(text: string) { return escape(text); }",
  "interface Process { readonly process: string; fetch(): void }",
  "let make: (process: number) => void;",
  "const settings = { process: 1 }; settings.process;",
  "type Event = { readonly id: string };",
])("%j takes none", (text) => expect(globalNames("a.ts", text)).toEqual([]));

test("every place is in one line", () => {
  const folder = mkdtempSync(join(tmpdir(), "fall-names-"));
  writeFileSync(join(folder, "a.ts"), "const escape = 1;");
  writeFileSync(join(folder, "b.ts"), "\nfunction fetch() {}");
  expect(() => refuseGlobalNames(["a.ts", "b.ts"], folder)).toThrow(/^[^\n]*: a\.ts:1 declares escape, b\.ts:2 declares fetch$/);
  rmSync(folder, { recursive: true });
});

test("no file that is packaged has one", () => expect(() => refuseGlobalNames()).not.toThrow());

test("packaging refuses before it serialises anything", async () => {
  jest.spyOn(names, "refuseGlobalNames").mockImplementation(() => refuseGlobalNames(["global-names.test.ts"], __dirname));
  Object.assign(globalThis, { folder: "a global from now on" });
  try {
    for (const packaged of [packageAll, packageEnforcers]) await expect(packaged()).rejects.toThrow(/global-names\.test\.ts:\d+ declares folder/);
  } finally {
    Reflect.deleteProperty(globalThis, "folder");
    jest.restoreAllMocks();
  }
});
