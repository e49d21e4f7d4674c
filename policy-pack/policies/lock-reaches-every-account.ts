/**
 * A lock binds only the accounts under the root, units and accounts that it is attached to.
 *
 * On the canary alone it is a trial, and resource control policies come last when going live: both are said, and do not
 * stop a deployment.
 */
import type { Configuration } from "../../infra/config/configuration";
import { documentsOf, targetsOf, type ControlKind } from "../control-layers";
import { demand, type Rule, type Verdict } from "../rule";
import { isControlPolicy, type PolicySubject, type Subject } from "../subjects/subject";

/** The targets that together hold every account: the root, or what the user's policy configuration says. */
function whole(config: Configuration, parameters: Readonly<Record<string, unknown>>): readonly string[] {
  const given = parameters["wholeOrganization"];
  return Array.isArray(given) && given.length > 0 ? given.map(String) : [config.rootId];
}

/** Whether the targets are a step on the way that the configuration says. */
function isTrial({ force: { canary } }: Configuration, kind: ControlKind, targets: readonly string[]): boolean {
  if (targets.length === 0) return kind === "resource-control-policy";
  return canary !== undefined && targets.every((target) => target === canary.ou || canary.accounts.includes(target));
}

function reach(subject: PolicySubject, siblings: readonly Subject[], config: Configuration, parameters: Readonly<Record<string, unknown>>): Verdict {
  const kind = subject.kind as ControlKind;
  const attached = [...targetsOf(siblings, kind)].filter(([, on]) => on.some(({ resource }) => resource === subject.resource));
  const targets = attached.map(([target]) => target);
  const left = targets.includes(config.rootId) ? [] : whole(config, parameters).filter((target) => !targets.includes(target));
  if (left.length === 0) return "compliant";
  const { logArchive, delegated } = config.accounts;
  const outside = left.includes(config.rootId)
    ? `every account outside of it, unless the archive ${logArchive} and the delegated account ${delegated} are in it those two as well`
    : left.join(", ");
  const sentence = `It is attached to ${targets.join(", ") || "nothing"}, which leaves out ${outside}. Smallest change: attach it to ${left.join(" and ")}.`;
  return { violations: [sentence], ...(isTrial(config, kind, targets) && { advisory: true }) };
}

export const rule: Rule = {
  requirement: "Every account of the organization but management's is under every document of the lock; a lock on the canary alone is said to be a trial.",
  needs: "siblings",
  configSchema: {
    properties: {
      wholeOrganization: {
        type: "array",
        items: { type: "string" },
        description: "Ids of the organizational units and accounts that together hold every account, where the lock is not on the root",
      },
    },
  },
  judge: (subject, siblings, { configuration, parameters }) => {
    if (configuration === undefined || typeof configuration === "string") return "not-applicable";
    if (isControlPolicy(subject) && subject.document.known) return reach(subject, siblings, configuration, parameters);
    const wanted = configuration.tier === "management" && configuration.phase === "lock" && subject === siblings[0] && subject.resource.template === undefined;
    if (!wanted) return "not-applicable";
    return demand(documentsOf(siblings, "service-control-policy").length > 0, "The phase is lock, and the stack has no service control policy.");
  },
};
