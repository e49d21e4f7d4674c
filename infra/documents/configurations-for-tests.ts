/** Configurations that the documents' tests share: an ordinary one, and the one that makes every document longest. */
import { sources } from "../../functions/sources";
import type { Configuration } from "../config/configuration";
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
  services: servicesSchema.parse({}),
  people: peopleSchema.parse({}),
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

/** Every source by its second way, where it has one. */
export const switched: Configuration = {
  ...ordinary,
  sources: Object.fromEntries(sources.map(({ name, via }) => [name, { via: via.at(-1)!, mode: "force", observeIn: [] }])),
};
