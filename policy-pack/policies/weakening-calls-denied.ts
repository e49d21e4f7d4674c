/** Every call that a source says weakens its logging is denied where the source says so; what it says is repaired is listed. */
import { sources } from "../../functions/sources";
import type { WeakeningCall } from "../../functions/sources/log-source";
import { type Configuration, viaOf } from "../../infra/config/configuration";
import { exemptPrincipals } from "../../infra/documents/exempt";
import { namesFor } from "../../infra/names";
import { controlQuestions, denied, type ControlAsk } from "../control-questions";
import { ownedThings } from "../duties";
import { factsOfAll } from "../goals";
import { obligation } from "../obligation";
import { overlap } from "../universe/globs";

interface Call {
  readonly source: string;
  readonly call: WeakeningCall;
}

/** By the way that each source is configured to log. */
const calls = (config: Configuration): readonly Call[] =>
  sources.flatMap((source) => source.weakening(namesFor(config), viaOf(config, source)).map((call) => ({ source: source.name, call })));

/** Enforcers make and mend what others may not touch; each is confined to its own source by its own permissions. */
async function asks(config: Configuration): Promise<readonly ControlAsk[]> {
  const { enforcers, lastResort } = exemptPrincipals(config);
  const things = ownedThings(config);
  const keepersOf = (resources: readonly string[]) =>
    things.filter(({ patterns }) => patterns.some((pattern) => resources.some((resource) => overlap(pattern, resource)))).flatMap(({ keepers }) => keepers);
  const asked = await Promise.all(
    calls(config).map(async ({ source, call }, index) =>
      call.how === "repaired"
        ? []
        : [
            denied(config, `${source}'s weakening call ${index + 1} (${call.actions.join(", ")})`, [...enforcers, ...keepersOf(call.resources), ...lastResort], {
              actions: await factsOfAll(call.actions),
              resources: call.resources,
              ...(call.condition && { when: call.condition }),
            }),
          ]),
  );
  return asked.flat();
}

const repaired = sources.flatMap((source) =>
  [...new Set(source.via.flatMap((via) => source.weakening(namesFor({ prefix: "fall", accounts: { management: "", logArchive: "", delegated: "" }, homeRegion: "us-east-1" }), via)))].flatMap((call) =>
    call.how === "repaired" ? call.actions.map((action) => `${action} (${source.name})`) : [],
  ),
);

export const rule = obligation({
  requirement: "Every call that weakens a source's logging is denied to everybody but the enforcers, or listed as repaired.",
  universe:
    "Every role, user, federated user and root user of every account but management's, without the enforcers and break-glass; every call of the source table that is said to be denied, on the resources and under the condition that the source names; every condition key as AWS sends it.",
  notCovered: `Calls that the source table says are repaired: ${[...new Set(repaired)].sort().join(", ")}. Whether the table names every such call is a review's to say, and the lab's.`,
  about: ({ kind }) => kind === "service-control-policy",
  questions: async (config, subjects) => controlQuestions(subjects, "service-control-policy", await asks(config)),
});
