/** What is ours is not reached by a call that does not name it. */
import type { Configuration } from "../../infra/config/configuration";
import { controlQuestions, denied, type ControlAsk } from "../control-questions";
import { factsOfAll } from "../goals";
import { obligation } from "../obligation";
import { sideDoors } from "../side-doors";

const asks = (config: Configuration): Promise<readonly ControlAsk[]> =>
  Promise.all(
    sideDoors(config).map(async ({ what, actions, resources, when, exempt }) =>
      denied(config, what, exempt, { actions: await factsOfAll(actions), ...(resources && { resources }), ...(when && { when }) })),
  );

export const rule = obligation({
  requirement: "What the project owns is not reached by a call that does not name it: by a tag, a mapping, an account's setting or the default bus.",
  universe:
    "Every role, user, federated user and root user of every account but management's, without those that must do it; the calls of policy-pack/side-doors.ts, each under the condition that makes it one, among them every action of the catalogue that takes tags, with our tag's key among the keys.",
  notCovered:
    "A side door that nobody has thought of: the list is kept by review. AWS CloudFormation's hooks, and starving an account's AWS Lambda concurrency, which are seen instead (docs/decisions/0003). Whether lambda:FunctionArn is that of the mapping or that of the request is not confirmed.",
  about: ({ kind }) => kind === "service-control-policy",
  questions: async (config, subjects) => controlQuestions(subjects, "service-control-policy", await asks(config)),
});
