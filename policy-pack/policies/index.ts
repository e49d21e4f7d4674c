/**
 * The rules of the pack: every file beside this one, in the order of its name, which is the rule's id.
 *
 * Adding a rule is adding a file (and its line in the test that pins the list).
 */
import { readdirSync } from "node:fs";
import { join, parse } from "node:path";
import type { Rule } from "../rule";

export interface NamedRule extends Rule {
  /** Kebab-case, the file's name. */
  readonly id: string;
}

function read(id: string): NamedRule {
  // A rule's id is its file's name, so this is the one place that requires by path.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { rule } = require(join(__dirname, id)) as { rule: Rule };
  return { id, ...rule };
}

export const rules: readonly NamedRule[] = readdirSync(__dirname)
  .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts") && file !== "index.ts")
  .map((file) => parse(file).name)
  .sort()
  .map(read);
