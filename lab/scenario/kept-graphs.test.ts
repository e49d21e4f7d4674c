import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { digestOfProgram, kept } from "./kept-graphs";

const folder = mkdtempSync(join(tmpdir(), "fall-graphs-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("a graph is made once for the same program and input, and anew for another of either", async () => {
  const make = jest.fn(() => Promise.resolve([]));
  for (const [program, input] of [["p", { phase: "lock" }], ["p", { phase: "lock" }], ["p", { phase: "force" }], ["q", { phase: "lock" }]] as const) {
    expect(await kept(program, input, make, folder)).toEqual([]);
  }
  expect(make).toHaveBeenCalledTimes(3);
});

test("a graph whose packaged functions are gone is made anew", async () => {
  const make = jest.fn(() => Promise.resolve([{ props: { source: { path: ".cache/functions/gone.zip", hash: "" } } }] as never));
  for (let run = 0; run < 2; run += 1) await kept("p", "gone", make, folder);
  expect(make).toHaveBeenCalledTimes(2);
});

test("what the program failed to make is not kept", async () => {
  await expect(kept("p", "failing", () => Promise.reject(new Error("no")), folder)).rejects.toThrow("no");
  expect(await kept("p", "failing", () => Promise.resolve([]), folder)).toEqual([]);
});

test("the program's digest is the same each time", () => {
  expect(digestOfProgram()).toBe(digestOfProgram());
});
