/** What a role of ours may do beyond its task, whoever gets at it may do, in every account. */
import { permissionsOfRoles, permits } from "../role-permissions";
import { heldDocuments } from "../held-documents";
import { namesFor } from "../../infra/names";
import { roleOf } from "../roles";

export const rule = heldDocuments({
  requirement: "Each of our roles may do exactly what its log source, its function, its reader or its tier is said to need, on the resources that are said, and nothing else.",
  universe: "Every action that the role's policy could allow, by name or pattern, those that AWS may add among them, on every resource, with any condition key; and each action that is needed. In a template: a member, and each account that the configuration names.",
  notCovered: "What is said to be needed for a deploy role is its document alone; `deploy-roles-confined` bounds it from above. AWS's managed policy of AWS Config's recorder. Whether what is said to be needed is enough: the lab shows it.",
  kind: "identity-policy",
  layer: "identity",
  meant: (config, subject, place, siblings) => {
    const name = roleOf(subject, siblings);
    if (name === undefined) return undefined;
    const on = [namesFor(config).roleArn(name, place.account)];
    const permissions = permissionsOfRoles(config, place)[name];
    return permissions && { on, grants: permits(permissions) };
  },
});
