/**
 * AWS asks for one principal that can always change a key policy, and takes the account's root for it; everybody else
 * is granted what they do, by name.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
import { covers } from "../actions";
import { verdict, type Rule } from "../rule";
import type { Principal, Statement } from "../subjects/document";

/** Calls after which nobody can read the logs any more: granted to nobody by name. */
const destroying = ["kms:ScheduleKeyDeletion", "kms:DisableKey", "kms:DeleteImportedKeyMaterial"];

/** Calls that say who may do what: granted by their full name (a deploy role changes policies), never by a wildcard. */
const administering = [...destroying, "kms:PutKeyPolicy", "kms:CreateGrant", "kms:RevokeGrant", "kms:UpdateAlias"];

/** Whether an Action element is more than a named principal may hold. */
const isAdministration = (action: string): boolean =>
  /[*?]/.test(action) ? administering.some((call) => covers(action, call)) : destroying.some((call) => covers(action, call));

const isRoot = ({ type, value }: Principal): boolean => type === "AWS" && /^(arn:aws:iam::(\d{12}|\$\{AWS::AccountId\}):root|\d{12})$/.test(value);
const accountOf = ({ value }: Principal): string => /\d{12}|\$\{AWS::AccountId\}/.exec(value)?.[0] ?? value;

function violations(statement: Statement, roots: ReadonlySet<string>): readonly string[] {
  if (statement.effect !== "Allow") return [];
  if (statement.notActions.length > 0) return [`Statement ${statement.sid} grants all but what it lists (NotAction).`];
  const wide = statement.actions.filter(isAdministration);
  if (wide.length === 0) return [];
  const strangers = statement.principals.filter((principal) => !isRoot(principal));
  if (strangers.length > 0) {
    return [`Statement ${statement.sid} grants ${wide.join(", ")} to ${strangers.map(({ value }) => value).join(", ")}; only the account's root may hold it.`];
  }
  return roots.size > 1 ? [`Statement ${statement.sid} grants ${wide.join(", ")} to the roots of ${[...roots].join(" and ")}; a key has one account.`] : [];
}

export const rule: Rule = {
  requirement: "A key policy grants administration to the root of the key's own account, as AWS demands, and to nobody else.",
  needs: "subject",
  judge: (subject) => {
    if (subject.kind !== "key-policy" || !subject.document.known) return "not-applicable";
    const { statements } = subject.document;
    const { account } = subject.resource;
    const administrators = statements
      .filter(({ effect, actions }) => effect === "Allow" && actions.some(isAdministration))
      .flatMap(({ principals }) => principals.filter(isRoot).map(accountOf));
    const roots = new Set(account === undefined ? administrators : [account, ...administrators]);
    return verdict(statements.flatMap((statement) => violations(statement, roots)));
  },
};
