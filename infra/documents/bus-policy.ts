/** The central event bus's policy: the enforcers, the forwarders and the watcher of this organization put events. */
import type { Configuration } from "../config/configuration";
import { namesFor } from "../names";
import { exemptPrincipals } from "./exempt";
import { document } from "./policy";
import type { PolicyDocument } from "./policy";

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-permissions.html */
export function busPolicy(config: Configuration): PolicyDocument {
  const { busArn } = namesFor(config);
  const exempt = exemptPrincipals(config);
  return document([
    {
      Sid: "OurRolesOfTheOrganization",
      Effect: "Allow",
      Principal: "*",
      Action: "events:PutEvents",
      Resource: busArn,
      Condition: {
        StringEquals: { "aws:PrincipalOrgID": config.organizationId },
        ArnLike: {
          "aws:PrincipalArn": [...exempt.enforcers, exempt.forwarder, exempt.watcher],
        },
      },
    },
  ]);
}
