/** A stack's configuration as commands read it: what is wrong in it is the user's to mend. */
import type { Configuration, Tier } from "../infra/config/configuration";
import { ConfigurationError } from "../infra/config/problems";
import { readConfiguration } from "../infra/config/read";
import { refuse } from "./arguments";

/** The configuration; ends the process with a line for each problem and exit 2 where it has any. @param file the stack's own where left out */
export function configurationOrRefuse(tier: Tier, file: string | undefined): Configuration {
  try {
    return readConfiguration(tier, file);
  } catch (error) {
    if (error instanceof ConfigurationError) return refuse(error.message);
    throw error;
  }
}
