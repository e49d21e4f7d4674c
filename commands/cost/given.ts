/** What the command is told on its command line, checked. Every mistake is one line: what was given, what is allowed. */
import { join } from "node:path";
import { sources } from "../../functions/sources";
import type { Configuration } from "../../infra/config/configuration";
import { storedLogs } from "../../infra/documents/audit-logs";
import { regionsOfPartition } from "../../infra/config/regions";
import { configurationFrom, readEntries } from "../../infra/config/read";
import { type Driver, usualDrivers } from "./assumptions";
import { type Given, recorders } from "./organization";

export class WrongArgument extends Error {}

export interface Told {
  readonly accounts?: string;
  readonly regions?: string;
  readonly resources?: readonly string[];
  readonly gb?: readonly string[];
  readonly usage?: readonly string[];
  readonly standard?: readonly string[];
  readonly keep?: readonly string[];
  readonly config?: string;
}

const names = sources.map(({ name }) => name);
/** Every kind of log that has a lifetime. */
const logs = storedLogs({ organizationId: "", sources: {} }).map(({ name }) => name);

/** `name=number` pairs of one option. @throws WrongArgument with one line */
export function pairs(option: string, given: readonly string[] = [], allowed: readonly string[], whole = false): Readonly<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const text of given) {
    const [, name, number] = /^([^=]+)=(.+)$/.exec(text) ?? [];
    if (name === undefined || number === undefined) throw new WrongArgument(`option ${option} is given ${JSON.stringify(text)}: name=number is allowed`);
    if (!allowed.includes(name)) throw new WrongArgument(`option ${option} is given ${JSON.stringify(name)}: one of ${allowed.join(", ")} is allowed`);
    if (Object.hasOwn(found, name)) throw new WrongArgument(`option ${option} is given ${name} twice: once is allowed`);
    const value = Number(number);
    if (!/^\d+(\.\d+)?(e\d+)?$/i.test(number) || !Number.isFinite(value) || (whole && !Number.isInteger(value)))
      throw new WrongArgument(`option ${option} is given ${JSON.stringify(text)}: ${whole ? "a whole number" : "a number"} of 0 or more is allowed after the =`);
    found[name] = value;
  }
  return found;
}

/** @throws WrongArgument with one line */
export function givenBy(told: Told): Given {
  if (told.accounts === undefined) throw new WrongArgument("option --accounts is missing: the number of accounts of the organization is needed, the management account among them");
  return {
    accounts: Number(told.accounts),
    resources: pairs("--resources", told.resources, names, true),
    gigabytes: pairs("--gb", told.gb, [...names, ...recorders]),
    drivers: pairs("--usage", told.usage, Object.keys(usualDrivers)) as Readonly<Partial<Record<Driver, number>>>,
  };
}

/** @throws WrongArgument with one line */
function regionsGiven({ regions }: Told): readonly string[] | undefined {
  const given = regions?.split(",");
  const wrong = given?.find((region, index) => !regionsOfPartition.includes(region) || given.indexOf(region) !== index);
  if (wrong !== undefined) throw new WrongArgument(`option --regions is given ${JSON.stringify(regions)}: Regions of partition aws, each once, with commas between them are allowed, and ${JSON.stringify(wrong)} is not one more`);
  return given;
}

type Plain = Readonly<Record<string, unknown>>;
const map = (value: unknown): Plain => (typeof value === "object" && value !== null ? (value as Plain) : {});

/** The entries of a stack's file with Regions and lifetimes of the command line in their place. */
function changed(entries: Plain, told: Told): Plain {
  const regions = regionsGiven(told);
  const archive = map(entries.archive);
  const copies = map(archive.copies);
  const lifetimes: Record<string, unknown> = { ...map(archive.lifetimes) };
  const [standard, keep] = [pairs("--standard", told.standard, logs, true), pairs("--keep", told.keep, logs, true)];
  for (const log of new Set([...Object.keys(standard), ...Object.keys(keep)])) {
    const before = map(lifetimes[log]);
    // Half a lifetime would be guessed: what is not given is what the configuration has, and that is asked for below.
    lifetimes[log] = { ...before, ...(log in standard && { standardDays: standard[log] }), ...(log in keep && { keepDays: keep[log] }) };
  }
  return {
    ...entries,
    archive: {
      ...archive,
      lifetimes,
      // Copies lie as configured where both Regions are among the given ones, else in the first other.
      ...(regions && { copies: { ...copies, regions: Object.fromEntries(Object.entries(map(copies.regions)).filter(([from, to]) => regions.includes(from) && regions.includes(String(to)))) } }),
      ...(regions && archive.backupRegion !== undefined && !regions.includes(String(archive.backupRegion)) && { backupRegion: regions[0] }),
    },
    ...(regions && { regions }),
  };
}

/**
 * @param lab entries of a running lab, in the place of a file's
 * @throws ConfigurationError or WrongArgument, with one line for each problem
 */
export function configurationOf(told: Told, lab?: Plain): Configuration {
  if (lab) return configurationFrom("log-archive", changed(lab, told), "the lab's configuration of log-archive");
  const file = told.config ?? join(__dirname, "..", "..", "Pulumi.log-archive.yaml");
  return configurationFrom("log-archive", changed(readEntries(file), told), told.config ?? "Pulumi.log-archive.yaml");
}
