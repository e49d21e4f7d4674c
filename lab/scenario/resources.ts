/** Makes resources as users would, and looks whether each logs. */
import type { Made } from "../../functions/sources/exercise";
import type { ResourceRow } from "../report/report";
import { exercises, outcomesOf, pool } from "./world";
import type { Exercised, Place, World } from "./world";

/** A resource that the lab made. */
export interface Standing extends Exercised {
  readonly account: string;
  readonly region: string;
  readonly made: Made;
  readonly kind: ResourceRow["made"];
  readonly at: number;
  /** What was missing when it had just been made and nothing had been forced. */
  readonly before: readonly string[];
}

/** Where a source's resources are made: every place given, or its us-east-1 for a global source. */
const placesOf = (world: World, { source }: Exercised, places: readonly Place[]) =>
  source.scope === "global" ? places.filter(({ region }) => region === world.names.homeRegion) : places;

/** Whether a stranger came before the enforcer; where ours is there first, AWS refuses what would be in its way. */
async function obstruct(run: () => Promise<void>): Promise<boolean> {
  try {
    await run();
    return true;
  } catch (error) {
    if (error instanceof Error && ["ConflictException", "FlowLogsLimitExceeded"].includes(error.name)) return false;
    throw error;
  }
}

/**
 * One resource of each source in each place, made by an administrator there; a stranger's logging is in the way of every
 * second one.
 */
export async function makeResources(
  world: World,
  places: readonly Place[],
  kind: "before" | "new",
  wave: string,
): Promise<Standing[]> {
  const wanted = exercises().flatMap((exercised) =>
    placesOf(world, exercised, places).map((place, index) => ({ ...exercised, ...place, obstructed: index % 2 === 1 })),
  );
  return pool(wanted, 8, async ({ source, exercise, account, region, obstructed }) => {
    const caller = world.caller("administrator", account, region);
    const ground = world.ground(source.name);
    // Names are unique by account and Region; load balancers allow 32 characters.
    const made = await exercise.create(caller, `${wave}-${source.name}`, ground);
    const at = Date.now();
    const inTheWay = obstructed && (await obstruct(() => exercise.obstruct(caller, made, ground)));
    const before = kind === "before" ? await exercise.unlogged(caller, made, ground) : ["just made"];
    return { source, exercise, account, region, made, kind: inTheWay ? (`${kind}, obstructed` as const) : kind, at, before };
  });
}

/** Looks at every resource once more: what is missing now, and when its enforcer first reported it. */
export async function inspect(world: World, standing: readonly Standing[], since: number): Promise<ResourceRow[]> {
  const reports = outcomesOf(world.proxy).filter(({ outcome }) => outcome.outcome === "forced" || outcome.outcome === "repaired");
  const first = new Map<string, number>();
  for (const { outcome, at } of reports) {
    const key = `${outcome.source} ${outcome.resource}`;
    if (!first.has(key)) first.set(key, at);
  }
  return pool(standing, 8, async ({ source, exercise, account, region, made, kind, at, before }) => {
    const caller = world.caller("administrator", account, region);
    const after = await exercise.unlogged(caller, made, world.ground(source.name));
    const reported = first.get(`${source.name} ${made.arn}`);
    const from = kind.startsWith("before") ? since : at;
    const took = reported === undefined ? -1 : Math.max(0, Math.round(reported - from));
    return { account, region, source: source.name, resource: made.id, made: kind, before, after, took };
  });
}
