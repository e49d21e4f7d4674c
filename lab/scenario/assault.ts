/** Runs the attacks, by every kind of principal, and judges each layer alone. */
import { sender } from "../attacks/attack";
import type { OwnedAttack, Target } from "../attacks/attack";
import { arnOf, kinds } from "../people";
import type { Authorisation, Call } from "../proxy";
import type { AttackRow } from "../report/report";
import type { Caller } from "../../functions/sources/exercise";
import type { Standing } from "./resources";
import { outcomesOf } from "./world";
import type { World } from "./world";

/** What an attack's own calls met: the refusals by a layer, and the error that the attacker saw. */
interface Met {
  readonly refusals: readonly Authorisation[];
  readonly calls: readonly Call[];
  readonly error: string;
}

/** Runs an attack and collects the calls that this caller made meanwhile (the enforcers go on working). */
async function attempt(world: World, principal: string, run: () => Promise<unknown>, layer: string): Promise<Met> {
  const from = world.proxy.calls.length;
  let error = "";
  try {
    await run();
  } catch (thrown) {
    error = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  }
  const calls = world.proxy.calls.slice(from).filter((call) => call.principal.arn === principal);
  const refusals = calls
    .flatMap((call) => call.authorisations)
    .filter((each) => (each.layers as Record<string, { verdict: string }>)[layer]?.verdict === "explicit-deny");
  return { refusals, calls, error };
}

const statements = (refusals: readonly Authorisation[], layer: string) => [
  ...new Set(
    refusals.flatMap((each) =>
      ((each.layers as Record<string, { by: readonly { policy: string; sid: string }[] }>)[layer]?.by ?? []).map(
        ({ policy, sid }) => `${policy}/${sid}`,
      ),
    ),
  ),
];

function deniedRow(name: string, by: string, on: string, layer: string, met: Met): { row: AttackRow; refusals: readonly Authorisation[] } {
  const denied = met.refusals.length > 0;
  const detail = denied ? statements(met.refusals, layer).join(", ") : met.error || `allowed: ${met.calls.map((call) => call.operation).join(", ")}`;
  return { row: { name, by, on, layer, result: denied ? "denied" : "SLIPPED", detail }, refusals: met.refusals };
}

/** Somebody who attacks: what the report calls them, and their ARN as aws:PrincipalArn says it. */
export interface Attacker {
  readonly by: string;
  readonly principal: string;
  readonly caller: Caller;
}

export interface Assault {
  readonly rows: readonly AttackRow[];
  /** Every refused request, for the count of the statements that are needed. */
  readonly refusals: readonly Authorisation[];
}

/** The attacks on what the project owns. */
export async function assaultOwned(
  world: World,
  table: readonly OwnedAttack[],
  targetOf: (attack: OwnedAttack) => Target,
  attackersOf: (attack: OwnedAttack, target: Target) => readonly Attacker[],
): Promise<Assault> {
  const rows: AttackRow[] = [];
  const refusals: Authorisation[] = [];
  for (const attack of table) {
    const target = targetOf(attack);
    for (const { by, principal, caller } of attackersOf(attack, target)) {
      const met = await attempt(world, principal, () => attack.run(sender(caller), target), attack.layer);
      const judged = deniedRow(attack.name, by, attack.on, attack.layer, met);
      rows.push(judged.row);
      refusals.push(...judged.refusals);
    }
  }
  return { rows, refusals };
}

/** The attacks on one source's resource by every kind of principal: denied at once, or repaired. */
export async function assaultResource(world: World, standing: Standing): Promise<Assault> {
  const rows: AttackRow[] = [];
  const refusals: Authorisation[] = [];
  const { source, exercise, account, region, made } = standing;
  const ground = world.ground(source.name);
  const on = `${source.name} ${made.id}`;
  for (const attack of exercise.attacks) {
    for (const kind of kinds) {
      const caller = world.caller(kind, account, region);
      const start = Date.now();
      const met = await attempt(world, arnOf(kind, account), () => attack.run(caller, made, ground), "scp");
      if (attack.answered === "denied") {
        const judged = deniedRow(attack.name, kind, on, "scp", met);
        rows.push(judged.row);
        refusals.push(...judged.refusals);
        continue;
      }
      await world.idle();
      const missing = await exercise.unlogged(world.caller("administrator", account, region), made, ground);
      const reported = outcomesOf(world.proxy).find(
        ({ outcome, at }) => outcome.outcome === "repaired" && outcome.resource === made.arn && at >= start,
      );
      const repaired = met.error === "" && missing.length === 0 && reported !== undefined;
      const detail = repaired
        ? `after ${((reported.at - start) / 1000).toFixed(2)} s`
        : [met.error, ...missing, ...(reported ? [] : ["no repair was reported"])].filter(Boolean).join("; ");
      rows.push({ name: attack.name, by: kind, on, layer: "enforcer", result: repaired ? "repaired" : "SLIPPED", detail });
    }
  }
  return { rows, refusals };
}
