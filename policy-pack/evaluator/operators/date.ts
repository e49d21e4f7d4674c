/**
 * Date operators, on ISO 8601 dates and on seconds since 1970.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date
 */
import { asText } from "../variables";
import { pair, type Operator } from "./operator";

/** W3C's profile of ISO 8601: a time of day comes with its zone, or the machine's own would decide. */
const iso = /^\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?)?)?$/;

/** Milliseconds since 1970, or NaN, which compares as false with everything. */
function instant(text: string): number {
  if (iso.test(text)) return Date.parse(text);
  return /^\d+$/.test(text) ? Number(text) * 1000 : NaN;
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
