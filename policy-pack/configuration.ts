/**
 * The configuration of the stack that is being judged, in the pack's own process.
 *
 * The engine starts the pack with the environment that it gives a program: PULUMI_CONFIG holds every key of the stack's
 * file as text, PULUMI_STACK (PULUMI_NODEJS_STACK) its name (pulumi/pulumi sdk/go/common/resource/plugin/analyzer_plugin.go,
 * constructEnv). The ConfigureStack request says the same again; @pulumi/policy keeps only the stack's tags of it.
 */
import type { Configuration } from "../infra/config/configuration";
import { tiers } from "../infra/config/configuration";
import { ConfigurationError } from "../infra/config/problems";
import { configurationFromPulumi } from "../infra/config/read";

/** Keys that the engine's process would have; `process.env` unless a test gives others. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What a rule is given beside the subjects. */
export interface Given {
  /** Undefined for a foreign stack, which has no `fall:` key; a sentence where it has and they can't be read. */
  readonly configuration: Configuration | string | undefined;
  /** What the user's policy configuration says for this rule (`configSchema`), not yet checked against it. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** A foreign stack without parameters: for rules that look at the subjects alone. */
export const nothingGiven: Given = { configuration: undefined, parameters: {} };

/** The configuration, if the stack is one of ours; a sentence saying what is wrong with it, if it can't be read. */
export function stackConfiguration(environment: Environment = process.env): Configuration | string | undefined {
  const name = environment["PULUMI_STACK"] ?? environment["PULUMI_NODEJS_STACK"];
  const text = environment["PULUMI_CONFIG"];
  if (text === undefined || text === "") return undefined;
  let all: Readonly<Record<string, string>>;
  try {
    all = JSON.parse(text) as Readonly<Record<string, string>>;
  } catch (error) {
    return `PULUMI_CONFIG is not JSON (${(error as Error).message}).`;
  }
  if (!Object.keys(all).some((key) => key.startsWith("fall:"))) return undefined;
  const tier = tiers.find((one) => one === name);
  if (!tier) return `The stack is named ${JSON.stringify(name)}; one of ${tiers.join(", ")} is allowed.`;
  try {
    return configurationFromPulumi(tier, all);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message.split("\n").join("; ");
    throw error;
  }
}
