import type { Matchers } from "../language/matcher";
import type { Pattern } from "../language/pattern";
import type { Predicate } from "../predicate";

export interface Operator {
  /** `...Not...`: holds of what the predicate does not hold of, and of a key that is absent. */
  readonly negated: boolean;
  /** Whether wildcards are plain characters to it. */
  readonly plain: boolean;
  /** Whether policy variables are replaced in its values: in strings and ARNs only. */
  readonly variables: boolean;
  /** The values that one of the policy's values stands for. */
  readonly predicate: (values: readonly Pattern[], matchers: Matchers) => Predicate;
}

/** `X` and its negation, under the names that policies use. */
export function pair(name: string, negation: string, operator: Omit<Operator, "negated">): readonly (readonly [string, Operator])[] {
  return [
    [name, { ...operator, negated: false }],
    [negation, { ...operator, negated: true }],
  ];
}
