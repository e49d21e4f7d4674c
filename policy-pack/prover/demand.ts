/** What a goal demands, as the claim that a hole has to make true: its contrary. */
import { allowed, deniedAnywhere } from "./decision";
import { not, type Claim } from "./formula";
import { layerClaims, letsThrough, refusesByName, type Surroundings } from "./layers";
import type { Space } from "./space";
import type { Demand, Goal } from "./types";

const through = (layer: Goal["layer"], surroundings: Surroundings, space: Space): Claim =>
  layer === "decision" ? allowed(surroundings, space) : letsThrough(layerClaims(layer, surroundings, space));

const denied = (layer: Goal["layer"], surroundings: Surroundings, space: Space): Claim =>
  layer === "decision" ? deniedAnywhere(surroundings, space) : refusesByName(layerClaims(layer, surroundings, space));

export function breaks(demand: Demand, layer: Goal["layer"], surroundings: Surroundings, space: Space): Claim {
  switch (demand) {
    case "refused":
      return through(layer, surroundings, space);
    case "allowed":
      return not(through(layer, surroundings, space));
    case "denied":
      return not(denied(layer, surroundings, space));
    case "not-denied":
      return denied(layer, surroundings, space);
  }
}
