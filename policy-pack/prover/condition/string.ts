/**
 * String operators. Only the ...Like ones know wildcards; case counts but for the ...IgnoreCase ones.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_String
 */
import { folded } from "../language/pattern";
import { pair } from "./operator";

export const stringOperators = [
  ...pair("StringEquals", "StringNotEquals", { plain: true, variables: true, predicate: (values, matchers) => matchers.of(values) }),
  ...pair("StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", { plain: true, variables: true, predicate: (values, matchers) => matchers.of(values.map(folded)) }),
  ...pair("StringLike", "StringNotLike", { plain: false, variables: true, predicate: (values, matchers) => matchers.of(values) }),
];
