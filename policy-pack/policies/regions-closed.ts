/** Where nothing is forced nothing may come to be that could log; and no Region or account leaves what is governed. */
import { sources } from "../../functions/sources";
import type { Configuration } from "../../infra/config/configuration";
import { exemptPrincipals } from "../../infra/documents/exempt";
import { controlQuestions, denied, type ControlAsk } from "../control-questions";
import { factsOfAll } from "../goals";
import { obligation } from "../obligation";

async function asks(config: Configuration): Promise<readonly ControlAsk[]> {
  const { lastResort, deployDelegated, deployLogArchive } = exemptPrincipals(config);
  const { regions } = config;
  const regional = sources.filter(({ scope }) => scope === "regional");
  const elsewhere = regional.map(async ({ name, creating, creatingRegionKey: key }) => {
    const actions = await factsOfAll(creating);
    const openers = [deployDelegated, deployLogArchive];
    return [
      denied(config, `${name}'s creation in a Region that is not governed`, openers, { actions, when: { StringNotEquals: { "aws:RequestedRegion": regions } } }),
      ...(key === undefined
        ? []
        : [
            denied(config, `${name}'s creation in a Region that is named in a request to another`, openers, {
              actions,
              when: { StringNotEquals: { [key]: regions }, Null: { [key]: "false" } },
            }),
          ]),
    ];
  });
  const target = "account:TargetRegion";
  const [open, close, leave] = await Promise.all([["account:EnableRegion"], ["account:DisableRegion"], ["account:CloseAccount", "organizations:LeaveOrganization"]].map(factsOfAll));
  return [
    ...(await Promise.all(elsewhere)).flat(),
    denied(config, "opening a Region that is not governed", lastResort, { actions: open!, when: { StringNotEquals: { [target]: regions }, Null: { [target]: "false" } } }),
    denied(config, "disabling a Region that is governed", lastResort, { actions: close!, when: { StringEquals: { [target]: regions } } }),
    denied(config, "leaving the organization", lastResort, { actions: leave! }),
  ];
}

export const rule = obligation({
  requirement: "What could log is created in governed Regions alone, and no Region or account leaves them.",
  universe:
    "Every role, user, federated user and root user of every account but management's, without the deploy roles that open a Region (for creating) and break-glass (for Regions and accounts); the creating calls of the source table with aws:RequestedRegion, and the key by which a call names another Region, outside the governed ones; account:EnableRegion, account:DisableRegion, account:CloseAccount and organizations:LeaveOrganization.",
  notCovered: "What was there in a Region before it was closed, and calls that the source table does not name as creating. What a request says of its Region is AWS's to fill in.",
  about: ({ kind }) => kind === "service-control-policy",
  questions: async (config, subjects) => controlQuestions(subjects, "service-control-policy", await asks(config)),
});
