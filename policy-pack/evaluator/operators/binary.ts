/**
 * BinaryEquals: base64 values, compared byte for byte.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_BinaryEquals
 */
import { asText } from "../variables";
import type { Operator } from "./operator";

const bytes = (text: string) => Buffer.from(text, "base64").toString("hex");

export const binaryOperators: readonly (readonly [string, Operator])[] = [
  ["BinaryEquals", { holds: (requested, wanted) => bytes(requested) === bytes(asText(wanted)), negated: false }],
];
