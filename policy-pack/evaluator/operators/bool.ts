/**
 * Bool: "true" and "false", in any case.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Boolean
 */
import { asText } from "../variables";
import type { Operator } from "./operator";

const holds: Operator["holds"] = (requested, wanted) => requested.toLowerCase() === asText(wanted).toLowerCase();

export const boolOperators: readonly (readonly [string, Operator])[] = [["Bool", { holds, negated: false }]];
