/** The goals that are timed: what the lock is meant to deny to everybody but eight exempt patterns. */
import { serviceControlPolicies } from "../../infra/documents/service-control-policies";
import { ordinary } from "../../infra/documents/configurations-for-tests";
import { catalogue } from "../../policy-pack/catalogue";
import { globMatches, type Layers, type PolicyDocument, type Statement } from "../../policy-pack/evaluator";
import { listOf } from "../../policy-pack/list-of";
import type { Goal } from "../../policy-pack/prover";
import { everyoneBut, universesOf } from "../../policy-pack/universe";

const GOALS = 120;
const EXEMPT = 8;

const everything: PolicyDocument = { Version: "2012-10-17", Statement: { Effect: "Allow", Action: "*", Resource: "*" } };

/** This project's lock on one level, beside AWS's own policy. */
export function lock(): Layers {
  const ours = serviceControlPolicies(ordinary).map(({ name, document }) => ({ name, document: document as unknown as PolicyDocument }));
  return { scp: [[{ name: "FullAWSAccess", document: everything }, ...ours]] };
}

const names = (patterns: string | readonly string[] | undefined, action: string) => listOf(patterns).some((pattern) => globMatches(pattern.toLowerCase(), action.toLowerCase()));
export const covers = ({ Action, NotAction }: Statement, action: string) => (Action === undefined ? !names(NotAction, action) : names(Action, action));

/** Those that the statement exempts, filled up to eight by others of the lock's; every tenth goal forgets one and is a hole. */
function exemptFor(statement: Statement, all: readonly string[], index: number): readonly string[] {
  const own = listOf(statement.Condition?.["ArnNotLike"]?.["aws:PrincipalArn"]).map(String);
  return [...(index % 10 === 0 ? own.slice(1) : own), ...all.filter((pattern) => !own.includes(pattern))].slice(0, Math.max(EXEMPT, own.length));
}

/** 120 goals, taken evenly from every pair of an action and a resource that a statement of the lock denies to all but some. */
export function goals(layers: Layers): readonly Goal[] {
  const statements = (layers.scp ?? []).flat().flatMap(({ document }) => listOf(document.Statement))
    .filter(({ Effect, Resource, Condition }) => Effect === "Deny" && Resource !== undefined && Object.keys(Condition ?? {}).join() === "ArnNotLike" && listOf(Condition?.["ArnNotLike"]?.["aws:PrincipalArn"]).length <= EXEMPT);
  const exempt = [...new Set(statements.flatMap(({ Condition }) => listOf(Condition?.["ArnNotLike"]?.["aws:PrincipalArn"]).map(String)))];
  const pairs = statements.flatMap((statement) =>
    listOf(statement.Resource).filter((pattern) => pattern !== "*").flatMap((resource) =>
      catalogue().filter(({ name }) => covers(statement, name)).map((facts) => ({ statement, resource, facts })).filter(({ facts: found }) => universesOf(found, { principals: [], resource }).length > 0)));
  const step = pairs.length / GOALS;
  return Array.from({ length: GOALS }, (_, index) => {
    const { statement, resource, facts } = pairs[Math.floor(index * step)]!;
    const principals = everyoneBut(exemptFor(statement, exempt, index), ordinary.accounts.management);
    const [universe] = universesOf(facts, { principals, resource });
    return { id: `${facts.name} on ${resource}`, layer: "scp", demand: "denied", universe: universe! };
  });
}
