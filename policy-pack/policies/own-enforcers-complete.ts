/** StackSets never reach the management account: what forces there is a stack of its own, from the same templates. */
import type { Configuration } from "../../infra/config/configuration";
import { hasReached } from "../../infra/config/configuration";
import { namesFor } from "../../infra/names";
import { holding, wantedThere, type Wanted } from "../wanted";

function stack(config: Configuration, stackName: string, template: string, region: string): Wanted {
  const from = `https://${namesFor(config).codeBucket(region)}.s3.${region}.amazonaws.com/templates/${template}-`;
  return {
    // The Region is its provider's.
    type: "cloudformation:stack", by: { stackName: { is: stackName, holds: (found, { name }) => found === stackName && name === `${stackName}-${region}` } }, what: `The stack ${stackName} in ${region}`,
    settings: {
      enableTerminationProtection: true,
      capabilities: holding(["CAPABILITY_NAMED_IAM"]),
      templateUrl: { is: `${from}(its hash).json`, holds: (found) => typeof found === "string" && found.startsWith(from) && /^[0-9a-f]{64}\.json$/.test(found.slice(from.length)) },
    },
  };
}

function wanted(config: Configuration): readonly Wanted[] {
  if (config.tier !== "management" || !hasReached(config, "force")) return [];
  const { ownGlobalStack, ownRegionalStack } = namesFor(config);
  return [stack(config, ownGlobalStack, "global", config.homeRegion), ...config.regions.map((region) => stack(config, ownRegionalStack, "regional", region))];
}

export const rule = wantedThere({ requirement: "The management account has its own enforcers in every governed Region, from the templates of the StackSets, and their stacks can't be deleted by a slip.", wanted });
