/** Whether a statement matches the request: all of its elements do. */
import { all, type Claim } from "./formula";
import type { Space } from "./space";
import type { CompiledStatement } from "./statement";

/** One element of a statement, as a claim and as the words of the policy. */
export interface Element {
  readonly name: "resource" | "condition";
  readonly index: number;
  readonly claim: Claim;
}

export const nameOf = ({ policy, sid }: CompiledStatement): string => `${policy}/${sid}`;

/** The elements but for Action, which is decided before, and Principal, which is the layer's. */
export function elementsOf(statement: CompiledStatement, space: Space): readonly Element[] {
  const where = nameOf(statement);
  return [
    ...(statement.resource ? [{ name: "resource" as const, index: 0, claim: space.resource(statement.resource, where) }] : []),
    ...statement.conditions.map((condition, index) => ({ name: "condition" as const, index, claim: space.condition(condition, where) })),
  ];
}

export function matches(statement: CompiledStatement, space: Space): Claim {
  const elements = all(...elementsOf(statement, space).map(({ claim }) => claim));
  return statement.doubt === undefined ? elements : all(elements, space.doubtful(statement.doubt));
}

