import { readFileSync } from "node:fs";
import { rules } from "./policies";
import { PROVEN, proven } from "./proven";

test("docs/what-is-proven.md is what the obligations say", () => {
  expect(readFileSync(PROVEN, "utf8")).toBe(proven(rules));
});

test("every obligation is in it, with what it does not cover", () => {
  const page = proven(rules);
  for (const id of ["owned-resources-denied", "exemptions-closed", "no-collateral", "outsiders-refused"]) expect(page).toContain(`## \`${id}\`\n`);
  expect(page.match(/\*\*Not covered\.\*\*/g)?.length).toBe(page.match(/\*\*Asked of\.\*\*/g)?.length);
});
