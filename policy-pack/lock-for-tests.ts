/** The project's own control policies as subjects, whole or with a statement changed; for the obligations' cases and tests. */
import type { Configuration } from "../infra/config/configuration";
import { ordinary } from "../infra/documents/configurations-for-tests";
import type { Statement } from "../infra/documents/policy";
import { resourceControlPolicies } from "../infra/documents/resource-control-policies";
import { serviceControlPolicies } from "../infra/documents/service-control-policies";
import type { Given } from "./cases/case";

/** A statement in the place of another, or none. */
export type Change = (statement: Statement) => Statement | undefined;

const policies = {
  scp: (config: Configuration) => ({ type: "SERVICE_CONTROL_POLICY", made: serviceControlPolicies(config) }),
  rcp: (config: Configuration) => ({ type: "RESOURCE_CONTROL_POLICY", made: resourceControlPolicies(config) }),
} as const;

/** The documents of a layer, every statement as `change` leaves it. */
export function lock(layer: keyof typeof policies, change: Change = (statement) => statement, config: Configuration = ordinary): readonly Given[] {
  const { type, made } = policies[layer](config);
  return made.flatMap(({ name, document }) => {
    const Statement = document.Statement.flatMap((statement) => change(statement) ?? []);
    return Statement.length === 0 ? [] : [{ type: "aws:organizations/policy:Policy", name, props: { type, content: JSON.stringify({ ...document, Statement }) } }];
  });
}

/** Without the statement of this name. @throws Error if there is none: a case would test nothing */
export function without(layer: keyof typeof policies, sid: string, config: Configuration = ordinary): readonly Given[] {
  return changed(layer, sid, () => undefined, config);
}

export function changed(layer: keyof typeof policies, sid: string, change: Change, config: Configuration = ordinary): readonly Given[] {
  if (!policies[layer](config).made.some(({ document }) => document.Statement.some(({ Sid }) => Sid === sid))) throw new Error(`the lock has no statement ${sid}`);
  return lock(layer, (statement) => (statement.Sid === sid ? change(statement) : statement), config);
}

/** Without these among the values of one element. */
export const less =
  (element: "Action" | "NotAction" | "Resource", ...values: readonly string[]): Change =>
  (statement) => ({ ...statement, [element]: ([] as string[]).concat((statement[element] ?? []) as string[]).filter((value) => !values.includes(value)) });

/** Without these among those that are exempt. */
export const bound =
  (...principals: readonly string[]): Change =>
  (statement) => {
    const exempt = ([] as string[]).concat((statement.Condition?.["ArnNotLike"]?.["aws:PrincipalArn"] ?? []) as string[]);
    return { ...statement, Condition: { ...statement.Condition, ArnNotLike: { "aws:PrincipalArn": exempt.filter((arn) => !principals.includes(arn)) } } };
  };

/** Without a test of the condition. */
export const unconditional =
  (operator: string, key: string): Change =>
  (statement) => {
    const keys = Object.fromEntries(Object.entries(statement.Condition?.[operator] ?? {}).filter(([name]) => name !== key));
    const others = Object.fromEntries(Object.entries(statement.Condition ?? {}).filter(([name]) => name !== operator));
    return { ...statement, Condition: { ...others, ...(Object.keys(keys).length > 0 && { [operator]: keys }) } };
  };
