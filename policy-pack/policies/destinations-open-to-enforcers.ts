/** Who joins a delivery with a destination of the archive says what arrives there: a crippled delivery would take the place of ours. */
import { sources } from "../../functions/sources";
import { namesFor } from "../../infra/names";
import { heldDocuments } from "../held-documents";

export const rule = heldDocuments({
  requirement: "A delivery destination of the archive takes deliveries from the enforcers of this organization whose source delivers that kind of log, and from nobody else.",
  universe: "Every principal of every account in any organization or none, every AWS service, federated and nameless callers; every action that the policy could allow, on the destination.",
  notCovered: "What an identity policy of the archive's own account lets its principals do: that is the service control policies' to refuse.",
  kind: "delivery-destination-policy",
  layer: "resource",
  meant: (config, { resource }, { region }) => {
    const { deliveryDestination, deliveryDestinationArn, roleArn, roleName } = namesFor(config);
    const kinds = sources.flatMap(({ name, kinds }) => kinds(config.sources[name]!.via).filter(({ delivery }) => delivery).map(({ kind }) => ({ name, kind })));
    const mine = kinds.filter(({ kind }) => deliveryDestination(kind) === (resource.props["deliveryDestinationName"] ?? resource.props["name"]));
    if (mine.length === 0) return undefined;
    return {
      on: [deliveryDestinationArn(mine[0]!.kind, region)],
      grants: [
        {
          Sid: "EnforcersDeliver",
          Principal: "*",
          Action: "logs:CreateDelivery",
          Resource: "*",
          Condition: {
            StringEquals: { "aws:PrincipalOrgID": config.organizationId },
            ArnLike: { "aws:PrincipalArn": mine.map(({ name }) => roleArn(roleName.enforcer(name))) },
          },
        },
      ],
    };
  },
});
