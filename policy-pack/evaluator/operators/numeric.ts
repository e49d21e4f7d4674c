/**
 * Numeric operators, on whole numbers and decimals.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Numeric
 */
import { asText } from "../variables";
import { pair, type Operator } from "./operator";

function number(text: string): number {
  return /^[+-]?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : NaN;
}

/** NaN compares as false with everything, so what is no number never holds. */
const compare = (test: (left: number, right: number) => boolean): Operator["holds"] => (requested, wanted) => test(number(requested), number(asText(wanted)));
const only = (test: (left: number, right: number) => boolean): Operator => ({ holds: compare(test), negated: false });

export const numericOperators: readonly (readonly [string, Operator])[] = [
  ...pair("NumericEquals", "NumericNotEquals", compare((left, right) => left === right)),
  ["NumericLessThan", only((left, right) => left < right)],
  ["NumericLessThanEquals", only((left, right) => left <= right)],
  ["NumericGreaterThan", only((left, right) => left > right)],
  ["NumericGreaterThanEquals", only((left, right) => left >= right)],
];
