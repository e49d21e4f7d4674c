/** The lock on the ground that is governed: accounts stay, their Regions stay as they are, and tags that decide stay ours. */
import { sources } from "../../functions/sources";
import type { LogSource } from "../../functions/sources/log-source";
import { type Configuration, viaOf } from "../config/configuration";
import { ANY_ACCOUNT, namesFor } from "../names";
import { exemptPrincipals, unless } from "./exempt";
import { deny } from "./lock";
import type { Lock } from "./lock";

export function lockGround(config: Configuration, table: readonly LogSource[] = sources): readonly Lock[] {
  const { breakGlass, lastResort, deployDelegated, deployLogArchive } = exemptPrincipals(config);
  const openers = [deployLogArchive, deployDelegated];
  const governed = { "aws:RequestedRegion": config.regions };
  const regional = table.filter(({ scope }) => scope === "regional");
  const placed = regional.flatMap(({ name, creating, creatingRegionKey }) => (creatingRegionKey === undefined ? [] : [{ name, creating, key: creatingRegionKey }]));
  return [
    deny(
      "DefaultBusStaysReadable",
      "encrypts the bus of every event with a key that it then takes away, so that no enforcer hears anything until its next sweep",
      { actions: ["events:UpdateEventBus"] },
      [`arn:aws:events:*:${ANY_ACCOUNT}:event-bus/default`],
      unless(lastResort),
    ),
    deny(
      "AccountsStay",
      "takes an account, and all that is logged in it, out of the organization",
      { actions: ["account:CloseAccount", "organizations:LeaveOrganization"] },
      ["*"],
      unless([breakGlass]),
    ),
    deny(
      "GovernedRegionsStay",
      "takes the enforcers away with their Region",
      { actions: ["account:DisableRegion"] },
      ["*"],
      { StringEquals: { "account:TargetRegion": config.regions } },
      unless([breakGlass]),
    ),
    deny(
      "NoRegionIsOpened",
      "opens a Region in which nothing is forced",
      { actions: ["account:EnableRegion"] },
      ["*"],
      { StringNotEquals: { "account:TargetRegion": config.regions } },
      unless([breakGlass]),
    ),
    // Opening a Region begins with the archive and the code bucket in it. A global source's calls go to us-east-1.
    deny(
      "NothingLogsElsewhere",
      "creates what could log in a Region in which nothing is forced",
      { actions: regional.flatMap(({ creating }) => creating) },
      ["*"],
      { StringNotEquals: governed },
      unless(openers),
    ),
    ...placed.map(({ name, creating, key }) =>
      deny(
        `NothingIsPlacedElsewhere${pascal(name)}`,
        "creates the same by a request sent to a governed Region that names another",
        { actions: creating },
        ["*"],
        { StringNotEquals: { [key]: config.regions }, Null: { [key]: "false" } },
        unless(openers),
      ),
    ),
  ];
}

/** The enforcers whose permissions name our tag. */
const taggingEnforcers = (config: Configuration, table: readonly LogSource[]): readonly string[] =>
  table
    .filter((source) => JSON.stringify(source.permissions(namesFor(config), viaOf(config, source))).includes(`"${namesFor(config).tagKey}"`))
    .map(({ name }) => exemptPrincipals(config).enforcer(name));

/** Tag keys are compared in the call itself (aws:TagKeys): what is no call with tags in it is not concerned. */
export function lockTags(config: Configuration, table: readonly LogSource[] = sources): readonly Lock[] {
  const { tagKey, exclusionTagKey } = namesFor(config);
  const exempt = exemptPrincipals(config);
  const taggers = table.flatMap(({ exclusionTaggers = [] }) => exclusionTaggers);
  const names = (key: string) => ({ "ForAnyValue:StringEquals": { "aws:TagKeys": [key] } });
  return [
    deny(
      "OurTagIsOurs",
      "takes the tag that locks a flow log or delivery of ours, or passes a stranger's off as ours",
      // Of every service: nobody else has a use for this key, and what AWS adds next month takes tags as well.
      { actions: ["*"] },
      ["*"],
      names(tagKey),
      unless([...taggingEnforcers(config, table), ...exempt.lastResort]),
    ),
    ...(taggers.length === 0
      ? []
      : [
          deny(
            "ExclusionTagIsGiven",
            "excludes a resource by the tag that enforcers honour",
            { actions: taggers },
            ["*"],
            names(exclusionTagKey),
            unless(exempt.lastResort),
          ),
        ]),
  ];
}

/** `s3-access` is `S3Access`. */
export const pascal = (name: string): string =>
  name
    .split(/[^A-Za-z0-9]/)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join("");
