/**
 * BinaryEquals: base64, compared byte for byte.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_BinaryEquals
 */
import { textOf } from "../language/pattern";
import type { Family } from "../predicate";
import type { Operator } from "./operator";

const bytes = (text: string) => Buffer.from(text, "base64").toString("hex");

/** Each constant, and bytes that are none of them. */
function partition(constants: readonly string[]): readonly string[] {
  const taken = new Set(constants.map(bytes));
  let other = 0;
  while (taken.has(Buffer.from([other >> 8, other & 255]).toString("hex"))) other++;
  return [...new Set(constants), Buffer.from([other >> 8, other & 255]).toString("base64")];
}

export const binaryFamily: Family = { name: "bytes", representatives: partition, malformed: [] };

export const binaryOperators: readonly (readonly [string, Operator])[] = [
  [
    "BinaryEquals",
    {
      negated: false,
      plain: true,
      variables: false,
      predicate: (values) => {
        const texts = values.map(textOf);
        const wanted = new Set(texts.map(bytes));
        return { id: `BinaryEquals ${JSON.stringify(texts)}`, family: binaryFamily, constants: texts, holds: (value) => wanted.has(bytes(value)) };
      },
    },
  ],
];
