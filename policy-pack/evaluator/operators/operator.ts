import type { Pattern } from "../glob";

/** Compares one value of the request with one value of the policy. */
export interface Operator {
  /** Without `Not`: negation is the caller's, so that an absent key and several values are treated in one place. */
  readonly holds: (requested: string, wanted: Pattern) => boolean;
  readonly negated: boolean;
  /** Whether policy variables are replaced in the policy's value: in strings and ARNs only. */
  readonly variables?: boolean;
}

/** `X` and its negation `notX`, under the names that policies use. */
export function pair(name: string, negation: string, holds: Operator["holds"], { variables = false } = {}): readonly (readonly [string, Operator])[] {
  return [
    [name, { holds, negated: false, variables }],
    [negation, { holds, negated: true, variables }],
  ];
}
