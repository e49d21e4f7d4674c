/** What several rules ask of a service or resource control policy. */
import type { Statement, Test } from "./subjects/document";
import { isControlPolicy, type PolicySubject, type Subject } from "./subjects/subject";
import { verdict, type Verdict } from "./rule";

/** Judges each statement of an SCP or RCP; a document that cannot be read is `documents-known`'s to refuse. */
export function eachStatement(subject: Subject, violations: (statement: Statement, subject: PolicySubject) => readonly string[]): Verdict {
  if (!isControlPolicy(subject) || !subject.document.known) return "not-applicable";
  return verdict(subject.document.statements.flatMap((statement) => violations(statement, subject)));
}

/** Judges each test of a condition in an SCP or RCP. */
export const eachTest = (subject: Subject, violation: (test: Test, statement: Statement, subject: PolicySubject) => string | undefined): Verdict =>
  eachStatement(subject, (statement, policy) =>
    statement.tests.flatMap((test) => violation(test, statement, policy) ?? []),
  );

export const sentence = (kind: PolicySubject["kind"]): string => kind.replace(/-/g, " ");
