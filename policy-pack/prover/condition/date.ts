/**
 * Dates: ISO 8601, and seconds since 1970.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date
 */
import { NotProvable } from "../budget";
import type { Family } from "../predicate";
import { comparisons } from "./comparison";

/** W3C's profile of ISO 8601: four digits are a year, and a time of day comes with its zone. */
const date = /^\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?)?)?$/;

/** Seconds since 1970, exact as far as they are whole; NaN for what is no date. */
function instant(text: string): number {
  if (date.test(text)) return Date.parse(text) / 1000;
  return /^\d+$/.test(text) ? Number(text) : NaN;
}

/** ISO 8601 has four digits for the year, seconds since 1970 no sign: what neither can say is no value. */
function written(seconds: number): readonly string[] {
  const iso = String(new Date(Math.round(seconds * 1000)).toJSON()).replace(".000Z", "Z");
  if (date.test(iso)) return [iso];
  if (seconds > Number.MAX_SAFE_INTEGER) throw new NotProvable("a date is too far to be compared exactly");
  return seconds < 0 ? [] : [String(Math.ceil(seconds))];
}

function partition(constants: readonly string[]): readonly string[] {
  const points = [...new Set(constants.map(instant).filter((point) => !Number.isNaN(point)))].sort((left, right) => left - right);
  if (points.length === 0) return written(0);
  const parts = points.flatMap((point, index) => {
    if (index === 0) return [point - 1, point];
    const before = points[index - 1]!;
    return [before + 1 < point ? before + 1 : (before + point) / 2, point];
  });
  return [...parts, points.at(-1)! + 1].flatMap(written);
}

export const dateFamily: Family = { name: "dates", representatives: partition, malformed: ["x"] };

export const dateOperators = comparisons("Date", dateFamily, instant);
