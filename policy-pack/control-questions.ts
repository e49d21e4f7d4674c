/** What obligations ask of control policies: the same of every set of documents that some target has. */
import type { Condition } from "../functions/sources/log-source";
import type { Configuration } from "../infra/config/configuration";
import { grouped } from "../infra/config/grouped";
import { controlLayers, type ControlKind, type ControlLayer } from "./control-layers";
import type { Policy } from "./evaluator/types";
import { goalsOf, keysNamedBy, type Ask } from "./goals";
import type { Question } from "./obligation";
import type { Subject } from "./subjects/subject";
import { everyoneBut } from "./universe";

export interface ControlAsk extends Omit<Ask, "layer"> {
  /**
   * Narrows the universe to the requests for which it holds, in IAM's own words. A key of which several values may be
   * there can't be narrowed otherwise: "one of them is our tag" is no domain.
   */
  readonly when?: Condition;
}

/** That nobody whom service control policies bind may do it, but the exempt. */
export const denied = (config: Configuration, what: string, exempt: readonly string[], more: Omit<ControlAsk, "id" | "demand" | "principals">): ControlAsk => ({
  id: `${what}, for all but ${exempt.map((arn) => arn.split("/").at(-1)).join(", ") || "nobody"}`,
  demand: "denied",
  principals: everyoneBut(exempt, config.accounts.management),
  ...more,
});

/** A level that lets through what is asked about: beside it "denied" is "refused". */
const narrowing = (when: Condition): Policy => ({
  name: "what is asked about",
  document: { Version: "2012-10-17", Statement: { Sid: "Asked", Effect: "Allow", Action: "*", Resource: "*", Condition: when } },
});

export function controlQuestions(subjects: readonly Subject[], kind: ControlKind, asks: readonly ControlAsk[]): readonly Question[] {
  const layer = kind === "service-control-policy" ? "scp" : "rcp";
  return controlLayers(subjects, kind).flatMap((control) => {
    const narrowed = grouped(asks, ({ when }) => JSON.stringify(when ?? null));
    return [...narrowed.values()].map((alike) => question(control, layer, alike));
  });
}

function question({ layers, subjects, targets }: ControlLayer, layer: "scp" | "rcp", asks: readonly ControlAsk[]): Question {
  const when = asks[0]?.when;
  const narrowed = when === undefined ? layers : { ...layers, [layer]: [[narrowing(when)], ...(layers[layer] ?? [])] };
  const keys = keysNamedBy(narrowed);
  const where = targets.length === 0 ? "" : ` on ${targets.join(", ")}`;
  const goals = asks.flatMap((ask) => {
    const demand = when === undefined ? ask.demand : ask.demand === "denied" ? "refused" : ask.demand;
    return goalsOf({ ...ask, id: `${ask.id}${where}`, demand, layer }, keys);
  });
  return { layers: narrowed, goals, subjects };
}
