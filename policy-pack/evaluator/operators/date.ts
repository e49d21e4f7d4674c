/**
 * Date operators, on ISO 8601 dates and on seconds since 1970.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date
 */
import { asText } from "../variables";
import { pair, type Operator } from "./operator";

/** Milliseconds since 1970, or NaN, which compares as false with everything. */
function instant(text: string): number {
  return /^\d+$/.test(text) && text.length > 4 ? Number(text) * 1000 : Date.parse(text);
}

const compare = (test: (left: number, right: number) => boolean): Operator["holds"] => (requested, wanted) => test(instant(requested), instant(asText(wanted)));
const only = (test: (left: number, right: number) => boolean): Operator => ({ holds: compare(test), negated: false });

export const dateOperators: readonly (readonly [string, Operator])[] = [
  ...pair("DateEquals", "DateNotEquals", compare((left, right) => left === right)),
  ["DateLessThan", only((left, right) => left < right)],
  ["DateLessThanEquals", only((left, right) => left <= right)],
  ["DateGreaterThan", only((left, right) => left > right)],
  ["DateGreaterThanEquals", only((left, right) => left >= right)],
];
