/**
 * The Condition element: all operators and all keys must hold; of several policy values for one key, one suffices.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
import type { Pattern } from "./glob";
import { operators, type Operator } from "./operators";
import type { ConditionBlock } from "./types";
import { expand, type Lookup } from "./variables";

/** A request's context, by lower-case key; a key with no value at all counts as absent, as AWS says. */
export type Context = ReadonlyMap<string, readonly string[]>;

export function contextOf(context: Readonly<Record<string, string | readonly string[]>>): Context {
  const entries = Object.entries(context).map(([key, value]) => [key.toLowerCase(), typeof value === "string" ? [value] : value] as const);
  return new Map(entries.filter(([, values]) => values.length > 0));
}

/** The value that a policy variable takes: keys with one value only. */
export function lookupIn(context: Context): Lookup {
  return (key) => {
    const values = context.get(key.toLowerCase());
    return values?.length === 1 ? values[0] : undefined;
  };
}

/**
 * Whether every condition of the block holds.
 *
 * @throws Error for an operator that IAM does not know
 */
export function conditionHolds(block: ConditionBlock | undefined, context: Context, lookup: Lookup | undefined): boolean {
  for (const [name, keys] of Object.entries(block ?? {})) {
    const condition = parseOperator(name);
    for (const [key, wanted] of Object.entries(keys)) {
      const values = (Array.isArray(wanted) ? wanted : [wanted]).map(String);
      if (!keyHolds(condition, context.get(key.toLowerCase()), values, lookup)) return false;
    }
  }
  return true;
}

interface Parsed {
  readonly set?: "all" | "any";
  readonly ifExists: boolean;
  /** Undefined for `Null`. */
  readonly operator: Operator | undefined;
}

const known = new Map<string, Parsed>();

function parseOperator(name: string): Parsed {
  const cached = known.get(name);
  if (cached) return cached;
  const [, set, base = "", ifExists] = /^(?:(forallvalues|foranyvalue):)?(.*?)(ifexists)?$/.exec(name.toLowerCase()) ?? [];
  const operator = operators.get(base);
  if (!operator && (base !== "null" || ifExists !== undefined)) throw new Error(`condition operator ${JSON.stringify(name)} is not one of IAM's`);
  const result: Parsed = { ...(set !== undefined && { set: set === "forallvalues" ? "all" : "any" }), ifExists: ifExists !== undefined, operator };
  known.set(name, result);
  return result;
}

function keyHolds(condition: Parsed, requested: readonly string[] | undefined, wanted: readonly string[], lookup: Lookup | undefined): boolean {
  const { operator, set, ifExists } = condition;
  if (!operator) return wanted.some((value) => (value.toLowerCase() === "true") === (requested === undefined));
  if (requested === undefined) {
    // ForAllValues is true of nothing at all; ForAnyValue never is. Else an absent key fails, unless the operator denies.
    if (set === "all") return true;
    if (set === "any") return ifExists;
    return ifExists || operator.negated;
  }
  const patterns = wanted.map((value) => expand(value, operator.variables ? lookup : undefined)).filter((pattern): pattern is Pattern => pattern !== undefined);
  const one = (value: string) => patterns.some((pattern) => operator.holds(value, pattern)) !== operator.negated;
  if (set === "all") return requested.every(one);
  if (set === "any") return requested.some(one);
  // Several values without a set operator: "equals" asks for one that does, "not equals" for none that does.
  return operator.negated ? requested.every(one) : requested.some(one);
}
