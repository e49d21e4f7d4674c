/**
 * The decision over a request from all layers together.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
import { layerNames } from "../evaluator/types";
import { all, always, any, never, not, type Claim } from "./formula";
import { arnWise, glob } from "./language/pattern";
import { layerClaims, letsThrough, refusesByName, type LayerClaims, type Surroundings } from "./layers";
import type { Space } from "./space";

/** A Deny of any layer matches. */
export function deniedAnywhere(surroundings: Surroundings, space: Space): Claim {
  return any(...layerNames.map((layer) => refusesByName(layerClaims(layer, surroundings, space))));
}

/** Whose token a provider of the account signed is not of the account. Services and the nameless have none, so that none of its policies bind them. */
const stranger = (space: Space) => space.kind === "federated";

export function allowed(surroundings: Surroundings, space: Space): Claim {
  // https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html: no permission is needed.
  if (space.action.toLowerCase() === "sts:getcalleridentity") return always;
  const of = (layer: (typeof layerNames)[number]) => layerClaims(layer, surroundings, space);
  const [boundary, session] = [letsThrough(of("boundary")), letsThrough(of("session"))];
  const own = all(letsThrough(of("identity")), boundary, session);
  /** What a policy on the resource's side grants within the account, whatever the principal's own policies leave out. */
  const direct = ({ grants }: LayerClaims) => any(grants("itself"), all(grants("role"), boundary, session));
  /** Without such a policy no policy of the principal's counts; naming the account, it hands the question over to them. */
  const onlyDoor = (layer: LayerClaims) => all(layer.grants("account"), stranger(space) ? always : any(own, all(space.sameAccount, direct(layer))));
  const besides = (layer: LayerClaims) =>
    stranger(space) ? layer.grants("account") : any(all(space.sameAccount, any(own, direct(layer))), all(not(space.sameAccount), own, layer.grants("account")));

  const resource = of("resource");
  // https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
  const isKey = space.action.toLowerCase().startsWith("kms:") ? space.resourceIsOf("a key", () => [arnWise(glob("arn:*:kms:*:*:key/*"))!]) : never;
  const granted = surroundings.layers.trust ? onlyDoor(of("trust")) : any(all(isKey, onlyDoor(resource)), all(not(isKey), besides(resource)));
  return all(not(deniedAnywhere(surroundings, space)), letsThrough(of("scp")), letsThrough(of("rcp")), granted);
}
