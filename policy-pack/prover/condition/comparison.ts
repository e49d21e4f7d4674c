/** Operators that order their values: equal, not equal, less, greater. */
import { textOf } from "../language/pattern";
import type { Family, Predicate } from "../predicate";
import type { Operator } from "./operator";

const tests: readonly (readonly [suffix: string, negated: boolean, test: (left: number, right: number) => boolean])[] = [
  ["Equals", false, (left, right) => left === right],
  ["NotEquals", true, (left, right) => left === right],
  ["LessThan", false, (left, right) => left < right],
  ["LessThanEquals", false, (left, right) => left <= right],
  ["GreaterThan", false, (left, right) => left > right],
  ["GreaterThanEquals", false, (left, right) => left >= right],
];

/**
 * The six operators of a prefix such as `Numeric`.
 *
 * @param read a value as a number, NaN if it is none: then no comparison holds
 */
export function comparisons(prefix: string, family: Family, read: (text: string) => number): readonly (readonly [string, Operator])[] {
  return tests.map(([suffix, negated, test]) => {
    const name = `${prefix}${suffix}`;
    const predicate = (values: readonly string[]): Predicate => {
      const wanted = values.map(read);
      return {
        id: `${negated ? `${prefix}Equals` : name}:${[...values].sort().join("\n")}`,
        family,
        constants: values,
        holds: (value) => {
          const given = read(value);
          return wanted.some((one) => test(given, one));
        },
      };
    };
    return [name, { negated, plain: true, variables: false, predicate: (values) => predicate(values.map(textOf)) }];
  });
}
