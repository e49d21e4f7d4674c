/** A statement of a control policy with the reason for it, and how statements are put into documents. */
import type { Condition } from "../../functions/sources/log-source";
import { document, minified } from "./policy";
import type { PolicyDocument, Statement } from "./policy";
import { attached, quotas } from "./quotas";

export interface Lock {
  /** One sentence: what whoever is denied would do to the logs. */
  readonly reason: string;
  readonly statement: Statement;
}

/** Statements that belong together, and the word that names their policies. */
export interface Concern {
  readonly name: string;
  readonly description: string;
  readonly locks: readonly Lock[];
}

export interface ControlPolicy {
  readonly name: string;
  readonly description: string;
  readonly document: PolicyDocument;
}

/** A statement that denies; `on` is its resources, everything unless given. */
export function deny(
  Sid: string,
  reason: string,
  what: { readonly actions: readonly string[] } | { readonly allBut: readonly string[] },
  on: readonly string[],
  ...conditions: readonly Condition[]
): Lock {
  const condition: Record<string, Condition[string]> = {};
  for (const one of conditions) {
    for (const [operator, keys] of Object.entries(one)) condition[operator] = { ...condition[operator], ...keys };
  }
  return {
    reason,
    statement: {
      Sid,
      Effect: "Deny",
      ...("actions" in what ? { Action: [...new Set(what.actions)].sort() } : { NotAction: [...new Set(what.allBut)].sort() }),
      Resource: on,
      ...(Object.keys(condition).length > 0 && { Condition: condition }),
    },
  };
}

/**
 * Packs the statements of each concern, in order and first fit, into as few documents as their size allows.
 *
 * @param stem starts the names: `fall-lock` gives `fall-lock-1-owned`, `fall-lock-2-sources`
 * @throws Error in one line: a Sid twice, a statement larger than a policy, more policies than may be attached
 */
export function packed(kind: keyof typeof attached, stem: string, concerns: readonly Concern[]): readonly ControlPolicy[] {
  const sids = concerns.flatMap(({ locks }) => locks.map(({ statement }) => statement.Sid));
  const twice = sids.find((sid, index) => sids.indexOf(sid) !== index);
  if (twice !== undefined) throw new Error(`two statements of the ${kind} are named ${twice}`);
  const fits = (statements: readonly Statement[]) => minified(document(statements)).length <= quotas[kind];
  const policies: { readonly concern: Concern; readonly statements: Statement[] }[] = [];
  for (const concern of concerns) {
    for (const { statement } of concern.locks) {
      if (!fits([statement])) {
        const { length } = minified(document([statement]));
        throw new Error(`the statement ${statement.Sid} alone has ${length} characters; a ${kind} may have ${quotas[kind]}`);
      }
      const room = policies.find((policy) => policy.concern === concern && fits([...policy.statements, statement]));
      if (room) room.statements.push(statement);
      else policies.push({ concern, statements: [statement] });
    }
  }
  if (policies.length > attached[kind]) {
    throw new Error(`the lock needs ${policies.length} documents of type ${kind}; ${attached[kind]} may be attached`);
  }
  return policies.map(({ concern, statements }, index) => ({
    name: `${stem}-${index + 1}-${concern.name}`,
    description: concern.description,
    document: document(statements),
  }));
}
