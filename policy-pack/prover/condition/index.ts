/**
 * Conditions, compiled: which values of one key an operator asks for, and what it makes of a key that is absent.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
 */
import type { ConditionBlock } from "../../evaluator/types";
import type { Matchers } from "../language/matcher";
import type { Predicate } from "../predicate";
import { arnOperators } from "./arn";
import { binaryOperators } from "./binary";
import { boolOperators } from "./bool";
import { dateOperators } from "./date";
import { ipOperators } from "./ip";
import { numericOperators } from "./numeric";
import type { Operator } from "./operator";
import { stringOperators } from "./string";
import { parseValues } from "./variables";

export interface Condition {
  /** As the policy writes it. */
  readonly name: string;
  /** In lower case. */
  readonly key: string;
  readonly operator: string;
  readonly values: readonly string[];
  /** Whether it holds of a key that is absent. */
  readonly absent: boolean;
  /** What it says of values; for `Null`, whether it holds of any. */
  readonly test:
    | { readonly kind: "present"; readonly holds: boolean }
    | {
        readonly kind: "values";
        /** Of several values, whether all or any; undefined without a set operator. */
        readonly set?: "all" | "any";
        readonly negated: boolean;
        readonly predicate: Predicate;
        /** A policy variable among the values: they may match more than the predicate says. */
        readonly variable: string | undefined;
      };
}

const operators: ReadonlyMap<string, Operator> = new Map(
  [...arnOperators, ...binaryOperators, ...boolOperators, ...dateOperators, ...ipOperators, ...numericOperators, ...stringOperators].map(([name, operator]) => [name.toLowerCase(), operator]),
);

/** Undefined for an operator that IAM does not know. */
function compile(operator: string, name: string, values: readonly string[], version: string | undefined, matchers: Matchers): Condition | undefined {
  const lower = operator.toLowerCase();
  const common = { name, key: name.toLowerCase(), operator, values };
  if (lower === "null") {
    const asked = values.map((value) => value.toLowerCase() === "true");
    return { ...common, absent: asked.includes(true), test: { kind: "present", holds: asked.includes(false) } };
  }
  const [, set, base = "", ifExists] = /^(?:(forallvalues|foranyvalue):)?(.*?)(ifexists)?$/.exec(lower) ?? [];
  const found = operators.get(base);
  if (!found) return undefined;
  const { patterns, variable } = parseValues(values, { plain: found.plain, variables: found.variables && version === "2012-10-17" });
  return {
    ...common,
    // ForAllValues holds of nothing at all; ForAnyValue does not. Else absence fails, unless the operator denies.
    absent: set === "forallvalues" || ifExists !== undefined || (set === undefined && found.negated),
    test: {
      kind: "values",
      ...(set !== undefined && { set: set === "forallvalues" ? "all" : "any" }),
      negated: found.negated,
      predicate: found.predicate(patterns, matchers),
      variable,
    },
  };
}

/** A Condition element: all of them must hold. `unknown` lists the operators that IAM does not know. */
export function compileConditions(block: ConditionBlock | undefined, version: string | undefined, matchers: Matchers): { readonly conditions: readonly Condition[]; readonly unknown: readonly string[] } {
  const conditions: Condition[] = [];
  const unknown: string[] = [];
  for (const [operator, keys] of Object.entries(block ?? {})) {
    for (const [name, wanted] of Object.entries(keys)) {
      const compiled = compile(operator, name, (Array.isArray(wanted) ? wanted : [wanted]).map(String), version, matchers);
      if (compiled) conditions.push(compiled);
      else unknown.push(operator);
    }
  }
  return { conditions, unknown };
}
