/**
 * Numbers: whole and decimal, without exponents.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Numeric
 */
import type { Family } from "../predicate";
import { comparisons } from "./comparison";

/** NaN, which compares as false with everything, for what is no number. */
function number(text: string): number {
  return /^\s*[+-]?\d+(\.\d+)?\s*$/.test(text) ? Number(text) : NaN;
}

/** A number strictly between, whole where there is one. */
function between(low: number, high: number): number {
  const whole = Math.floor(low) + 1;
  return whole < high ? whole : low + (high - low) / 2;
}

function partition(constants: readonly string[]): readonly string[] {
  const points = [...new Set(constants.map(number).filter((point) => !Number.isNaN(point)))].sort((left, right) => left - right);
  if (points.length === 0) return ["0"];
  const parts = points.flatMap((point, index) => [index === 0 ? Math.ceil(point) - 1 : between(points[index - 1]!, point), point]);
  return [...parts, Math.floor(points.at(-1)!) + 1].map(String);
}

export const numericFamily: Family = { name: "numbers", representatives: partition, malformed: ["x"] };

export const numericOperators = comparisons("Numeric", numericFamily, number);
