/** What a goal demands, as the claim that a hole has to make true: its contrary. */
import { allowed, deniedAnywhere } from "./decision";
import { not, type Claim } from "./formula";
import { layerClaims, letsThrough, refusesByName, type Surroundings } from "./layers";
import type { Space } from "./space";
import type { Demand, Goal } from "./types";

function verdict(layer: Goal["layer"], surroundings: Surroundings, space: Space): { readonly through: Claim; readonly denied: Claim } {
  if (layer === "decision") return { through: allowed(surroundings, space), denied: deniedAnywhere(surroundings, space) };
  const claims = layerClaims(layer, surroundings, space);
  return { through: letsThrough(claims), denied: refusesByName(claims) };
}

export function breaks(demand: Demand, layer: Goal["layer"], surroundings: Surroundings, space: Space): Claim {
  const { through, denied } = verdict(layer, surroundings, space);
  const wanted: Readonly<Record<Demand, Claim>> = { refused: not(through), denied, "not-denied": not(denied), allowed: through };
  return not(wanted[demand]);
}
