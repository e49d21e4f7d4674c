/**
 * The lock, word for word, for whoever reads it before it comes near their management account. `node --require
 * ts-node/register/transpile-only infra/documents/lock-page.ts` writes docs/lock.md; a test holds the two together.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Configuration } from "../config/configuration";
import { readConfiguration } from "../config/read";
import type { ControlPolicy } from "./lock";
import { minified } from "./policy";
import { quotas } from "./quotas";
import { resourceControlConcerns, resourceControlPolicies } from "./resource-control-policies";
import { reasons, serviceControlConcerns, serviceControlPolicies } from "./service-control-policies";

export const LOCK_PAGE = join(__dirname, "..", "..", "docs", "lock.md");

function section(kind: "service control policy" | "resource control policy", why: Readonly<Record<string, string>>, { name, description, document }: ControlPolicy): readonly string[] {
  const statements = document.Statement.flatMap((statement) => [`### ${statement.Sid}\n`, `Without it somebody ${why[statement.Sid]}.\n`, `\`\`\`json\n${JSON.stringify(statement, null, 2)}\n\`\`\`\n`]);
  return [`## ${name}\n`, `${description}. A ${kind} of ${minified(document).length} characters; ${quotas[kind]} are allowed.\n`, ...statements];
}

/** Markdown. */
export function lockPage(config: Configuration): string {
  const services = reasons(serviceControlConcerns(config));
  const resources = reasons(resourceControlConcerns(config));
  return [
    "# The lock\n",
    "Every statement of every control policy, as `Pulumi.management.yaml` deploys it in its last phase, with the reason for it. They",
    "are made by `infra/documents/` (`service-control-policies.ts`, `resource-control-policies.ts`), and a change of theirs shows here.",
    "Why they are written so: [decision 0003](decisions/0003-lock-by-resource.md). What is proven of them: [what is proven](what-is-proven.md).",
    "What is missed when a part of one is taken out: [removals](removals.md).\n",
    ...serviceControlPolicies(config).flatMap((policy) => section("service control policy", services, policy)),
    ...resourceControlPolicies(config).flatMap((policy) => section("resource control policy", resources, policy)),
  ].join("\n");
}

if (require.main === module) writeFileSync(LOCK_PAGE, lockPage(readConfiguration("management")));
