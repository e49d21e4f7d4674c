/**
 * The cases of `golden/`, and what the prover says of each as Markdown: whoever changes the prover sees in
 * `golden/ANSWERS.md` what changes for its readers. `node --require ts-node/register/transpile-only
 * policy-pack/prover/testing/cases.ts` writes it; a test holds it true.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeProver, sentence } from "../index";
import type { Answer } from "../types";
import { readCase, type WrittenCase } from "./golden";

const folder = join(__dirname, "..", "golden");
export const ANSWERS = join(folder, "ANSWERS.md");

export const features = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name).sort();

export const casesOf = (feature: string): readonly string[] => readdirSync(join(folder, feature)).sort();

export const cases = features.flatMap((feature) => casesOf(feature).map((file) => {
  const id = `${feature}/${file.replace(/\.json$/, "")}`;
  const written = JSON.parse(readFileSync(join(folder, feature, file), "utf8")) as WrittenCase;
  return { id, what: written.what, ...readCase(id, written) };
}));

const lines = (answer: Answer): readonly string[] => {
  if (answer.verdict !== "hole") return [sentence(answer)];
  const { request, trail } = answer.hole;
  return [
    `${sentence(answer)}: ${JSON.stringify(request)}`,
    ...trail.map(({ policy, sid, effect, matched, because }) => `- ${policy}/${sid} (${effect}) ${matched ? "matched" : "did not match"}: ${because}`),
  ];
};

export function answers(): string {
  const written = cases.map(({ id, what, goal, layers, expected: { budget } }) => {
    const answer = makeProver(layers, budget === undefined ? {} : { budget })(goal);
    return [`## ${id}`, "", what, "", "```text", ...lines(answer), "```", ""].join("\n");
  });
  return ["# What the prover answers", "", "Written by `../testing/cases.ts`, one section a golden case.", "", ...written].join("\n");
}

if (require.main === module) writeFileSync(ANSWERS, answers());
