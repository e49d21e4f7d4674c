/** What the pages have in common that show policies word for word: other configurations than the one shown, and what they change. */
import { writeFileSync } from "node:fs";
import { sources } from "../../functions/sources";
import type { Configuration } from "../config/configuration";
import { logsSchema } from "../config/logs";
import { peopleSchema } from "../config/people";
import { servicesSchema } from "../config/services";
import type { Statement } from "./policy";

/** Of two accounts, and judged by three different things. */
const helpers = [
  ...["333333333333:role/helpers", "333333333333:role/guests", "444444444444:role/guests"].map((who) => ({ role: `arn:aws:iam::${who}`, mfa: true })),
  { role: "arn:aws:iam::333333333333:role/analysts", mfa: true, sourceIdentity: ["*@example.com"] },
  { role: "arn:aws:iam::333333333333:role/tellers", sourceIdentity: ["*@example.com"] },
];

const place = { owner: "a team", contents: "what it does", pii: false, volumeGb: 1, keepDays: 92 };

/** What of the configuration decides over statements, one thing at a time. */
const others: readonly (readonly [when: string, so: (config: Configuration) => Partial<Configuration>])[] = [
  [
    "the landing zone's recorders are adopted",
    () => {
      const exceptions = ["control-tower"];
      const trail = { use: "existing", existing: "arn:aws:cloudtrail:eu-west-1:111111111111:trail/aws-controltower-BaselineCloudTrail", existingBucket: "aws-controltower-logs-444444444444-eu-west-1", exceptions };
      const found = { use: "existing", exceptions };
      return { services: servicesSchema.parse({ trail, config: { ...found, aggregator: "off" }, guardDuty: found, accessAnalyzer: { use: "existing" }, securityHub: found }) };
    },
  ],
  ["no recorder is wanted", () => ({ services: servicesSchema.parse({ trail: { use: "off" } }) })],
  ["what AWS Config records is gathered in the delegated account", ({ services }) => ({ services: { ...services, config: { ...services.config, aggregator: "delegated" } } })],
  ["a SIEM of ours and a vendor's read", ({ people }) => ({
    people: { ...people, siem: peopleSchema.parse({ siem: [
      { name: "own", account: "333333333333", externalId: "an-external-id", queue: true, logs: ["trail"] },
      { name: "vendor", account: "777777777777", externalId: "another-external-id", outside: true, logs: ["trail"] },
    ] }).siem },
  })],
  ["no SIEM listens", ({ people }) => ({ people: { ...people, siem: [] } })],
  ["break-glass lets people of a member account in", ({ people }) => ({
    breakGlass: ["arn:aws:iam::444444444444:user/operator"],
    people: { ...people, administrators: peopleSchema.parse({ administrators: [{ role: "arn:aws:iam::444444444444:role/operators" }, { saml: "arn:aws:iam::555555555555:role/keepers", sourceIdentity: ["*@example.com"] }] }).administrators },
  })],
  ["people deploy, and no pipeline", () => ({ ci: undefined })],
  ["services write for two accounts alone", () => ({ writers: ["555555555555", "444444444444"] })],
  ["a pipeline deploys, and nobody breaks glass", ({ people }) => ({ breakGlass: [], people: { ...people, administrators: [] } })],
  ["the archive's break-glass is everybody's", ({ people }) => ({ people: { ...people, administrators: [] } })],
  ["there is no backup account", ({ accounts: { management, logArchive, delegated }, archive }) => ({ accounts: { management, logArchive, delegated }, archive: { ...archive, backupRegion: undefined } })],
  ["a third Region is governed, and none says where its copies lie", ({ regions, archive }) => ({ regions: [...regions, "eu-west-1"], archive: { ...archive, copies: { ...archive.copies, regions: {} } } })],
  ["what services write is locked where it is written", ({ archive }) => ({ archive: { ...archive, objectLock: { ...archive.objectLock, kms: { ...archive.objectLock.kms, inPlace: true } } } })],
  ["there was never a place for what workloads log", () => ({ logs: logsSchema.parse({}) })],
  ["the last such place is retired", () => ({ logs: logsSchema.parse({ retired: ["orders-audit"] }) })],
  ["such places are of personal data, several in a bucket, or written by a service", ({ logs }) => ({
    logs: {
      ...logs,
      places: [...logs.places, ...logsSchema.parse({ places: [
        { ...place, name: "payments", pii: true, region: "eu-central-1", readers: ["arn:aws:iam::555555555555:user/auditor", "arn:aws:iam::444444444444:role/payments-audit"], writer: "arn:aws:iam::444444444444:role/payments" },
        { ...place, name: "returns", readers: ["arn:aws:iam::444444444444:role/orders-support"], writer: "arn:aws:iam::555555555555:role/returns" },
        { ...place, name: "clicks", region: "eu-central-1", writer: { service: "firehose.amazonaws.com", account: "555555555555" } },
      ] }).places],
    },
  })],
  ["Amazon GuardDuty is made here, and AWS Security Hub is not", ({ services }) => ({ services: { ...services, securityHub: { ...services.securityHub, use: "off" } } })],
  ["AWS Security Hub is made here, and Amazon GuardDuty is not", ({ services }) => ({ services: { ...services, guardDuty: { ...services.guardDuty, use: "off" } } })],
  ["AWS Config does not record", ({ services }) => ({ services: { ...services, config: { ...services.config, use: "off" } } })],
  ["the trail is not streamed", ({ services }) => ({ services: { ...services, trail: { ...services.trail, streamDays: 0 } } })],
  ["there is no webhook", () => ({ webhooks: [] })],
  ["nobody reads", () => ({ people: peopleSchema.parse({}) })],
  ["others read other logs", () => ({ people: peopleSchema.parse({
    analysts: { trusted: helpers, logs: ["*", "store-access"] },
    auditors: [{ name: "annual", trusted: [{ user: "arn:aws:iam::333333333333:user/auditor" }], from: "2026-01-01", until: "2099-12-31", logs: ["guardduty"], accounts: ["444444444444", "555555555555"], prefixes: ["AWSLogs/444444444444/CloudFront/"] }],
    temporary: [{ name: "incident-42", account: "555555555555", until: "2099-12-31", logs: ["config"] }],
  }) })],
  ["every source logs by its other way", () => ({ sources: Object.fromEntries(sources.map(({ name, via }) => [name, { via: via.at(-1)!, mode: "force", observeIn: [] }])) })],
];

