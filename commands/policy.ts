/**
 * `npm run --silent policy -- <stack|member> [--config FILE] [--phase PHASE]` runs the policy pack, in its own process,
 * over what `synth` prints: one line a finding. Exit 1 on a mandatory one, 2 on a wrong argument or configuration.
 */
import { resolve } from "node:path";
import { type Configuration, phases, type Tier, tiers } from "../infra/config/configuration";
import { ConfigurationError } from "../infra/config/problems";
import { deployment } from "../infra/deployment";
import { configurationOf, synthesize } from "../infra/program/synthesize";
import { readArguments, refuse } from "./arguments";
import { analyzeAll } from "./policy/analyzer";
import type { Finding, Resource } from "./policy/messages";
import { templateGraph } from "./policy/template-graph";

export { analyzeAll, type Analyzer, startAnalyzer } from "./policy/analyzer";
export type { Finding, Resource } from "./policy/messages";

/** The findings about one stack's resources; `analyzeAll` is cheaper for several, the pack takes seconds to start. */
export async function analyze(graph: readonly Resource[], configuration?: Configuration): Promise<readonly Finding[]> {
  return (await analyzeAll([graph], { configuration })).flat();
}

const MEMBER = "member";

/** `mandatory  scp-quota  lock (aws:organizations/policy:Policy)  ...` */
export function line({ level, policy, resource, message }: Finding): string {
  const [, , type = "", name = ""] = resource.split("::");
  const where = resource === "" ? "the stack" : `${name} (${type.split("$").at(-1)})`;
  return [level, policy, where, message].join("  ");
}

/** What is judged, and the configuration that it comes from; the templates of a member are the delegated stack's. */
interface Judged {
  readonly graphs: readonly (readonly Resource[])[];
  readonly configuration: Configuration;
}

async function judged(stack: string, phase: string | undefined, config: string | undefined): Promise<Judged> {
  const known = phases.find((name) => name === phase);
  const synthesis = { ...(known && { phase: known }), ...(config !== undefined && { configFile: resolve(config) }) };
  const configuration = configurationOf(stack === MEMBER ? "delegated" : (stack as Tier), synthesis);
  if (stack !== MEMBER) return { configuration, graphs: [await synthesize(stack as Tier, { ...synthesis, configuration })] };
  const { global, regional } = await deployment(configuration);
  return { configuration, graphs: [templateGraph("global", global.template), templateGraph("regional", regional.template)] };
}

async function main(): Promise<void> {
  const { values, positional } = readArguments(
    "policy",
    { config: { type: "string", what: "a file" }, phase: { type: "string", allowed: phases } },
    { name: "stack", allowed: [...tiers, MEMBER] },
  );
  try {
    const { graphs, configuration } = await judged(positional, values.phase, values.config);
    const found = (await analyzeAll(graphs, { configuration })).flat();
    for (const finding of found) process.stdout.write(`${line(finding)}\n`);
    process.exitCode = found.some(({ level }) => level === "mandatory") ? 1 : 0;
  } catch (error) {
    if (error instanceof ConfigurationError) refuse(error.message);
    throw error;
  }
}

if (require.main === module) void main();
