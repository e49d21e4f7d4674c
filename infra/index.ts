/** What `pulumi up` runs: the tier that the stack's name says, from the stack's configuration and nothing else. */
import * as pulumi from "@pulumi/pulumi";
import { type Tier, tiers } from "./config/configuration";
import { ConfigurationError } from "./config/problems";
import { configurationFromPulumi } from "./config/read";
import { declareDelegated } from "./delegated";
import { declareLogArchive } from "./log-archive";
import { declareManagement } from "./management";
import { type Stack, stackFor } from "./stack";

const programs: Readonly<Record<Tier, (stack: Stack) => void | Promise<void>>> = {
  management: declareManagement,
  "log-archive": declareLogArchive,
  delegated: declareDelegated,
};

function tierOf(stack: string): Tier {
  const tier = tiers.find((name) => name === stack);
  if (!tier) throw new pulumi.RunError(`the stack is named ${JSON.stringify(stack)}: one of ${tiers.join(", ")} is allowed`);
  return tier;
}

/** @throws pulumi.RunError, whose lines are shown without a stack trace, where the user has something to mend */
async function program(): Promise<void> {
  const tier = tierOf(pulumi.getStack());
  try {
    await programs[tier](stackFor(configurationFromPulumi(tier, pulumi.runtime.allConfig())));
  } catch (error) {
    if (error instanceof ConfigurationError) throw new pulumi.RunError(error.message);
    throw error;
  }
}

export = program;
