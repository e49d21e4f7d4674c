/**
 * Numbers: whole and decimal, without exponents.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Numeric
 */
import { NotProvable } from "../budget";
import type { Family } from "../predicate";
import { comparisons } from "./comparison";

/** NaN, which compares as false with everything, for what is no number. */
function number(text: string): number {
  return /^\s*[+-]?\d+(\.\d+)?\s*$/.test(text) ? Number(text) : NaN;
}

/** Numbers of so many digits are told apart as doubles. What AWS compares as is not documented. */
const DIGITS = 15;

const isExact = (text: string) => text.replace(/\D/g, "").replace(/^0+/, "").length <= DIGITS;

/** A number strictly between, whole where there is one. */
function between(low: number, high: number): number {
  const whole = Math.floor(low) + 1;
  return low < whole && whole < high ? whole : low + (high - low) / 2;
}

function below(point: number): number {
  const whole = Math.ceil(point) - 1;
  return whole < point ? whole : Math.min(0, 2 * point);
}

/** Without an exponent, which no number of a policy has. */
function written(value: number): string {
  if (Number.isInteger(value)) return String(BigInt(value));
  return String(value).includes("e") ? value.toFixed(100).replace(/0+$/, "") : String(value);
}

function partition(constants: readonly string[]): readonly string[] {
  const numbers = constants.filter((text) => !Number.isNaN(number(text)));
  if (!numbers.every(isExact)) throw new NotProvable(`a number of more than ${DIGITS} digits is not compared exactly`);
  const points = [...new Set(numbers.map(number))].sort((left, right) => left - right);
  if (points.length === 0) return ["0"];
  const parts = points.flatMap((point, index) => [index === 0 ? below(point) : between(points[index - 1]!, point), point]);
  return [...parts, -below(-points.at(-1)!)].map(written);
}

export const numericFamily: Family = { name: "numbers", representatives: partition, malformed: ["x"] };

export const numericOperators = comparisons("Numeric", numericFamily, number);
