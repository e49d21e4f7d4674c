/**
 * The lock, word for word, for whoever reads it before it comes near their management account. `node --require
 * ts-node/register/transpile-only infra/documents/lock-page.ts` writes docs/lock.md; a test holds the two together.
 */
import { join } from "node:path";
import type { Configuration } from "../config/configuration";
import { onceFor } from "../config/once-for";
import { readConfiguration } from "../config/read";
import type { ControlPolicy } from "./lock";
import { changed, fenced, linesOf, pretty, whatOthersChange, writePage } from "./pages";
import { minified } from "./policy";
import { quotas } from "./quotas";
import { resourceControlConcerns, resourceControlPolicies } from "./resource-control-policies";
import { reasons, serviceControlConcerns, serviceControlPolicies } from "./service-control-policies";

export const LOCK_PAGE = join(__dirname, "..", "..", "docs", "lock.md");

type Kind = "service control policy" | "resource control policy";

function section(kind: Kind, why: ReturnType<typeof reasonsOf>, { name, description, document }: ControlPolicy): readonly string[] {
  const statements = document.Statement.flatMap((statement) => [`### ${statement.Sid}\n`, `Without it somebody ${why[statement.Sid]}.\n`, fenced("json", pretty(statement))]);
  return [`## ${name}\n`, `${description}. A ${kind} of ${minified(document).length} characters; ${quotas[kind]} are allowed.\n`, ...statements];
}

/** Why each statement is there, by its Sid. */
const reasonsOf = (config: Configuration) => reasons([...serviceControlConcerns(config), ...resourceControlConcerns(config)]);

const statementsOf = onceFor((config: Configuration): ReadonlyMap<string, readonly string[]> =>
  new Map([...serviceControlPolicies(config), ...resourceControlPolicies(config)].flatMap(({ document }) =>
    document.Statement.map((statement) => [statement.Sid, linesOf(statement)] as const))));

/** What another configuration changes, as lines of its statements. */
function changes(config: Configuration, other: Configuration): readonly string[] {
  const [before, after, why] = [statementsOf(config), statementsOf(other), reasonsOf(other)];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((sid) => {
    const lines = changed(before.get(sid) ?? [], after.get(sid) ?? []);
    return lines.length === 0 ? [] : !before.has(sid) ? [`@ ${sid}: without it somebody ${why[sid]}`, ...lines] : after.has(sid) ? [`@ ${sid}`, ...lines] : [`@ ${sid}`, "- the statement"];
  });
}

/** Markdown, in its parts. */
export function* lockPage(config: Configuration): Iterable<string> {
  const why = reasonsOf(config);
  yield* [
    "# The lock\n",
    "Every statement of every control policy, as `Pulumi.management.yaml` deploys it in its last phase, with the reason for it. They",
    "are made by `infra/documents/` (`service-control-policies.ts`, `resource-control-policies.ts`), and a change of theirs shows here.",
    "Why they are written so: [decision 0003](decisions/0003-lock-by-resource.md). What is proven of them: [what is proven](what-is-proven.md).",
    "What is missed when a part of one is taken out: [removals](removals.md). Every other policy: [documents](documents.md).\n",
  ];
  for (const policy of serviceControlPolicies(config)) yield* section("service control policy", why, policy);
  for (const policy of resourceControlPolicies(config)) yield* section("resource control policy", why, policy);
  yield* whatOthersChange(config, (other) => changes(config, other));
}

if (require.main === module) writePage(LOCK_PAGE, lockPage(readConfiguration("management")));
