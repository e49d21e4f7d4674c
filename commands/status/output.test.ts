import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { fileOutput, outputTo } from "./output";

test("what is written comes out whole, no faster than it is taken", async () => {
  let waiting = 0;
  let most = 0;
  const stream = new Writable({
    highWaterMark: 1,
    write: (_, __, done) => {
      most = Math.max(most, (waiting += 1));
      setImmediate(() => ((waiting -= 1), done()));
    },
  });
  const output = outputTo(stream, true);
  for (let index = 0; index < 50; index += 1) await output.write("x".repeat(40_000));
  await output.end();
  expect([most, stream.writableLength]).toEqual([1, 0]);
});

test("a file holds it when it ends; one that can't be written is answered by a line", async () => {
  const folder = mkdtempSync(join(tmpdir(), "status-"));
  try {
    const output = fileOutput(join(folder, "a.csv"));
    await output.write("a\n");
    await output.end();
    expect(readFileSync(join(folder, "a.csv"), "utf8")).toBe("a\n");
    expect(() => fileOutput(join(folder, "none", "a.csv"))).toThrow(/^option --out is given ".*": a file that can be written is allowed \(ENOENT\)$/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
