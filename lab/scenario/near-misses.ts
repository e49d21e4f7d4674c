/**
 * Replays each denying statement's near miss on the evaluator, which is other code than the prover: without the statement
 * the request passes its layer, with the documents in force that very statement denies it.
 */
import { evaluate, type Layers, type PolicyDocument } from "../../policy-pack/evaluator";
import { levelsOf, makeState } from "../proxy/state";
import type { CheckRow, NearMissRow } from "../report/report";
import type { Proven, StatementMissed } from "./proofs";

/** The control policies that bind a locked member, by name. */
export type InForce = Readonly<Record<string, PolicyDocument>>;

/** What binds an account at this moment. @throws Error where the emulator has no organization */
export async function inForceOver(motoUrl: string, account: string): Promise<InForce> {
  const organization = await makeState(async (path) => (await fetch(`${motoUrl}${path}`)).json()).organization();
  if (!organization) throw new Error("the emulator has no organization");
  const attached = (levelsOf(organization, account) ?? []).flatMap((node) => organization.attached[node] ?? []);
  return Object.fromEntries(attached.flatMap((id) => organization.policies[id] ?? []).map(({ name, content }) => [name, content]));
}

export interface Replayed {
  readonly nearMisses: readonly NearMissRow[];
  readonly checks: readonly CheckRow[];
}

/** @param inForce control policies; of other documents, what was deployed is in force */
export function replay({ proofs, missed }: Proven, inForce: InForce): Replayed {
  const nearMisses = missed.map((one) => replayed(one, inForce));
  const unproved = proofs.filter(({ goals, proved }) => proved < goals).map(({ obligation }) => obligation);
  const wrong = nearMisses.filter(({ ok }) => !ok).map(({ policy, sid, detail }) => `${policy}/${sid}: ${detail}`);
  return {
    nearMisses,
    checks: [
      { name: "every obligation is proved of what was deployed", ok: unproved.length === 0 && proofs.length > 0, detail: unproved.join(", ") || `${proofs.length} obligations` },
      { name: "every near miss is denied by its statement", ok: wrong.length === 0 && nearMisses.length > 0, detail: wrong.slice(0, 3).join("; ") || `${nearMisses.length} statements` },
    ],
  };
}

function replayed({ policy, sid, isControl, document, miss }: StatementMissed, inForce: InForce): NearMissRow {
  if (miss === undefined) return { policy, sid, obligation: "", request: "", ok: false, detail: "no obligation finds a request that would pass without it" };
  const { request, layer, layers, obligation, line } = miss;
  const row = { policy, sid, obligation, request: line };
  const without = evaluate(request, layers).layers[layer];
  if (without.verdict === "explicit-deny") return { ...row, ok: false, detail: `${without.by.map((one) => one.sid).join(", ")} denies it without the statement` };
  const { verdict, by } = evaluate(request, whole(layers, isControl ? inForce : { [policy]: document })).layers[layer];
  const ok = verdict === "explicit-deny" && by.some((one) => one.policy === policy && one.sid === sid);
  return { ...row, ok, detail: `${verdict} by ${by.map((one) => `${one.policy}/${one.sid}`).join(", ") || "nothing"}` };
}

/** The layers with each document that is in force in the place of the one that lacks something. */
function whole(layers: Layers, documents: InForce): Layers {
  const restore = <P extends { readonly name: string; readonly document: PolicyDocument }>(policy: P): P => ({ ...policy, document: documents[policy.name] ?? policy.document });
  return {
    ...layers,
    ...(layers.scp && { scp: layers.scp.map((level) => level.map(restore)) }),
    ...(layers.rcp && { rcp: layers.rcp.map((level) => level.map(restore)) }),
    ...(layers.resource && { resource: layers.resource.map(restore) }),
    ...(layers.trust && { trust: layers.trust.map(restore) }),
    ...(layers.identity && { identity: layers.identity.map(restore) }),
  };
}
