/**
 * `npm run --silent catalogue [-- --write]` compares the catalogue of weakening actions that is checked in with what AWS's
 * service authorization data says now: one line an action, type or key that is new, gone or changed, and exit 1 if there
 * is any. `--write` updates the file. A new read that is harmless belongs on the list in
 * infra/documents/harmless-reads.ts instead.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { CATALOGUE } from "../policy-pack/catalogue";
import { differences } from "../policy-pack/catalogue/differences";
import { generate } from "../policy-pack/catalogue/generate";
import { unpack, written, type Catalogue } from "../policy-pack/catalogue/format";
import { ordinary } from "../infra/documents/configurations-for-tests";
import { readArguments } from "./arguments";

async function main(): Promise<void> {
  const { values } = readArguments("catalogue", { write: { type: "boolean" } });
  const now = await generate(ordinary);
  const before = existsSync(CATALOGUE) ? (JSON.parse(readFileSync(CATALOGUE, "utf8")) as Catalogue) : {};
  const lines = differences(unpack(before), unpack(now));
  for (const line of lines) process.stdout.write(`${line}\n`);
  if (values.write) writeFileSync(CATALOGUE, written(now));
  else process.exitCode = lines.length > 0 ? 1 : 0;
}

void main();
