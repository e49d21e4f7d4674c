/** A policy document less one thing: each statement, each action, each value, each condition taken out once. */
import type { ConditionBlock, PolicyDocument, PrincipalElement, Statement } from "../evaluator/types";
import { listOf } from "../list-of";

export interface Removal {
  /** `Action s3:DeleteBucket of StoresKept`; `StoresKept` for the whole statement. */
  readonly what: string;
  /** The statement as it was, and its place in the document. */
  readonly statement: Statement;
  readonly index: number;
  /** `value`: one of several values of a condition's test. */
  readonly element: "statement" | "Action" | "NotAction" | "Resource" | "NotResource" | "Principal" | "condition" | "value";
  /** What was taken out of an element with patterns. */
  readonly pattern?: string;
  /** Whether the statement speaks of fewer requests now, or of more. */
  readonly statementThen: "shrinks" | "grows";
  /** What is left of the statement; undefined where it is gone. */
  readonly left: Statement | undefined;
  readonly document: PolicyDocument;
}

/** What a removal from one statement is, before it is put into its document. */
type Cut = Pick<Removal, "element" | "pattern" | "statementThen" | "left"> & { readonly name: string };

/**
 * Every removal there is, in the order of the document. An element's only value goes with its element: an only Action with
 * the statement, an only value with its condition, and for an only NotAction the statement is of every action.
 */
export function removals(document: PolicyDocument): readonly Removal[] {
  const statements = listOf(document.Statement);
  return statements.flatMap((statement, index) => {
    const sid = statement.Sid ?? `statement ${index + 1}`;
    return cuts(statement).map(({ name, ...cut }): Removal => ({
      ...cut,
      what: name === "" ? sid : `${name} of ${sid}`,
      statement,
      index,
      document: { ...document, Statement: statements.flatMap((one, at) => (at === index ? (cut.left ?? []) : one)) },
    }));
  });
}

function cuts(statement: Statement): readonly Cut[] {
  return [
    { name: "", element: "statement", statementThen: "shrinks", left: undefined },
    ...patterns(statement, "Action"),
    ...patterns(statement, "Resource"),
    ...exceptions(statement, "NotAction", "Action"),
    ...exceptions(statement, "NotResource", "Resource"),
    ...principals(statement),
    ...conditions(statement),
  ];
}

function patterns(statement: Statement, element: "Action" | "Resource"): readonly Cut[] {
  const all = listOf(statement[element]);
  if (all.length < 2) return [];
  return all.map((pattern) => ({ name: `${element} ${pattern}`, element, pattern, statementThen: "shrinks", left: { ...statement, [element]: without(all, pattern) } }));
}

function exceptions(statement: Statement, element: "NotAction" | "NotResource", otherwise: "Action" | "Resource"): readonly Cut[] {
  const all = listOf(statement[element]);
  return all.map((pattern) => {
    const left: Statement = all.length > 1 ? { ...statement, [element]: without(all, pattern) } : { ...lacking(statement, element), [otherwise]: "*" };
    return { name: `${element} ${pattern}`, element, pattern, statementThen: "grows", left };
  });
}

/** Names of one kind, each without the others. */
function principals(statement: Statement): readonly Cut[] {
  const { Principal } = statement;
  if (Principal === undefined || Principal === "*") return [];
  const all = Object.entries(Principal).flatMap(([kind, names]) => listOf<string>(names).map((name) => [kind, name] as const));
  if (all.length < 2) return [];
  return all.map(([kind, name]) => {
    const entries = Object.entries(Principal).flatMap(([other, names]): [string, string | readonly string[]][] => {
      const left = other === kind ? without(listOf<string>(names), name) : names;
      return left.length === 0 ? [] : [[other, left]];
    });
    return { name: `Principal ${kind} ${name}`, element: "Principal", statementThen: "shrinks", left: { ...statement, Principal: Object.fromEntries(entries) as PrincipalElement } };
  });
}

function conditions(statement: Statement): readonly Cut[] {
  const block = statement.Condition ?? {};
  return Object.entries(block).flatMap(([operator, keys]) =>
    Object.entries(keys).flatMap(([key, given]): readonly Cut[] => {
      const values = listOf<string | boolean | number>(given);
      const test = `${operator} ${key}`;
      const whole: Cut = { name: `condition ${test}`, element: "condition", statementThen: "grows", left: tested(statement, block, operator, key, undefined) };
      if (values.length < 2) return [whole];
      // One value fewer that must not be met is one more request that the condition lets pass.
      const statementThen = /not/i.test(operator) ? "grows" : "shrinks";
      return [
        whole,
        ...values.map((value): Cut => ({
          name: `${test} ${String(value)}`,
          element: "value",
          statementThen,
          left: tested(statement, block, operator, key, values.filter((one) => one !== value)),
        })),
      ];
    }),
  );
}

/** The statement with these values in one test, or without the test. */
function tested(statement: Statement, block: ConditionBlock, operator: string, key: string, values: readonly (string | boolean | number)[] | undefined): Statement {
  const keys = values === undefined ? lacking(block[operator] ?? {}, key) : { ...block[operator], [key]: values };
  const left = Object.keys(keys).length === 0 ? lacking(block, operator) : { ...block, [operator]: keys };
  return Object.keys(left).length === 0 ? lacking(statement, "Condition") : { ...statement, Condition: left };
}

/** The object without one of its keys. */
export const lacking = <T extends object>(object: T, key: string): T => Object.fromEntries(Object.entries(object).filter(([name]) => name !== key)) as T;

const without = <T>(all: readonly T[], one: T): readonly T[] => all.filter((other) => other !== one);
