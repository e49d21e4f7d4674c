/**
 * What one layer of policies says of a request.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
import type { LayerName } from "../evaluator/types";
import { all, always, any, never, not, type Claim } from "./formula";
import { glob } from "./language/pattern";
import { matches } from "./matching";
import { named, spared, type Strength } from "./principal";
import { hasAccount, type Space } from "./space";
import type { CompiledLayers, CompiledStatement } from "./statement";

/** A layer's verdict. Where it does not bind the request, it lets it through. */
export interface LayerClaims {
  readonly binds: Claim;
  /** A Deny matches. */
  readonly denies: Claim;
  /** An Allow matches, on each of its levels. */
  readonly allows: Claim;
  /** An Allow names the principal so strongly: for resource and trust policies. */
  readonly grants: (strength: Strength) => Claim;
}

/** What the policies are attached to, beside their statements. */
export interface Surroundings {
  readonly layers: CompiledLayers;
  readonly managementAccount: string | undefined;
}

/** `role/aws-service-role/<service>/...`: no control policy binds it. */
function serviceLinked(space: Space): Claim {
  return space.kind === "role" ? space.principalIsOf("service-linked", () => [glob("arn:aws:iam::????????????:role/aws-service-role/*")]) : never;
}

/**
 * Control policies bind neither the management account nor service-linked roles; service control policies only who has
 * an account of its own.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html#scp-effects-on-permissions
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html#rcp-not-restrict
 */
function boundBy(layer: "scp" | "rcp", { managementAccount }: Surroundings, space: Space): Claim {
  if (layer === "scp") {
    if (!hasAccount(space.kind) || space.kind === "federated") return never;
    return all(not(managementAccount === undefined ? never : space.accountIs([managementAccount])), not(serviceLinked(space)));
  }
  if (space.action.toLowerCase() === "kms:retiregrant") return never;
  return all(not(managementAccount === undefined ? never : space.ownerIs(managementAccount)), not(serviceLinked(space)));
}

const identified = (space: Space) => space.kind === "role" || space.kind === "user" || space.kind === "federated-user";

/**
 * The root user of a bucket's owner is never locked out by the bucket's own policy.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html
 */
export const ownersLastResort = (kind: Space["kind"], action: string) => kind === "root" && /^s3:(get|put|delete)bucketpolicy$/i.test(action);

function binds(layer: LayerName, surroundings: Surroundings, space: Space): Claim {
  if (surroundings.layers[layer] === undefined) return never;
  switch (layer) {
    case "scp":
    case "rcp":
      return boundBy(layer, surroundings, space);
    case "identity":
    case "boundary":
      return identified(space) ? always : never;
    case "session":
      return identified(space) || space.kind === "root" ? always : never;
    case "resource":
      return ownersLastResort(space.kind, space.action) ? not(space.sameAccount) : always;
    case "trust":
      return always;
  }
}

/** Whether the statement's Principal or NotPrincipal names the principal; other layers have neither. */
export function speaksTo({ principal, notPrincipal, effect }: CompiledStatement, layer: LayerName, { layers }: Surroundings, space: Space, strength: Strength): Claim {
  if (layer !== "resource" && layer !== "trust") return always;
  if (principal !== undefined) return named(principal, space, strength);
  // Such a statement is taken both ways.
  if (notPrincipal === undefined) return always;
  // With an Allow, NotPrincipal grants nobody anything.
  return effect === "Deny" ? not(spared(notPrincipal, space, layers.boundary !== undefined && identified(space))) : never;
}

/** The claims of a layer; one that is not there binds nothing. */
export function layerClaims(layer: LayerName, surroundings: Surroundings, space: Space): LayerClaims {
  const levels = surroundings.layers[layer] ?? [];
  const some = (statements: readonly CompiledStatement[], effect: CompiledStatement["effect"], strength: Strength) =>
    any(...statements.filter((statement) => statement.effect === effect).map((statement) => all(speaksTo(statement, layer, surroundings, space, strength), matches(statement, space))));
  return {
    binds: binds(layer, surroundings, space),
    denies: any(...levels.map((level) => some(level, "Deny", "account"))),
    // Goals about denials never ask.
    get allows() {
      return all(...levels.map((level) => some(level, "Allow", "account")));
    },
    grants: (strength) => any(...levels.map((level) => some(level, "Allow", strength))),
  };
}

export const refusesByName = ({ binds, denies }: LayerClaims): Claim => all(binds, denies);
export const letsThrough = ({ binds, denies, allows }: LayerClaims): Claim => any(not(binds), all(not(denies), allows));
