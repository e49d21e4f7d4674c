/** Configurations that the documents' tests share: an ordinary one, and the one that makes every document longest. */
import { sources } from "../../functions/sources";
import { archiveSchema } from "../config/archive";
import type { Configuration } from "../config/configuration";
import { logsSchema } from "../config/logs";
import { peopleSchema } from "../config/people";
import { regionsOfPartition } from "../config/regions";
import { servicesSchema } from "../config/services";

export const ordinary: Configuration = {
  tier: "management",
  phase: "lock",
  prefix: "fall",
  organizationId: "o-exampleorgid",
  rootId: "r-exam",
  accounts: { management: "111111111111", logArchive: "222222222222", delegated: "333333333333" },
  homeRegion: "us-east-1",
  regions: ["us-east-1", "eu-central-1"],
  force: { rollout: "organization" },
  lock: { scpTargets: ["r-exam"], rcpTargets: ["r-exam"] },
  sources: Object.fromEntries(sources.map(({ name, via }) => [name, { via: via[0]!, mode: "force", observeIn: [] }])),
  exclusions: [],
  sweepMinutes: 60,
  writers: "organization",
  webhooks: [{ name: "security", kind: "slack" }],
  ci: { repository: "example/force-and-lock-logs", createProvider: true },
  breakGlass: ["arn:aws:iam::111111111111:role/operators"],
  archive: archiveSchema.parse({}),
  services: servicesSchema.parse({}),
  people: peopleSchema.parse({}),
  logs: logsSchema.parse({}),
};

/** The longest prefix and ids, every Region, every repository character GitHub allows. */
export const largest: Configuration = {
  ...ordinary,
  prefix: "longest-name",
  organizationId: `o-${"a".repeat(32)}`,
  rootId: `r-${"a".repeat(32)}`,
  regions: [...regionsOfPartition],
  ci: { repository: `${"o".repeat(39)}/${"r".repeat(100)}`, createProvider: true },
};

/** With everything that the archive can keep: a backup account, Object Lock in place, lifetimes of its own. */
export const kept: Configuration = {
  ...ordinary,
  accounts: { ...ordinary.accounts, backup: "888888888888" },
  archive: archiveSchema.parse({
    objectLock: { kms: { mode: "compliance", days: 400, inPlace: true } },
    lifetimes: { "vpc-flow-log": { standardDays: 30, keepDays: 500 } },
    backupRegion: "eu-central-1",
  }),
};

/** With places for what workloads log, one of them for personal data, and one that is retired. */
export const placed: Configuration = {
  ...kept,
  logs: logsSchema.parse({
    places: [
      {
        name: "orders-audit", owner: "orders team", contents: "who changed an order", pii: false, volumeGb: 5, keepDays: 400,
        readers: ["arn:aws:iam::555555555555:role/orders-support"], writer: "arn:aws:iam::444444444444:role/orders/*",
      },
      {
        name: "payments", owner: "payments team", contents: "who was paid what", pii: true, volumeGb: 1.5, keepDays: 92, region: "eu-central-1",
        readers: ["arn:aws:iam::444444444444:role/payments-audit", "arn:aws:iam::555555555555:user/auditor"], writer: "arn:aws:iam::444444444444:role/payments",
      },
      { name: "clicks", owner: "web team", contents: "a stream of clicks", pii: false, volumeGb: 40, keepDays: 30, writer: { service: "firehose.amazonaws.com", account: "555555555555" } },
    ],
    retired: ["old-orders"],
  }),
};

/** A landing zone's trail, whose bucket is another account's. */
export const adopted: Configuration = {
  ...ordinary,
  services: servicesSchema.parse({
    trail: { use: "existing", existing: "arn:aws:cloudtrail:eu-west-1:111111111111:trail/aws-controltower-BaselineCloudTrail", existingBucket: "aws-controltower-logs-444444444444-eu-west-1", exceptions: ["control-tower"] },
    config: { use: "existing", aggregator: "off", exceptions: ["control-tower"] },
  }),
};

/** Every source by its second way, where it has one. */
export const switched: Configuration = {
  ...ordinary,
  sources: Object.fromEntries(sources.map(({ name, via }) => [name, { via: via.at(-1)!, mode: "force", observeIn: [] }])),
};

const keeper = { user: "arn:aws:iam::111111111111:user/keeper" };
const signedIn = { sso: { account: "333333333333", permissionSet: "Readers" } };

/** Every recorder, and every kind of person. */
export const peopled: Configuration = {
  ...ordinary,
  services: servicesSchema.parse({
    trail: { streamDays: 90, exceptBuckets: ["scratch"] },
    config: { use: "create", aggregator: "log-archive", exceptions: ["control-tower"] },
    guardDuty: { use: "create" },
    accessAnalyzer: { use: "create" },
    securityHub: { use: "create" },
  }),
  people: peopleSchema.parse({
    administrators: [keeper, { sso: { account: "111111111111", permissionSet: "Keepers" } }, { saml: "arn:aws:iam::111111111111:role/keepers", sourceIdentity: ["*@example.com"] }],
    analysts: { trusted: [signedIn, { saml: "arn:aws:iam::333333333333:role/readers/*", sourceIdentity: ["*@example.com"] }], logs: ["*"] },
    auditors: [{ name: "annual", trusted: [keeper], from: "2026-01-01", until: "2099-12-31", logs: ["vpc-flow-log"], accounts: ["444444444444"] }],
    temporary: [{ name: "incident", account: "444444444444", until: "2099-12-31", prefixes: ["AWSLogs/444444444444/vpcflowlogs/"] }],
    siem: [
      { name: "own", account: "333333333333", externalId: "an-external-id", queue: true, logs: ["trail"] },
      { name: "vendor", account: "777777777777", externalId: "another-external-id", outside: true, logs: ["config"] },
    ],
  }),
};

export const configurations: readonly (readonly [string, Configuration])[] = [
  ["an ordinary", ordinary],
  ["the largest", largest],
  ["a switched", switched],
  ["a listed", { ...ordinary, writers: ["444444444444", "555555555555"] }],
  ["a peopled", peopled],
  ["a kept", kept],
  ["a placed", placed],
  ["a CI-less", { ...ordinary, ci: undefined, breakGlass: [] }],
];
