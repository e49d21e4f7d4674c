/** Every obligation of the pack over stacks and their templates: `obligations.ts FILE`, the stacks as JSON; prints what it took, as a line of JSON. */
import "../../policy-pack/heap";
import { readFileSync } from "node:fs";
import type { Stack } from "../../lab/scenario/proofs";
import { proverOf } from "../../policy-pack/kept-provers";
import { askedOfAll } from "../../policy-pack/removals/asked";
import { documentsIn } from "../../policy-pack/removals/documents";

async function main([file = ""]: readonly string[]): Promise<void> {
  const stacks = JSON.parse(readFileSync(file, "utf8")) as readonly Stack[];
  const documents = (await Promise.all(stacks.map(({ graph, configuration }) => documentsIn(graph, configuration)))).flat();
  const questions = await askedOfAll(documents);
  const start = process.hrtime.bigint();
  const answers = questions.flatMap(({ question: { layers, goals } }) => goals.map(proverOf(layers)));
  const ms = Number(process.hrtime.bigint() - start) / 1e6;
  process.stdout.write(`${JSON.stringify({ ms, verdicts: answers.map(({ verdict }) => verdict), peakMB: process.resourceUsage().maxRSS / 1024 })}\n`);
}

void main(process.argv.slice(2));
