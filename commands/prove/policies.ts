/** The layers that the given policies make, and what they name. */
import type { Layers, Policy, Statement } from "../../policy-pack/evaluator/types";

export const statementsOf = ({ document }: Policy): readonly Statement[] => [document.Statement].flat() as readonly Statement[];

/** What AWS attaches to every root, OU and account unless somebody takes it off. */
const fullAccess = (name: string): Policy => ({
  name,
  document: { Version: "2012-10-17", Statement: [{ Sid: name, Effect: "Allow", Action: "*", Resource: "*" }] },
});

/**
 * One level, on which all the policies are attached.
 *
 * Beside SCPs that only deny stands AWS's FullAWSAccess; a set with an Allow is taken for all that the level has.
 * RCPFullAWSAccess can't be taken off.
 */
export function layersOf(scp: readonly Policy[], rcp: readonly Policy[], managementAccount: string | undefined): Layers {
  const allows = scp.flatMap(statementsOf).some(({ Effect }) => Effect === "Allow");
  return {
    ...(managementAccount !== undefined && { managementAccount }),
    scp: [allows ? scp : [fullAccess("FullAWSAccess"), ...scp]],
    ...(rcp.length > 0 && { rcp: [[fullAccess("RCPFullAWSAccess"), ...rcp]] }),
  };
}

/** Every condition key that the policies name, as they write it, with its values. */
export function keysNamed(policies: readonly Policy[]): readonly { readonly key: string; readonly values: readonly string[] }[] {
  return policies
    .flatMap(statementsOf)
    .flatMap(({ Condition = {} }) => Object.values(Condition))
    .flatMap((keys) => Object.entries(keys).map(([key, values]) => ({ key, values: [values].flat().map(String) })));
}
