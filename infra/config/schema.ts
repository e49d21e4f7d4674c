/**
 * What each configuration key may hold, one rule a key; what several keys say together is in `contradictions.ts`.
 *
 * Every rule's error text is the second half of a line to a person, "... is allowed": it names what is allowed, and
 * `problems.ts` puts in front of it the key and what was given.
 */
import { z } from "zod";
import { LONGEST_PREFIX } from "../names";
import { archiveSchema } from "./archive";
import { phases } from "./configuration";
import { logsSchema } from "./logs";
import { peopleSchema } from "./people";
import { account, isoDate, list, object, oneOf, region, text } from "./rules";
import { servicesSchema } from "./services";

// https://docs.aws.amazon.com/organizations/latest/APIReference/API_OrganizationalUnit.html
const ouPattern = /^ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}$/;
const rootPattern = /^r-[0-9a-z]{4,32}$/;
const ou = text(ouPattern, "an organizational unit's id (ou-abcd-12345678)");
const ouOrRoot = text(new RegExp(`${ouPattern.source}|${rootPattern.source}`), "the id of an organizational unit or of the root");
const target = text(
  new RegExp(`${ouPattern.source}|${rootPattern.source}|^\\d{12}$`),
  "the id of the root, of an organizational unit or of an account",
);
const nonEmpty = (what: string) => text(/\S/, what);

/** The keys of `Pulumi.<stack>.yaml` in the namespace `fall:`; a default here is the same in `Pulumi.yaml` (tested). */
export const entriesSchema = object({
  phase: oneOf(phases),
  prefix: text(
    new RegExp(`^[a-z][a-z0-9-]{0,${LONGEST_PREFIX - 2}}[a-z0-9]$`),
    `2 to ${LONGEST_PREFIX} lower-case letters, digits and hyphens, starting with a letter and not ending with a hyphen,`,
  ).default("fall"),
  organizationId: text(/^o-[a-z0-9]{10,32}$/, "an organization's id (o-exampleorgid)"),
  rootId: text(rootPattern, "the root's id (r-abcd)"),
  accounts: object({ management: account, logArchive: account, delegated: account, backup: account.optional() }),
  regions: list(region, "Regions"),
  force: object({
    rollout: oneOf(["canary", "organization"]).default("canary"),
    canary: object({ ou, accounts: list(account, "account ids") }).optional(),
  }).prefault({}),
  lock: object({
    scpTargets: list(target, "ids to attach service control policies to").default([]),
    rcpTargets: list(target, "ids to attach resource control policies to").default([]),
  }).prefault({}),
  sources: z
    .record(
      z.string(),
      object({
        via: oneOf(["delivery", "switch"]).optional(),
        mode: oneOf(["observe", "force"]).default("force"),
        observeIn: list(ouOrRoot, "ids of organizational units").default([]),
      }),
      { error: "a map from a log source's name to its settings" },
    )
    .default({}),
  exclusions: list(
    object({
      account,
      region: z.union([z.literal("*"), region], { error: 'a Region, or "*" for every one,' }),
      source: nonEmpty("a log source's name"),
      resource: text(/^(\*|arn:aws:.+)$/, 'an ARN of partition aws, or "*" for every resource,'),
      owner: nonEmpty("the name of whoever answers for it"),
      reason: nonEmpty("a reason in words"),
      expires: isoDate,
    }),
    "exclusions",
  ).default([]),
  sweepMinutes: z
    .int({ error: "a whole number of minutes from 5 to 1440" })
    .min(5, { error: "a whole number of minutes from 5 to 1440" })
    .max(1440, { error: "a whole number of minutes from 5 to 1440" })
    .default(60),
  reservedConcurrency: z
    .int({ error: "a whole number from 0 (nothing reserved) to 100" })
    .min(0, { error: "a whole number from 0 (nothing reserved) to 100" })
    .max(100, { error: "a whole number from 0 (nothing reserved) to 100" })
    .default(0),
  writers: z
    .union([z.literal("organization"), list(account, "account ids").min(1)], { error: '"organization", or a list of account ids,' })
    .default("organization"),
  webhooks: list(
    object({
      name: text(/^[a-z0-9][a-z0-9-]{0,31}$/, "1 to 32 lower-case letters, digits and hyphens"),
      kind: oneOf(["google-chat", "slack", "teams"]),
    }),
    "webhooks",
  ).default([]),
  ci: object({
    // The numeric ids after @ are GitHub's immutable form of the subject claim.
    repository: text(/^[\w.-]+(@\d+)?\/[\w.-]+(@\d+)?$/, "a GitHub repository (owner/name)").optional(),
    createProvider: z.boolean({ error: "true or false" }).default(true),
  }).prefault({}),
  breakGlass: list(
    text(/^arn:aws:iam::\d{12}:(role|user)\/[\w+=,.@/-]+$/, "the ARN of one role or user, without a wildcard,"),
    "ARNs",
  ).default([]),
  archive: archiveSchema.prefault({}),
  services: servicesSchema.prefault({}),
  people: peopleSchema.prefault({}),
  logs: logsSchema.prefault({}),
});

export type Entries = z.output<typeof entriesSchema>;

/** The keys whose value is a string as it stands; Pulumi hands every other key over as JSON. */
export const stringKeys: readonly string[] = ["phase", "prefix", "organizationId", "rootId"];
