/** A role that is missing is work that is not done; one that is elsewhere, or lasts for long, is not what its documents were proven of. */
import type { Configuration } from "../../infra/config/configuration";
import { hasReached, tiers } from "../../infra/config/configuration";
import { readerRoles } from "../../infra/documents/reader-roles";
import { accountOf, breakGlassTrust, ciIssuer } from "../../infra/documents/trust-policies";
import { namesFor } from "../../infra/names";
import { alike, atMost, wantedThere, type Wanted } from "../wanted";

/** Sessions of people and pipelines. */
const HOUR = 3_600;

/** Readers come and go with their entries; what others depend on stays. */
const goes = (config: Configuration, name: string): boolean => readerRoles(config).some((reader) => reader.name === name) || name === namesFor(config).roleName.configAggregator;

function role(config: Configuration, name: string, account: string): readonly Wanted[] {
  const isProtected = !goes(config, name);
  return [
    { type: "iam:role", by: { name }, account, protected: isProtected, what: `The role ${name} in ${account}`, settings: { path: namesFor(config).rolePath, maxSessionDuration: atMost(HOUR) } },
    { type: "iam:rolepolicy", by: { role: name }, account, protected: isProtected, what: `The policy of the role ${name} in ${account}`, settings: {} },
  ];
}

/** The identity provider of the pipelines, which signs for one audience. */
const pipeline = (account: string): Wanted => ({
  type: "iam:openidconnectprovider", by: { url: { is: ciIssuer, holds: (found) => String(found).replace("https://", "") === ciIssuer } }, account, what: `The identity provider ${ciIssuer} in ${account}`,
  settings: { clientIdLists: alike(["sts.amazonaws.com"]) },
});

function wanted(config: Configuration): readonly Wanted[] {
  const { roleName, breakGlassOf } = namesFor(config);
  const { tier, services, accounts } = config;
  const own = (name: string) => role(config, name, accountOf(config, tier));
  const aggregator = services.config.use === "create" && services.config.aggregator === tier ? own(roleName.configAggregator) : [];
  const forced = hasReached(config, "force");
  if (tier === "log-archive") return [...readerRoles(config).flatMap(({ name }) => own(name)), ...own(roleName.replication), ...aggregator];
  if (tier === "delegated") return [...own(roleName.notifier), ...(forced ? own(roleName.watcher) : []), ...aggregator];
  const deploying = { management: roleName.deployManagement, "log-archive": roleName.deployLogArchive, delegated: roleName.deployDelegated };
  return [
    ...tiers.flatMap((of) => {
      const account = accountOf(config, of);
      return [...role(config, deploying[of], account), ...(breakGlassTrust(config, of) ? role(config, breakGlassOf(account), account) : [])];
    }),
    ...(config.ci?.createProvider ? tiers.map((of) => pipeline(accountOf(config, of))) : []),
    ...(accounts.backup === undefined ? [] : role(config, roleName.deployBackup, accounts.backup)),
    ...(forced && services.trail.use === "create" && services.trail.streamDays > 0 ? own(roleName.trailStream) : []),
  ];
}

export const rule = wantedThere({
  requirement: "Every role of a stack of ours is there, under our path in its account, with a policy of its own, for sessions of an hour at most.",
  wanted,
});
