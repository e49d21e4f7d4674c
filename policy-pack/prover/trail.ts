/** Which statements a request walked past, or was caught by, and what decided it. */
import { layerNames, type LayerName } from "../evaluator/types";
import type { Condition } from "./condition";
import { formulaHolds, type Claim, type Point } from "./formula";
import { speaksTo, type Surroundings } from "./layers";
import { elementsOf } from "./matching";
import { dimensions, hasAccount, keyDimension, type Space } from "./space";
import type { CompiledStatement } from "./statement";
import type { Step } from "./types";

type Truth = boolean | "in doubt";

/** In a space where what is uncertain suits the hole, it is both true and false. */
function truth({ yes, no }: Claim, point: Point): Truth {
  const holds = formulaHolds(yes, point);
  return holds && formulaHolds(no, point) ? "in doubt" : holds;
}

function some(values: readonly string[]): string {
  const shown = values.slice(0, 2).join(", ");
  return values.length > 2 ? `${shown} and ${values.length - 2} more` : shown;
}

const outcome = (held: Truth) => (held === "in doubt" ? "may hold or not" : held ? "holds" : "fails");

/** Whether the account of a key that is computed from one is there. */
function accountIsTold(kind: "principal-account" | "resource-account", point: Point, space: Space): boolean {
  if (kind === "resource-account" && space.owner === "apart") return point.valuesOf(dimensions.ownerTold) !== undefined;
  return (kind === "resource-account" && space.owner === "in ARN") || hasAccount(space.kind);
}

function aboutCondition({ name, key, operator, values }: Condition, held: Truth, point: Point, space: Space): string {
  const { kind } = space.domainOf(key);
  const so = `so ${operator} ${some(values)} ${outcome(held)}`;
  if (kind === "principal-account" || kind === "resource-account") {
    return accountIsTold(kind, point, space) ? `${name} is that of the ${kind === "principal-account" ? "principal" : "resource"}, ${so}` : `${name} is absent, ${so}`;
  }
  const found = kind === "principal-arn" && space.kind !== "anonymous" ? point.valuesOf(dimensions.principal) : point.valuesOf(keyDimension(key));
  return found === undefined ? `${name} is absent, ${so}` : `${name} is ${found.map((value) => JSON.stringify(value)).join(", ")}, ${so}`;
}

function step(statement: CompiledStatement, layer: LayerName, surroundings: Surroundings, space: Space, point: Point): Step {
  const { policy, sid, effect, resource, conditions, doubt } = statement;
  const of = (matched: boolean, because: string): Step => ({ policy, sid, effect, matched, because });
  if (doubt !== undefined) return of(false, `taken both ways: ${doubt}`);
  const spoken = truth(speaksTo(statement, layer, surroundings, space, "account"), point);
  if (spoken !== true) return of(false, "its principals are others");
  const elements = elementsOf(statement, space).map((element) => ({ ...element, held: truth(element.claim, point) }));
  const because = ({ name, index, held }: (typeof elements)[number]): string => {
    if (name === "condition") return aboutCondition(conditions[index]!, held, point, space);
    const fits = `${resource!.negated ? "NotResource" : "Resource"} ${some(resource!.values)}`;
    return `resource ${point.valuesOf(dimensions.resource)![0]} ${held === "in doubt" ? "may be within or not" : held ? "is within" : "is outside"} ${fits}`;
  };
  // Among those that held, a condition tells more than the resource.
  const decided = elements.find(({ held }) => held === false) ?? elements.find(({ held }) => held === "in doubt") ?? elements.find(({ name }) => name === "condition") ?? elements[0];
  return of(elements.every(({ held }) => held === true), decided ? because(decided) : "nothing limits it but its actions");
}

/** Statements whose action does not cover the request, but which tell why: NotAction spares it, or no Allow names it. */
function passedBy(levels: readonly (readonly CompiledStatement[])[], action: string): ReadonlySet<CompiledStatement> {
  const unallowed = levels.filter((level) => !level.some(({ effect, covers }) => effect === "Allow" && covers(action.toLowerCase())));
  return new Set([...levels.flat().filter(({ spares }) => spares), ...unallowed.flatMap((level) => level.filter(({ effect }) => effect === "Allow"))]);
}

/**
 * @param surroundings with all statements, those as well that do not cover the action
 * @param space where what is uncertain suits the hole
 */
export function trailOf(of: LayerName | "decision", surroundings: Surroundings, space: Space, point: Point): readonly Step[] {
  const { action } = space;
  return layerNames
    .filter((layer) => of === "decision" || of === layer)
    .flatMap((layer) => {
      const levels = surroundings.layers[layer] ?? [];
      const told = passedBy(levels, action);
      return levels.flat().flatMap((statement): readonly Step[] => {
        if (statement.covers(action.toLowerCase())) return [step(statement, layer, surroundings, space, point)];
        const { policy, sid, effect, spares } = statement;
        return told.has(statement) ? [{ policy, sid, effect, matched: false, because: `${action} is ${spares ? "spared by its NotAction" : "not among its actions"}` }] : [];
      });
    });
}
