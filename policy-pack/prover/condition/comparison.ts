/** Operators that order their values: equal, not equal, less, greater. */
import { textOf } from "../language/pattern";
import type { Family } from "../predicate";
import { pair, type Operator } from "./operator";

type Test = (left: number, right: number) => boolean;

const orders: readonly (readonly [suffix: string, test: Test])[] = [
  ["LessThan", (left, right) => left < right],
  ["LessThanEquals", (left, right) => left <= right],
  ["GreaterThan", (left, right) => left > right],
  ["GreaterThanEquals", (left, right) => left >= right],
];

/**
 * The six operators of a prefix such as `Numeric`.
 *
 * @param read a value as a number, NaN if it is none: then no comparison holds
 */
export function comparisons(prefix: string, family: Family, read: (text: string) => number): readonly (readonly [string, Operator])[] {
  const comparing = (name: string, test: Test): Operator => ({
    negated: false,
    plain: true,
    variables: false,
    predicate: (values) => {
      const constants = values.map(textOf);
      const wanted = constants.map(read);
      return {
        id: `${name} ${JSON.stringify(constants)}`,
        family,
        constants,
        holds: (value) => {
          const given = read(value);
          return wanted.some((one) => test(given, one));
        },
      };
    },
  });
  const equals = `${prefix}Equals`;
  return [
    ...pair(equals, `${prefix}NotEquals`, comparing(equals, (left, right) => left === right)),
    ...orders.map(([suffix, test]) => [`${prefix}${suffix}`, comparing(`${prefix}${suffix}`, test)] as const),
  ];
}
