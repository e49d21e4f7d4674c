/** A document of ours with one thing changed, as it would be deployed. */
import type { PolicyDocument, Statement } from "../infra/documents/policy";

/** The document with the statement of this Sid changed, or taken out where the change gives none. */
export function edited(document: PolicyDocument, sid: string, change: (statement: Statement) => object | undefined = () => undefined): string {
  if (!document.Statement.some(({ Sid }) => Sid === sid)) throw new Error(`no statement ${sid} among ${document.Statement.map(({ Sid }) => Sid).join(", ")}`);
  return JSON.stringify({ ...document, Statement: document.Statement.flatMap((one) => (one.Sid === sid ? (change(one) ?? []) : one)) });
}

/** The statement without the tests of one operator. */
export const lacking = (operator: string) => (statement: Statement): object => ({
  ...statement,
  Condition: Object.fromEntries(Object.entries(statement.Condition ?? {}).filter(([name]) => name !== operator)),
});

/** The statement with more actions. */
export const also = (...actions: readonly string[]) => (statement: Statement): object => ({ ...statement, Action: [...[statement.Action ?? []].flat(), ...actions] });

/** The statement with fewer actions. */
export const short = (action: string) => (statement: Statement): object => ({ ...statement, Action: [statement.Action ?? []].flat().filter((one) => one !== action) });

/** The document with a statement more. */
export const widened = (document: PolicyDocument, statement: object): string => JSON.stringify({ ...document, Statement: [...document.Statement, { Sid: "Wider", Effect: "Allow", ...statement }] });
