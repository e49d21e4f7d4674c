/** Whether a NotAction's entry only hands calls over: another statement denies them, so that none is open without the entry. */
import { actionsNamed } from "../actions";
import type { Layers, Policy } from "../evaluator/types";
import { factsOfAll, goalsOf, keysNamedBy } from "../goals";
import { listOf } from "../list-of";
import { makeProver } from "../prover";
import type { PrincipalSet } from "../prover/types";
import { lacking, type Removal } from "./removals";

/**
 * @param layers with the document as it is, of service control policies
 * @param principals whose calls they are
 */
export async function handedOver({ statement, element, pattern = "" }: Removal, layers: Layers, principals: readonly PrincipalSet[]): Promise<boolean> {
  if (statement.Effect !== "Deny" || element !== "NotAction" || layers.scp === undefined) return false;
  // What the Deny would then reach as well is let in; everything behind it has to refuse all of that.
  const gate: Policy = { name: "what is handed over", document: { Version: "2012-10-17", Statement: { ...lacking(statement, "NotAction"), Effect: "Allow", Action: pattern } } };
  const behind: Layers = { ...layers, scp: [[gate], ...layers.scp] };
  const actions = await factsOfAll((await actionsNamed(pattern)).map(({ name }) => name));
  const goals = goalsOf({ id: `${pattern} is denied anyway`, layer: "scp", demand: "refused", principals, actions, resources: listOf(statement.Resource) }, keysNamedBy(behind));
  const prove = makeProver(behind);
  return goals.length > 0 && goals.every((goal) => prove(goal).verdict === "proved");
}
