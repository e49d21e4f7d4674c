/**
 * The lock, word for word, for whoever reads it before it comes near their management account. `node --require
 * ts-node/register/transpile-only infra/documents/lock-page.ts` writes docs/lock.md; a test holds the two together.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { sources } from "../../functions/sources";
import type { Configuration } from "../config/configuration";
import { peopleSchema } from "../config/people";
import { readConfiguration } from "../config/read";
import { servicesSchema } from "../config/services";
import type { ControlPolicy } from "./lock";
import { minified } from "./policy";
import { quotas } from "./quotas";
import { resourceControlConcerns, resourceControlPolicies } from "./resource-control-policies";
import { reasons, serviceControlConcerns, serviceControlPolicies } from "./service-control-policies";

export const LOCK_PAGE = join(__dirname, "..", "..", "docs", "lock.md");

type Kind = "service control policy" | "resource control policy";

/** What of the configuration decides over statements, one thing at a time. */
const otherwise: readonly (readonly [when: string, so: (config: Configuration) => Partial<Configuration>])[] = [
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
  ["there is no backup account", ({ accounts: { management, logArchive, delegated } }) => ({ accounts: { management, logArchive, delegated } })],
  ["every source logs by its other way", () => ({ sources: Object.fromEntries(sources.map(({ name, via }) => [name, { via: via.at(-1)!, mode: "force", observeIn: [] }])) })],
];

function section(kind: Kind, why: ReturnType<typeof reasonsOf>, { name, description, document }: ControlPolicy): readonly string[] {
  const statements = document.Statement.flatMap((statement) => [`### ${statement.Sid}\n`, `Without it somebody ${why[statement.Sid]}.\n`, `\`\`\`json\n${JSON.stringify(statement, null, 2)}\n\`\`\`\n`]);
  return [`## ${name}\n`, `${description}. A ${kind} of ${minified(document).length} characters; ${quotas[kind]} are allowed.\n`, ...statements];
}

/** Why each statement is there, by its Sid. */
const reasonsOf = (config: Configuration) => reasons([...serviceControlConcerns(config), ...resourceControlConcerns(config)]);

const statementsOf = (config: Configuration): ReadonlyMap<string, readonly string[]> =>
  new Map([...serviceControlPolicies(config), ...resourceControlPolicies(config)].flatMap(({ document }) =>
    document.Statement.map((statement) => [statement.Sid, JSON.stringify(statement, null, 2).split("\n").map((line) => line.replace(/,$/, ""))] as const)));

/** What another configuration changes, as lines of its statements. */
function changes(config: Configuration, so: Partial<Configuration>): readonly string[] {
  const other = { ...config, ...so };
  const [before, after, why] = [statementsOf(config), statementsOf(other), reasonsOf(other)];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((sid) => {
    const [gone, come] = [before.get(sid) ?? [], after.get(sid) ?? []];
    const lines = [...gone.filter((line) => !come.includes(line)).map((line) => `-${line}`), ...come.filter((line) => !gone.includes(line)).map((line) => `+${line}`)];
    return lines.length === 0 ? [] : !before.has(sid) ? [`@ ${sid}: without it somebody ${why[sid]}`, ...lines] : after.has(sid) ? [`@ ${sid}`, ...lines] : [`@ ${sid}`, "- the statement"];
  });
}

/** Markdown. */
export function lockPage(config: Configuration): string {
  const why = reasonsOf(config);
  return [
    "# The lock\n",
    "Every statement of every control policy, as `Pulumi.management.yaml` deploys it in its last phase, with the reason for it. They",
    "are made by `infra/documents/` (`service-control-policies.ts`, `resource-control-policies.ts`), and a change of theirs shows here.",
    "Why they are written so: [decision 0003](decisions/0003-lock-by-resource.md). What is proven of them: [what is proven](what-is-proven.md).",
    "What is missed when a part of one is taken out: [removals](removals.md).\n",
    ...serviceControlPolicies(config).flatMap((policy) => section("service control policy", why, policy)),
    ...resourceControlPolicies(config).flatMap((policy) => section("resource control policy", why, policy)),
    "# What other configurations change\n",
    ...otherwise.flatMap(([when, so]) => [`## Where ${when}\n`, `\`\`\`diff\n${changes(config, so(config)).join("\n")}\n\`\`\`\n`]),
  ].join("\n");
}

if (require.main === module) writeFileSync(LOCK_PAGE, lockPage(readConfiguration("management")));
