/** What a role of ours may do beyond its task, whoever gets at it may do, in every account. */
import { permissionsOfRoles, permits } from "../role-permissions";
import { heldDocuments } from "../held-documents";
import { namesFor } from "../../infra/names";
import { roleOf } from "../roles";

export const rule = heldDocuments({
  requirement: "Each of our roles that works by itself may do exactly what its log source, its function or its reader is said to need, on the resources that are said, and nothing else.",
  universe: "Every action that the role's policy could allow, by name or pattern, those that AWS may add among them, on every resource, with any condition key; and each action that is needed. In a template: a member, and each account that the configuration names.",
  notCovered: "The deploy roles, which `deploy-roles-confined` bounds from above. AWS's managed policy of AWS Config's recorder. Whether what is said to be needed is enough: the lab shows it.",
  kind: "identity-policy",
  layer: "identity",
  meant: (config, subject, place, siblings) => {
    const name = roleOf(subject, siblings);
    if (name === undefined) return undefined;
    const on = [namesFor(config).roleArn(name, place.account)];
    const permissions = permissionsOfRoles(config, place)[name];
    if (permissions === "bounded elsewhere") return { on };
    return permissions && { on, grants: permits(permissions) };
  },
});
