/**
 * `npm run --silent cost -- --accounts N` says what the whole system costs a month: by line, in the first month and when as
 * much ends as comes in, and each source's logs by a delivery, by the switch and by CloudWatch's telemetry rules.
 *
 * `--regions a,b`, `--standard log=days` and `--keep log=days` replace what the configuration says; `--resources source=N` and
 * `--gb source=N` are of the whole organization, `--usage name=N` of one account and Region; what is not given is assumed,
 * and said. `--lab` takes the configuration and the accounts of the running lab. Asks AWS nothing. Exit 2 on a wrong argument or
 * configuration.
 */
import { writeFileSync } from "node:fs";
import { ConfigurationError } from "../infra/config/problems";
import { readArguments, refuse } from "./arguments";
import { billOf } from "./cost/bill";
import { configurationOf, givenBy, WrongArgument } from "./cost/given";
import { organizationOf } from "./cost/organization";
import { page } from "./cost/page";
import { priceDate } from "./cost/price";
import { sideBySide } from "./cost/side-by-side";
import { asText } from "./cost/text";
import { labConnection } from "./lab";

const wholeNumber = { type: "string", what: "a whole number of 1 or more", valid: (value: string) => /^[1-9]\d{0,5}$/.test(value) } as const;
const pair = (name: string) => ({ type: "string", what: `${name}=number`, repeated: true }) as const;

const { values: options } = readArguments("cost", {
  accounts: wholeNumber,
  regions: { type: "string", what: "Regions with commas between them" },
  resources: pair("source"),
  gb: pair("source"),
  usage: pair("name"),
  standard: pair("log"),
  keep: pair("log"),
  format: { type: "string", allowed: ["table", "html"] },
  json: { type: "boolean" },
  out: { type: "string", what: "a file" },
  lab: { type: "boolean" },
  config: { type: "string", what: "a file" },
});

/** What the user can mend is one line; a bug keeps its stack. */
function orRefuse<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof ConfigurationError) return refuse(error.problems.join("; "));
    if (error instanceof WrongArgument) return refuse(error.message);
    throw error;
  }
}

function show(text: string): void {
  if (options.out === undefined) return void process.stdout.write(text);
  try {
    writeFileSync(options.out, text);
  } catch (error) {
    refuse(`option --out is given ${JSON.stringify(options.out)}: it can't be written (${(error as NodeJS.ErrnoException).code ?? String(error)})`);
  }
}

async function main(): Promise<void> {
  if (options.json && options.format !== undefined) refuse("option --json is given with --format: one of them is allowed");
  if (options.lab && options.config !== undefined) refuse("option --lab is given with --config: one of them is allowed");
  const lab = options.lab ? await labConnection() : undefined;
  const accounts = options.accounts ?? (lab && String(Object.values(lab.accounts).flat().length));
  const given = orRefuse(() => givenBy({ ...options, accounts }));
  const organization = organizationOf(orRefuse(() => configurationOf(options, lab?.configuration["log-archive"])), given);
  const [bill, rows] = [billOf(organization), sideBySide(organization)];
  if (options.format === "html") return show(page(organization, bill, rows));
  if (!options.json) return show(asText(organization, bill, rows));
  const { sizes, drivers, config } = organization;
  show(`${JSON.stringify({ prices: priceDate, accounts: organization.accounts, regions: config.regions, sizes, drivers, bill, sideBySide: rows }, null, 2)}\n`);
}

void main();
