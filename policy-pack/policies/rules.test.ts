import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Configuration } from "../../infra/config/configuration";
import { type Cases, type Given, subjects } from "../cases/case";
import type { Verdict } from "../rule";
import { rulesTable } from "../table";
import { rules } from "./index";

const casesFolder = join(__dirname, "..", "cases");

function casesOf(id: string): Cases {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return (require(join(casesFolder, id)) as { cases: Cases }).cases;
}

async function judge(id: string, given: readonly Given[], configuration?: Configuration): Promise<readonly Verdict[]> {
  const rule = rules.find((one) => one.id === id)!;
  const all = await subjects(given);
  return Promise.all(all.map((subject) => rule.judge(subject, all, { configuration, parameters: {} })));
}

const violations = (verdicts: readonly Verdict[]): readonly string[] =>
  verdicts.flatMap((verdict) => (typeof verdict === "string" ? [] : verdict.violations));

test("the pack has exactly these rules", () => {
  expect(rules.map(({ id }) => id)).toEqual([
    "archive-complete",
    "buckets-block-public-access",
    "buckets-encrypted",
    "buckets-have-policy",
    "buckets-object-locked",
    "buckets-owner-enforced",
    "buckets-versioned",
    "bus-open-to-our-roles",
    "code-buckets-kept",
    "condition-keys-forbidden",
    "control-policy-attachments",
    "control-policy-syntax",
    "deploy-roles-confined",
    "destinations-open-to-enforcers",
    "document-quota",
    "documents-known",
    "documents-minified",
    "enforcers-least-privilege",
    "event-targets-dead-letter",
    "exempt-keep-working",
    "exemptions-closed",
    "exemptions-fixed",
    "functions-failure-destination",
    "functions-invoked-by-our-rules",
    "keys-indestructible",
    "keys-rotated",
    "keys-used-apart",
    "lambda-runtime",
    "lifecycle-keeps-retention",
    "lock-complete",
    "lock-reaches-every-account",
    "log-buckets-audited",
    "log-buckets-copied",
    "log-buckets-kept",
    "log-buckets-written-by-services",
    "no-collateral",
    "no-generated-ids",
    "no-not-principal",
    "no-public-principals",
    "organization-never-declared",
    "outsiders-refused",
    "own-enforcers-complete",
    "owned-resources-denied",
    "pass-role-fixed",
    "people-told",
    "providers-pinned",
    "queues-fed-by-our-rules",
    "rcp-quota",
    "recorders-complete",
    "recorders-stay",
    "regions-closed",
    "resources-protected",
    "roles-complete",
    "roles-no-managed-full-access",
    "roles-no-wildcard-resources",
    "roles-permitted",
    "roles-trusted",
    "scp-quota",
    "secrets-read-by-notifier",
    "service-principals-confined",
    "services-keep-writing",
    "side-doors-closed",
    "stack-sets-settings",
    "templates-known",
    "templates-quota",
    "trail-complete",
    "weakening-calls-denied",
  ]);
});

test("every rule states its requirement in one sentence", () => {
  for (const { requirement } of rules) expect(requirement).toMatch(/^[A-Z][^\n]*[^.]\.$/);
});

test("every rule has cases and every cases file a rule", () => {
  const files = readdirSync(casesFolder).map((file) => file.replace(/\.ts$/, "")).filter((file) => file !== "case");
  expect(files.sort()).toEqual(rules.map(({ id }) => id));
});

describe.each(rules.filter(({ id }) => existsSync(join(casesFolder, `${id}.ts`))).map(({ id }) => id))("%s", (id) => {
  const { passes, fails, configuration } = casesOf(id);
  for (const [what, given] of Object.entries(passes))
    test(`lets pass ${what}`, async () => {
      const verdicts = await judge(id, given, configuration);
      expect(violations(verdicts)).toEqual([]);
      expect(verdicts).toContain("compliant");
    });
  for (const [what, [says, ...given]] of Object.entries(fails))
    test(`refuses ${what}`, async () => {
      expect(violations(await judge(id, given, configuration)).join("\n")).toMatch(says);
    });
  test("says nothing about a resource of another kind", async () => {
    expect(await judge(id, [{ type: "aws:ec2/vpc:Vpc" }])).toEqual([]);
  });
});

test("the README's table is the rules", () => {
  expect(readFileSync(join(__dirname, "..", "README.md"), "utf8")).toContain(rulesTable(rules));
});
