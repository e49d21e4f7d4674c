/**
 * Bool: "true" and "false", in any case.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Boolean
 */
import { folded } from "../language/pattern";
import type { Operator } from "./operator";

export const boolOperators: readonly (readonly [string, Operator])[] = [
  ["Bool", { negated: false, plain: true, variables: false, predicate: (values, matchers) => matchers.of(values.map(folded)) }],
];
