/** Resource graphs of the tiers, each from a process of its own: a Pulumi program runs once a process. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import type { Configuration, Phase, Tier } from "../config/configuration";
import { configurationFrom, readEntries } from "../config/read";
import type { GraphResource } from "./graph";
import type { Run } from "./run";

export type { GraphResource } from "./graph";

export interface Synthesis {
  /** The last one if left out. */
  readonly phase?: Phase;
  /** Defaults to the project's own `Pulumi.<tier>.yaml`. */
  readonly configFile?: string;
  /** Instead of a file. */
  readonly configuration?: Configuration;
  readonly preview?: boolean;
  /** What AWS Organizations would answer, for `observeIn`; the canary OU's accounts are known without. */
  readonly accountsByOu?: Run["accountsByOu"];
}

const root = join(__dirname, "..", "..");

/**
 * The configuration that a synthesis is of.
 *
 * @throws ConfigurationError with one line a problem
 */
export function configurationOf(tier: Tier, { phase = "lock", configFile, configuration }: Synthesis): Configuration {
  if (configuration) return { ...configuration, tier, phase };
  const file = configFile ?? join(root, `Pulumi.${tier}.yaml`);
  return configurationFrom(tier, { ...readEntries(file), phase }, configFile ?? `Pulumi.${tier}.yaml`);
}

/**
 * The resources that a tier declares, sorted by URN; the same input gives the same result.
 *
 * @throws ConfigurationError on a wrong configuration; Error with the program's own message where it fails
 */
export async function synthesize(tier: Tier, synthesis: Synthesis = {}): Promise<readonly GraphResource[]> {
  const { preview, accountsByOu } = synthesis;
  const run: Run = { configuration: configurationOf(tier, synthesis), preview, accountsByOu };
  const child = spawn(process.execPath, ["--require", join(__dirname, "..", "..", "commands", "register.js"), join(__dirname, "main.ts")], {
    cwd: root,
    stdio: ["pipe", "pipe", "pipe"],
  });
  const read = (stream: NodeJS.ReadableStream) => {
    const chunks: Buffer[] = [];
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    return () => Buffer.concat(chunks).toString("utf8");
  };
  const [output, errors] = [read(child.stdout), read(child.stderr)];
  child.stdin.end(JSON.stringify(run));
  const code = await new Promise<number | null>((resolve, reject) => child.on("error", reject).on("close", resolve));
  if (code !== 0) throw new Error(`the program of ${tier} failed:\n${errors().trim()}`);
  return JSON.parse(output()) as readonly GraphResource[];
}
