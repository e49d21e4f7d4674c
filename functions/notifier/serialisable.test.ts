import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const folders = [__dirname, join(__dirname, "formats"), join(__dirname, "..", "watcher")];

/** Names that stand at the top level of a file. */
const declared = /^(?:export )?(?:async )?(?:function|const|let) (\w+)/gm;

// Pulumi's serialisation takes such a name for the global of that name and leaves ours out: a function called `escape`
// became the one that writes %20, and no test of the source could see it.
test("nothing at the top level of a file that runs in Lambda is named like a global", () => {
  const clashes = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
      .flatMap((file) => [...readFileSync(join(folder, file), "utf8").matchAll(declared)].map(([, name]) => name ?? "").filter((name) => name in globalThis)),
  );
  expect(clashes).toEqual([]);
});
