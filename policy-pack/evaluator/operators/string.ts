/**
 * String operators. `StringEquals` knows no wildcards; case counts but for the ...IgnoreCase ones.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_String
 */
import { matches } from "../glob";
import { asText } from "../variables";
import { pair } from "./operator";

export const stringOperators = [
  ...pair("StringEquals", "StringNotEquals", (requested, wanted) => requested === asText(wanted), { variables: true }),
  ...pair("StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", (requested, wanted) => requested.toLowerCase() === asText(wanted).toLowerCase(), { variables: true }),
  ...pair("StringLike", "StringNotLike", (requested, wanted) => matches(wanted, requested), { variables: true }),
];
