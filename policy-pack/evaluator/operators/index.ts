/** Every condition operator but `Null`, which asks for a key's presence and not for its value. */
import { arnOperators } from "./arn";
import { binaryOperators } from "./binary";
import { boolOperators } from "./bool";
import { dateOperators } from "./date";
import { ipOperators } from "./ip";
import { numericOperators } from "./numeric";
import type { Operator } from "./operator";
import { stringOperators } from "./string";

export type { Operator } from "./operator";

/** By lower-case name: AWS takes operators in any case. */
export const operators: ReadonlyMap<string, Operator> = new Map(
  [...arnOperators, ...binaryOperators, ...boolOperators, ...dateOperators, ...ipOperators, ...numericOperators, ...stringOperators].map(([name, operator]) => [
    name.toLowerCase(),
    operator,
  ]),
);