export const fenced = (language: string, text: string): string => `\`\`\`${language}\n${text}\n\`\`\`\n`;

export const pretty = (value: unknown): string => JSON.stringify(value, null, 2);

export const linesOf = (statement: Omit<Statement, "Sid">): readonly string[] => pretty(statement).split("\n").map((line) => line.replace(/,$/, ""));

/** The lines of one statement, or of one that was not there, that another one has not, and those that it has beside. */
export const changed = (before: readonly string[], after: readonly string[]): readonly string[] => [
  ...before.filter((line) => !after.includes(line)).map((line) => `-${line}`),
  ...after.filter((line) => !before.includes(line)).map((line) => `+${line}`),
];

/** The part of a page that says what other configurations change, one thing at a time. @param changes as lines */
export function* whatOthersChange(config: Configuration, changes: (other: Configuration) => readonly string[]): Iterable<string> {
  yield "# What other configurations change\n";
  for (const [when, so] of others) {
    const lines = changes({ ...config, ...so(config) });
    if (lines.length > 0) yield* [`## Where ${when}\n`, fenced("diff", lines.join("\n"))];
  }
}

/** A page in its parts, which are made as they are asked for. */
export const writePage = (file: string, parts: Iterable<string>): void => writeFileSync(file, [...parts].join("\n"));
