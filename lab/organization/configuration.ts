/** The stacks' configuration for the local organization: the keys of `Pulumi.<stack>.yaml`, with its ids. */
import { entryOf } from "../../commands/onboard/answers";
import type { Configuration, Phase, Tier } from "../../infra/config/configuration";
import { configurationFrom } from "../../infra/config/read";
import type { Organization } from "./organization";

/** The repository whose CI deploys. */
export const repository = "example/force-and-lock-logs";

export interface Choices {
  readonly regions: readonly string[];
  readonly phase: Phase;
  readonly rollout: "canary" | "organization";
  /** Where the lock is attached: a canary OU, or the root. */
  readonly lock: "canary" | "organization";
  readonly webhooks?: readonly { readonly name: string; readonly kind: string }[];
  /** Further keys, as the file would have them: `sources`, `exclusions`, `sweepMinutes`. */
  readonly more?: Readonly<Record<string, unknown>>;
}

/** Everybody who gets into the archive: the first member's people read, each something else. */
export function peopleFor({ management, members, delegated, vendor }: Organization) {
  const [member] = members;
  const account = member?.id ?? "";
  return {
    administrators: [{ user: `arn:aws:iam::${management.id}:user/operator` }],
    analysts: { trusted: [{ role: `arn:aws:iam::${account}:role/developer`, sourceIdentity: ["*@example.com"] }], logs: ["*", "store-access"] },
    auditors: [{ name: "annual", trusted: [{ user: `arn:aws:iam::${account}:user/operator` }], from: "2020-01-01", until: "2999-12-31", logs: ["vpc-flow-log"], accounts: [account] }],
    temporary: [{ name: "incident", account, until: "2999-12-31", prefixes: [`AWSLogs/${account}/vpcflowlogs/`] }],
    siem: [
      { name: "own", account: delegated.id, externalId: "the-labs-external-id", queue: true, logs: ["vpc-flow-log"] },
      { name: "vendor", account: vendor.id, outside: true, externalId: "the-vendors-external-id", logs: ["vpc-flow-log"], accounts: [account] },
    ],
  };
}

/** The service that writes one of them, by itself: Amazon SES stores what it receives for an account. */
export const PLACE_SERVICE = "ses.amazonaws.com";

/** Workloads' places, as `npm run onboard` writes them: the first member writes, the delegated account reads. */
export function placesFor({ members, delegated }: Organization) {
  const writes = `arn:aws:iam::${members[0]?.id}:role/`;
  const reads = `arn:aws:iam::${delegated.id}:role/`;
  const given = { owner: "a workload's team", region: "us-east-1", "retention-days": "400" };
  return {
    places: [
      entryOf({ ...given, name: "orders-audit", contents: "who changed an order", pii: "no", "volume-gb": "5", reader: [`${reads}developer`], writer: `${writes}developer` }),
      entryOf({ ...given, name: "payments", contents: "who was paid what", pii: "yes", "volume-gb": "1", reader: [`${reads}admin`], writer: `${writes}admin` }),
      entryOf({ ...given, name: "mail", contents: "mail that was received", pii: "yes", "volume-gb": "1", reader: [`${reads}admin`], writer: PLACE_SERVICE, "writer-account": members[0]?.id }),
    ],
  };
}

/** The keys of a stack's file, without their namespace. */
export function entriesFor(organization: Organization, { regions, phase, rollout, lock, webhooks = [], more = {} }: Choices): Readonly<Record<string, unknown>> {
  const { id, rootId, ous, management, logArchive, delegated, backup, members } = organization;
  // The canary stays on the list: what is attached is protected, and goes only when the lock goes.
  const targets = lock === "canary" ? [ous.canary] : [ous.canary, rootId];
  return {
    phase,
    organizationId: id,
    rootId,
    accounts: { management: management.id, logArchive: logArchive.id, delegated: delegated.id, backup: backup.id },
    regions,
    force: { rollout, canary: { ou: ous.canary, accounts: members.filter(({ ou }) => ou === ous.canary).map((member) => member.id) } },
    lock: { scpTargets: targets, rcpTargets: targets },
    webhooks,
    ci: { repository },
    // The second is in a member account, where the lock has to keep others from becoming them.
    breakGlass: [organization.breakGlassOperator, `arn:aws:iam::${delegated.id}:user/operator`],
    archive: { backupRegion: regions.at(-1) },
    services: {
      trail: { streamDays: 30 },
      config: { use: "create", aggregator: "log-archive" },
      guardDuty: { use: "create" },
      accessAnalyzer: { use: "create" },
      securityHub: { use: "create" },
    },
    people: peopleFor(organization),
    logs: placesFor(organization),
    ...more,
  };
}

/** Validated as a stack's file would be. @throws ConfigurationError with one line a problem */
export function configurationFor(tier: Tier, organization: Organization, choices: Choices): Configuration {
  return configurationFrom(tier, { ...entriesFor(organization, choices) }, `the lab's configuration of ${tier}`);
}
