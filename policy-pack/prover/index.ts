/**
 * Decides whether policies say of every request in a universe what they are meant to, and finds the request where not.
 *
 * Exact on: Action and NotAction; Resource and NotResource (read as text, as the evaluator does); Principal and
 * NotPrincipal; String, Arn, Bool, Null, Numeric, Date, IpAddress and BinaryEquals operators with IfExists, ForAllValues
 * and ForAnyValue; levels of control policies; all layers combined. Taken both ways, so that a goal which depends on it
 * is not provable: policy variables, several values tested without a set operator, an ARN or account compared as a
 * number, principals named where a policy of the kind names none or the other way round. Not provable at all: unknown operators.
 *
 * Values are texts of printable ASCII, the characters that policies mention, and one that none does. Accounts in ARNs
 * are twelve digits (`language/shape.ts`); lengths and quotas are not modelled.
 */
export { makeProver } from "./prove";
export { sentence } from "./sentence";
export * from "./types";
