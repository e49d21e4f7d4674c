/** Whoever puts events on the central bus tells people what was forced and refused, so nobody else may. */
import { sources } from "../../functions/sources";
import { namesFor } from "../../infra/names";
import { heldDocuments } from "../held-documents";

export const rule = heldDocuments({
  requirement: "The central bus takes events from the enforcers, the forwarders and the watcher of this organization, and from nobody else.",
  universe: "Every principal of every account in any organization or none, every AWS service, federated and nameless callers; every action that the policy could allow, on the bus.",
  notCovered: "What an identity policy of the bus's own account lets its principals do: that is the service control policies' to refuse.",
  kind: "event-bus-policy",
  layer: "resource",
  meant: (config) => {
    const { busArn, roleArn, roleName, accounts } = namesFor(config);
    const puts = [...sources.map(({ name }) => roleArn(roleName.enforcer(name))), roleArn(roleName.forwarder), roleArn(roleName.watcher, accounts.delegated)];
    return {
      on: [busArn],
      grants: [
        {
          Sid: "OurRolesPutEvents",
          Principal: "*",
          Action: "events:PutEvents",
          Resource: "*",
          Condition: { StringEquals: { "aws:PrincipalOrgID": config.organizationId }, ArnLike: { "aws:PrincipalArn": puts } },
        },
      ],
    };
  },
});
