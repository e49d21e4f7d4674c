/**
 * Everything that AWS can be asked to do to a thing of ours and that is no harmless read, from the generated catalogue:
 * an action that AWS adds tomorrow is in it as soon as the catalogue is made again, and in the lock already.
 */
import type { Configuration } from "../../infra/config/configuration";
import { grouped } from "../../infra/config/grouped";
import { catalogue } from "../catalogue";
import { controlQuestions, denied, type ControlAsk } from "../control-questions";
import { exemptFrom, ownedThings } from "../duties";
import { takes } from "../goals";
import { obligation } from "../obligation";

const asks = (config: Configuration): readonly ControlAsk[] =>
  ownedThings(config).flatMap((thing) => {
    // Becoming a role is `exemptions-closed`'s to judge.
    const closed = catalogue().filter((facts) => takes(facts, thing.patterns) && !facts.name.startsWith("sts:") && !thing.open.includes(facts.name));
    const byExempt = grouped(closed, ({ name }) => exemptFrom(name, thing).join(" "));
    return [...byExempt].map(([exempt, alike]) => denied(config, thing.what, exempt.split(" ").filter(Boolean), { actions: alike, resources: thing.patterns }));
  });

export const rule = obligation({
  requirement: "What the project owns is denied by name to everybody who neither deploys nor needs it.",
  universe:
    "Every role, user, federated user and root user of every account but management's, without those that deploy the thing or whose own permissions need the call; every action that AWS's service authorization data lists on the type of the thing and that is no reviewed harmless read; every ARN under our names, in every Region and account; every condition key as AWS sends it.",
  notCovered:
    "The management account and service-linked roles, which no service control policy binds; reads reviewed as harmless, and the use of the archive's keys, which their policies judge; what takes no ARN, which `side-doors-closed` judges.",
  about: ({ kind }) => kind === "service-control-policy",
  questions: (config, subjects) => controlQuestions(subjects, "service-control-policy", asks(config)),
});
