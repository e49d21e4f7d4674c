/** Whoever can become one of our roles can do what the lock lets it do. */
import { namesFor } from "../../infra/names";
import { heldDocuments } from "../held-documents";
import { roleOf, trustedBy } from "../roles";

export const rule = heldDocuments({
  requirement: "Each of our roles is assumed by its service for its own account, by its pinned pipeline, by the people that the configuration names or by another role of ours, and by nobody else.",
  universe: "Every principal of every account in any organization or none, every AWS service, every identity provider's token of any audience and subject, nameless callers; every action that the trust policy could allow. In a template: a member, and each account that the configuration names.",
  notCovered: "Whether the identity provider, the people's own accounts and the sign-in that sets a source identity can be trusted; who passes a role to its service, which the service control policies refuse.",
  kind: "trust-policy",
  layer: "trust",
  meant: (config, subject, place, siblings) => {
    const name = roleOf(subject, siblings);
    const grants = name === undefined ? undefined : trustedBy(config, place)[name];
    return grants && { on: [namesFor(config).roleArn(name!, place.account)], grants };
  },
});
