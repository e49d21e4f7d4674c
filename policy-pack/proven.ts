/**
 * What is proven, obligation by obligation, as Markdown. `node --require ts-node/register/transpile-only
 * policy-pack/proven.ts` writes docs/what-is-proven.md; a test holds the two together.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { isObligation } from "./obligation";
import { type NamedRule, rules } from "./policies";

export const PROVEN = join(__dirname, "..", "docs", "what-is-proven.md");

export function proven(all: readonly NamedRule[]): string {
  const obligations = all.filter(isObligation).map(
    ({ id, requirement, universe, notCovered }) => `## \`${id}\`\n\n${requirement}\n\n**Asked of.** ${universe}\n\n**Not covered.** ${notCovered === "" ? "Nothing that is known." : notCovered}\n`,
  );
  return [
    "# What is proven\n",
    "Before a deployment, `pulumi preview` proves each of these for every request there can be, or shows one that breaks it.",
    "The files of `policy-pack/policies/` say it; this page is computed from them (`policy-pack/proven.ts`).\n",
    "Each layer is judged alone. A stack of another project, without a `fall:` key in its configuration, is not judged: ask",
    "`npm run prove` of its policies. Not provable counts as broken.\n",
    ...obligations,
  ].join("\n");
}

if (require.main === module) writeFileSync(PROVEN, proven(rules));
