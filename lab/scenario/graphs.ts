/** The resource graphs of every step of going live and back, from the real program, each in a process of its own. */
import { withoutPlace } from "../../commands/onboard/configuration-file";
import type { Configuration, Phase, Tier } from "../../infra/config/configuration";
import type { GraphResource } from "../../infra/program/graph";
import { synthesize } from "../../infra/program/synthesize";
import { configurationFor, placesFor } from "../organization";
import type { Choices, Organization } from "../organization";
import { digestOfProgram, kept } from "./kept-graphs";
import { pool } from "./world";

type Graph = readonly GraphResource[];

/** One step: a tier's graph under a configuration. */
export interface Step {
  readonly name: string;
  readonly tier: Tier;
  readonly configuration: Configuration;
  readonly graph: Graph;
}

/** The workload's place that the story retires. */
export const RETIRED = "orders-audit";

/** In the order of going live. */
export const steps = [
  { name: "management, prepare", tier: "management", phase: "prepare", rollout: "canary", lock: "canary" },
  { name: "log-archive", tier: "log-archive", phase: "prepare", rollout: "canary", lock: "canary" },
  { name: "delegated, prepare", tier: "delegated", phase: "prepare", rollout: "canary", lock: "canary" },
  { name: "delegated, force on the canary, observing", tier: "delegated", phase: "force", rollout: "canary", lock: "canary", observe: true },
  { name: "delegated, force everywhere", tier: "delegated", phase: "force", rollout: "organization", lock: "canary" },
  { name: "management, force", tier: "management", phase: "force", rollout: "organization", lock: "canary" },
  { name: "management, lock on the canary", tier: "management", phase: "lock", rollout: "organization", lock: "canary" },
  { name: "management, lock everywhere", tier: "management", phase: "lock", rollout: "organization", lock: "organization" },
  { name: "delegated, lock", tier: "delegated", phase: "lock", rollout: "organization", lock: "organization" },
  { name: "log-archive, a place retired", tier: "log-archive", phase: "prepare", rollout: "organization", lock: "organization", retire: RETIRED },
] as const satisfies readonly { name: string; tier: Tier; phase: Phase; rollout: string; lock: string; observe?: boolean; retire?: string }[];

export type StepName = (typeof steps)[number]["name"];

/**
 * Every step's graph; a few processes at a time, or as the same program made it before.
 *
 * @param observed what a source is set to while the canary is only observed
 */
export async function graphsOf(
  organization: Organization,
  common: Pick<Choices, "regions" | "webhooks"> & { more: Readonly<Record<string, unknown>> },
  observed: Readonly<Record<string, unknown>>,
): Promise<Record<StepName, Step>> {
  const accountsByOu = Object.fromEntries(
    Object.values(organization.ous).map((ou) => [ou, organization.members.filter((member) => member.ou === ou).map(({ id }) => id)]),
  );
  const program = digestOfProgram();
  const made = await pool(steps, 2, async ({ name, tier, phase, rollout, lock, ...rest }) => {
    const retired = "retire" in rest ? withoutPlace({ logs: placesFor(organization) }, rest.retire, "the lab's configuration") : {};
    const more = { ...common.more, ...("observe" in rest && observed), ...retired };
    const configuration = configurationFor(tier, organization, { ...common, phase, rollout, lock, more });
    const graph = await kept(program, { tier, configuration, phase, accountsByOu }, () => synthesize(tier, { configuration, phase, accountsByOu }));
    return [name, { name, tier, configuration, graph }] as const;
  });
  return Object.fromEntries(made) as Record<StepName, Step>;
}
