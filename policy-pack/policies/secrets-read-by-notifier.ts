/** Whoever has a webhook's URL can tell people what he likes, and learns what they are told. */
import { namesFor } from "../../infra/names";
import { heldDocuments } from "../held-documents";
import { but, everybody, peopleOf } from "../everybody";

export const rule = heldDocuments({
  requirement: "A webhook's secret is read by the notifier alone, and its policy lets nobody in.",
  universe: "Every principal of every account in any organization or none, every AWS service, federated and nameless callers; GetSecretValue, and every action that the policy could allow, on the secret.",
  notCovered: "The other calls on a secret, which the service control policies refuse; AWS Lambda's own copy of what the notifier has read.",
  kind: "secret-policy",
  layer: "resource",
  meant: (config, _subject, { account, region }) => {
    const { webhookSecret, roleArn, roleName, accounts } = namesFor(config);
    const on = config.webhooks.map(({ name }) => `arn:aws:secretsmanager:${region}:${account}:secret:${webhookSecret(name)}-??????`);
    const notifier = roleArn(roleName.notifier, accounts.delegated);
    const reads = { actions: ["secretsmanager:GetSecretValue"], on };
    return {
      on,
      grants: [],
      refusals: [
        { id: "nobody but the notifier reads", principals: but(everybody, [notifier]), ...reads },
        { id: "the notifier reads", principals: peopleOf([notifier]), ...reads, demand: "not-denied" },
      ],
    };
  },
});
