/**
 * `npm run --silent synth -- <stack> [--config FILE] [--phase PHASE]` prints what `pulumi up` would declare, as JSON;
 * `synth -- member` prints the two templates that every account gets.
 *
 * The Pulumi CLI is not needed. The same configuration gives the same bytes. Exit 2 on a wrong argument or
 * configuration, with one line for each problem.
 */
import { resolve } from "node:path";
import { phases, tiers } from "../infra/config/configuration";
import { ConfigurationError } from "../infra/config/problems";
import { deployment } from "../infra/deployment";
import { runProgram } from "../infra/program/run";
import { configurationOf } from "../infra/program/synthesize";
import { readArguments, refuse } from "./arguments";

const MEMBER = "member";

const { values, positional } = readArguments(
  "synth",
  { config: { type: "string", what: "a file" }, phase: { type: "string", allowed: phases } },
  { name: "stack", allowed: [...tiers, MEMBER] },
);

async function synth(): Promise<unknown> {
  const phase = phases.find((name) => name === values.phase);
  const synthesis = { ...(phase && { phase }), ...(values.config !== undefined && { configFile: resolve(values.config) }) };
  const tier = tiers.find((name) => name === positional);
  if (tier) return runProgram({ configuration: configurationOf(tier, synthesis) });
  const { global, regional } = await deployment(configurationOf("delegated", synthesis));
  return { global: global.template, regional: regional.template };
}

synth().then(
  (result) => process.stdout.write(`${JSON.stringify(result, undefined, 2)}\n`),
  (error: unknown) => {
    if (error instanceof ConfigurationError) refuse(error.message);
    throw error;
  },
);
