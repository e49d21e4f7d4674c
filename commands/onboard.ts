/**
 * `npm run --silent onboard -- --name N --owner O --contents C --pii yes|no --volume-gb N --retention-days N --reader ARN...
 * --writer ARN|service [--writer-account ID] [--region R]` makes a place in the archive for what a workload logs; on a terminal it
 * asks for what is not given. `--retire NAME` takes the writer's and the readers' rights away; what is stored stays until its day.
 *
 * Both show what the next deployment of the stack log-archive would change, from its resource graph before and after, and write
 * nothing but with `--write`: then the entry into `Pulumi.log-archive.yaml` (`--config FILE`), whole or not at all. Prints the
 * place's S3 URI, its key and the policy that the writer's account gives the writer; `--json` the same. `--lab` takes the running
 * lab's configuration. Exit 2 in one line on what is not allowed.
 */
import { createInterface } from "node:readline/promises";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { KMSClient } from "@aws-sdk/client-kms";
import { STSClient } from "@aws-sdk/client-sts";
import type { Configuration } from "../infra/config/configuration";
import { ConfigurationError } from "../infra/config/problems";
import { configurationFrom, entriesIn, readEntries } from "../infra/config/read";
import { writerPolicy } from "../infra/documents/places";
import { root, writeWhole } from "../infra/kept-files";
import { synthesize } from "../infra/program/synthesize";
import { readArguments, refuse } from "./arguments";
import { assumed } from "./assumed";
import { labConnection, type LabConnection } from "./lab";
import { askFor, entryOf, lacking, missingIn, placeOptions } from "./onboard/answers";
import { changesBetween } from "./onboard/changes";
import { textOf, textWith, textWithout, withoutPlace, withPlace, type PlainEntries } from "./onboard/configuration-file";
import { keyArn } from "./onboard/key";
import { shownPlace } from "./onboard/place";
import { changesText, placeText } from "./onboard/text";

const { values } = readArguments("onboard", {
  ...placeOptions,
  retire: { type: "string", what: "a place's name" },
  write: { type: "boolean" },
  json: { type: "boolean" },
  lab: { type: "boolean" },
  config: { type: "string", what: "a file" },
});
const options: Readonly<Record<string, string | readonly string[] | boolean | undefined>> = values;
const file = typeof options.config === "string" ? options.config : join(root, "Pulumi.log-archive.yaml");
const shownFile = typeof options.config === "string" ? options.config : "Pulumi.log-archive.yaml";
const print = (text: string) => void process.stdout.write(`${text}\n`);

/** Every problem, in one line. */
function checked<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof ConfigurationError) return refuse(error.problems.join("; "));
    throw error;
  }
}

const configurationOf = (entries: PlainEntries): Configuration => checked(() => configurationFrom("log-archive", entries, options.lab ? "the lab's configuration of log-archive" : shownFile));

/** The answers, asked for where somebody is there to be asked. */
async function answers({ regions, logs: { lifetimes } }: Configuration) {
  const missing = missingIn(options);
  if (missing.length === 0) return options;
  if (!process.stdin.isTTY) return refuse(lacking(missing));
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // Ctrl-C, Ctrl-D: nobody answers any more.
  const brokenOff = () => refuse("\nthe questions are broken off: nothing is written");
  terminal.once("close", brokenOff);
  try {
    return await askFor(options, (question) => terminal.question(question), { region: regions, "retention-days": lifetimes.map(({ keepDays }) => String(keepDays)) });
  } finally {
    terminal.off("close", brokenOff).close();
  }
}

/** In the lab keys are read by its reader's role in the archive's account. */
async function kmsIn(region: string, lab: LabConnection | undefined): Promise<KMSClient> {
  if (lab === undefined) return new KMSClient({ region });
  return new KMSClient({ region, credentials: await assumed(new STSClient({ region }), `arn:aws:iam::${lab.accounts.logArchive}:role/${lab.role}`, "onboard") });
}

