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
import { errorText } from "../error-text";

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
    error = errorText(thrown);
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

/**
 * Does each piece of work, one after the other for one principal: by its principal's ARN a call is told from the others
 * that are made meanwhile. Answers in the order of the work.
 */
async function byPrincipal<T, R>(work: readonly T[], principalOf: (one: T) => string, run: (one: T) => Promise<R>): Promise<R[]> {
  const done: R[] = [];
  const lane = async (principal: string) => {
    for (const [index, one] of work.entries()) if (principalOf(one) === principal) done[index] = await run(one);
  };
  await Promise.all([...new Set(work.map(principalOf))].map(lane));
  return done;
}

/** The attacks on what the project owns. */
export async function assaultOwned(
  world: World,
  table: readonly OwnedAttack[],
  targetOf: (attack: OwnedAttack) => Target,
  attackersOf: (attack: OwnedAttack, target: Target) => readonly Attacker[],
): Promise<Assault> {
  const work = table.flatMap((attack) => {
    const target = targetOf(attack);
    return attackersOf(attack, target).map((attacker) => ({ attack, target, ...attacker }));
  });
  const judged = await byPrincipal(work, ({ principal }) => principal, async ({ attack, target, by, principal, caller }) => {
    const met = await attempt(world, principal, () => attack.run(sender(caller), target), attack.layer);
    return deniedRow(attack.name, by, attack.on, attack.layer, met);
  });
  return { rows: judged.map(({ row }) => row), refusals: judged.flatMap(({ refusals }) => refusals) };
}

/** The attacks on each source's resource by every kind of principal: denied at once, or repaired. */
export async function assaultResources(world: World, all: readonly Standing[]): Promise<Assault> {
  const work = all.flatMap((standing) => standing.exercise.attacks.flatMap((attack) => kinds.map((kind) => ({ standing, attack, kind }))));
  const principalOf = ({ standing, kind }: (typeof work)[number]) => arnOf(kind, standing.account);
  const strike = ({ standing, attack, kind }: (typeof work)[number]) => {
    const { source, account, region, made } = standing;
    return attempt(world, arnOf(kind, account), () => attack.run(world.caller(kind, account, region), made, world.ground(source.name)), "scp");
  };
  const on = ({ source, made }: Standing) => `${source.name} ${made.id}`;

  const denied = await byPrincipal(work.filter(({ attack }) => attack.answered === "denied"), principalOf, async (one) =>
    deniedRow(one.attack.name, one.kind, on(one.standing), "scp", await strike(one)),
  );
  const rows = denied.map(({ row }) => row);
  // One after the other: what one weakens the next one would find repaired.
  for (const one of work.filter(({ attack }) => attack.answered !== "denied")) {
    const { source, exercise, account, region, made } = one.standing;
    const start = Date.now();
    const met = await strike(one);
    await world.idle();
    const missing = await exercise.unlogged(world.caller("administrator", account, region), made, world.ground(source.name));
    const reported = outcomesOf(world.proxy).find(({ outcome, at }) => outcome.outcome === "repaired" && outcome.resource === made.arn && at >= start);
    const repaired = met.error === "" && missing.length === 0 && reported !== undefined;
    const detail = repaired
      ? `after ${((reported.at - start) / 1000).toFixed(2)} s`
      : [met.error, ...missing, ...(reported ? [] : ["no repair was reported"])].filter(Boolean).join("; ");
    rows.push({ name: one.attack.name, by: one.kind, on: on(one.standing), layer: "enforcer", result: repaired ? "repaired" : "SLIPPED", detail });
  }
  return { rows, refusals: denied.flatMap(({ refusals }) => refusals) };
}
