import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { pulumiConfig } from "../config/entries";
import { readConfiguration } from "../config/read";
import { synthesize } from "./synthesize";

const root = join(__dirname, "..", "..");

test("under the Pulumi host the functions have the very bytes that our commands package", async () => {
  const { runtime } = parse(readFileSync(join(root, "Pulumi.yaml"), "utf8")) as { runtime: { options: { typescript: boolean; tsconfig: string } } };
  const configuration = { ...readConfiguration("delegated"), phase: "lock" } as const;
  const graph = await synthesize("delegated", { configuration });
  const ours = [...new Set(graph.map(({ props }) => props.key).filter((key) => typeof key === "string"))].sort();
  const done = spawnSync(process.execPath, [join(__dirname, "host.js"), JSON.stringify(pulumiConfig(configuration))], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, PULUMI_NODEJS_TYPESCRIPT: String(runtime.options.typescript), PULUMI_NODEJS_TSCONFIG_PATH: runtime.options.tsconfig },
  });
  expect([done.status, done.status === 0 ? "" : done.stderr]).toEqual([0, ""]);
  expect(JSON.parse(done.stdout)).toEqual(ours);
}, 300_000);