/**
 * Written if it is asked for, and only what was validated.
 *
 * @throws Error where the text does not read as that, which would be a bug: nothing is written then
 */
function write(change: (text: string) => string, wanted: Configuration): string | undefined {
  if (!options.write) return undefined;
  const text = change(checked(() => textOf(file)));
  if (!isDeepStrictEqual(configurationFrom("log-archive", entriesIn(text, file), shownFile), wanted)) throw new Error(`the text for ${file} does not read as what was validated`);
  writeWhole(file, text);
  return shownFile;
}

const graphs = (...configurations: readonly Configuration[]) => Promise.all(configurations.map((configuration) => synthesize("log-archive", { configuration })));

async function retire(name: string, entries: PlainEntries): Promise<void> {
  const before = configurationOf(entries);
  const after = configurationOf(checked(() => withoutPlace(entries, name, shownFile)));
  const place = before.logs.places.find((one) => one.name === name)!;
  const [old, now] = await graphs(before, after);
  const changes = changesBetween(old!, now!);
  const left = shownPlace(after, place, now!);
  const written = write((text) => textWithout(text, name), after);
  if (options.json) return print(JSON.stringify({ retired: name, left, changes, written: written ?? null }, null, 2));
  print(`${name} is retired: nobody writes or reads there, and what is stored stays until its day\n\n${placeText(left)}\n\nthe next deployment of log-archive changes\n${changesText(changes)}`);
  print(written === undefined ? "\nnothing is written: --write writes it" : `\nwritten into ${written}`);
}

async function takeIn(entries: PlainEntries, lab: LabConnection | undefined): Promise<void> {
  const before = configurationOf(entries);
  const entry = entryOf(await answers(before));
  const after = configurationOf(withPlace(entries, entry));
  const place = after.logs.places.at(-1)!;
  const [old, now] = await graphs(before, after);
  const changes = changesBetween(old!, now!);
  const shown = shownPlace(after, place, now!);
  const key = await keyArn(await kmsIn(place.region, lab), shown.keyAlias);
  const policy = typeof place.writer === "string" ? writerPolicy(after, place, key ?? `arn:aws:kms:${place.region}:${after.accounts.logArchive}:key/*`) : null;
  const written = write((text) => textWith(text, entry), after);
  if (options.json) return print(JSON.stringify({ ...shown, key: key ?? null, writerPolicy: policy, entry, changes, written: written ?? null }, null, 2));
  print(`${placeText(shown)}\nkey ARN  ${key ?? "not known here: the stack is not deployed, or these credentials may not describe its keys"}`);
  print(policy === null ? `\n${shown.admitted[0]!.who[0]} writes as itself: no policy of an account is needed` : `\npolicy for the writer, in its own account\n${JSON.stringify(policy, null, 2)}`);
  print(`\nthe next deployment of log-archive changes\n${changesText(changes)}`);
  print(written === undefined ? "\nnothing is written: --write writes it" : `\nwritten into ${written}`);
}

async function main(): Promise<void> {
  if (options.lab && options.config !== undefined) refuse("option --config is given with --lab: the lab has a configuration of its own");
  if (options.lab && options.write) refuse("option --write is given with --lab: the lab's configuration lies in no file");
  const given = Object.keys(placeOptions).find((flag) => options[flag] !== undefined);
  if (options.retire !== undefined && given !== undefined) refuse(`option --${given} is given with --retire: a place is taken in or retired`);
  const role = typeof options.writer === "string" && options.writer.startsWith("arn:");
  if (role && options["writer-account"] !== undefined) refuse("option --writer-account is given with a role as --writer: with a service it is allowed, a role's ARN names its account");
  const lab = options.lab ? await labConnection() : undefined;
  const entries = lab ? lab.configuration["log-archive"] : checked(() => readEntries(file));
  return typeof options.retire === "string" ? retire(options.retire, entries) : takeIn(entries, lab);
}

void main();
