/** Who a statement lets in, and whether its conditions keep the rest of the world out. */
import type { Principal, Statement, Test } from "./subjects/document";

/** The operator without its prefix and suffix: `ForAnyValue:StringLikeIfExists` is `stringlike`. */
export const operatorOf = (test: Test): string =>
  test.operator.toLowerCase().replace(/^for(all|any)values?:/, "").replace(/ifexists$/, "");

/** A test that is true for everyone but those it names. */
export const isNegative = (test: Test): boolean => operatorOf(test).includes("not");

/** Anyone at all: `*`, or `*` as an AWS principal. */
export const isEveryone = (principal: Principal): boolean =>
  principal.value === "*" && (principal.type === "*" || principal.type === "AWS");

/** Keys that say which organization or account a request comes from; AWS sets them, the caller cannot. */
const bounds = [
  "aws:principalorgid",
  "aws:principalorgpaths",
  "aws:principalaccount",
  "aws:sourceorgid",
  "aws:sourceorgpaths",
  "aws:sourceaccount",
  "kms:calleraccount",
];

/** Keys whose ARN says the account, if it spells it out. */
const arnBounds = ["aws:principalarn", "aws:sourcearn"];

/**
 * Whether the statement's conditions confine it to an organization, to accounts or to one resource.
 *
 * A test counts if it is positive, must be present (no `IfExists`, no `ForAllValues`, both true where the key is
 * absent) and names something: a value that any organization or account matches bounds nothing.
 */
export function isBounded(statement: Statement): boolean {
  return statement.tests.some((test) => {
    const operator = test.operator.toLowerCase();
    if (isNegative(test) || operator.endsWith("ifexists") || operator.startsWith("forallvalues:")) return false;
    if (!/^(string|arn)/.test(operatorOf(test))) return false;
    const key = test.key.toLowerCase();
    const named = (value: string) => (bounds.includes(key) ? !/^[*?]/.test(value) : arnBounds.includes(key) && namesOwner(value));
    return test.values.length > 0 && test.values.every(named);
  });
}

/** Whether an ARN says whose it is: by a spelt-out account, or, like a bucket's, by having none and no wildcard. */
function namesOwner(arn: string): boolean {
  const account = arn.split(":")[4] ?? "";
  return account === "" ? !/[*?]/.test(arn) : /^(\d{12}|\$\{AWS::AccountId\})$/.test(account);
}
