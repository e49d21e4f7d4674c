/**
 * `npm run --silent status -- [--account ID] [--region R] [--source S] [--state STATE] [--all] [--since DAY] [--format
 * table|csv|html] [--json] [--out FILE] [--lab] [--config FILE]` tells how every resource of every source stands, from what
 * the enforcers recorded (docs/status.md). It reads one table, asks no account, and changes nothing.
 *
 * Lists what is not logged as it should be, `--all` every resource, `--state` one state's. Needs credentials of the delegated
 * account that may `dynamodb:Query` the status table. Exit 0 if it was answered, 1 if AWS refuses, 2 on a wrong argument.
 */
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { OrganizationsClient } from "@aws-sdk/client-organizations";
import { STSClient } from "@aws-sdk/client-sts";
import { isDenial } from "../functions/notifier/denials";
import { sources } from "../functions/sources";
import type { Configuration } from "../infra/config/configuration";
import { namesFor } from "../infra/names";
import { activeAccounts } from "./accounts";
import { readArguments, refuse } from "./arguments";
import { assumed } from "./assumed";
import { configurationOrRefuse } from "./configuration";
import { labConnection } from "./lab";
import { csv } from "./status/formats/csv";
import { html } from "./status/formats/html";
import { json } from "./status/formats/json";
import { table } from "./status/formats/table";
import { fileOutput, outputTo, type Output } from "./status/output";
import { states } from "./status/rows";
import { tell } from "./status/tell";

const formats = { table, csv, html } as const;

const isDay = (value: string) => /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value));

const { values } = readArguments("status", {
  account: { type: "string", what: "an account id (12 digits)", valid: (value) => /^\d{12}$/.test(value) },
  region: { type: "string", what: "a governed Region" },
  source: { type: "string", allowed: sources.map(({ name }) => name) },
  state: { type: "string", allowed: states },
  all: { type: "boolean" },
  since: { type: "string", what: "a day (2026-11-21)", valid: isDay },
  format: { type: "string", allowed: Object.keys(formats) },
  json: { type: "boolean" },
  out: { type: "string", what: "a file" },
  lab: { type: "boolean" },
  config: { type: "string", what: "a file" },
});

/**
 * The accounts that the rollout means to reach: as AWS Organizations tells a delegated administrator, or a canary's as configured.
 * Undefined for whoever may not ask; everything else that keeps it from answering is thrown.
 */
async function meant({ accounts, force: { rollout, canary } }: Configuration, client: OrganizationsClient): Promise<readonly string[] | undefined> {
  if (rollout === "canary") return [accounts.management, ...(canary?.accounts ?? [])];
  try {
    return await activeAccounts(client);
  } catch (error) {
    if (isDenial((error as Error).name)) return undefined;
    throw error;
  }
}

/** A client of the table with the caller's credentials; in the lab, with those of its reader in the delegated account. */
async function connected(): Promise<{ readonly config: Configuration; readonly client: DynamoDBClient; readonly organizations: OrganizationsClient }> {
  if (!values.lab) {
    const config = configurationOrRefuse("delegated", values.config);
    const region = config.homeRegion;
    return { config, client: new DynamoDBClient({ region }), organizations: new OrganizationsClient({ region }) };
  }
  const lab = await labConnection("reader");
  const config = lab.configurationOf("delegated");
  const RoleArn = `arn:aws:iam::${lab.accounts.delegated}:role/${lab.role}`;
  const credentials = await assumed(new STSClient({ region: config.homeRegion }), RoleArn, "status");
  const own = { region: config.homeRegion, credentials };
  return { config, client: new DynamoDBClient(own), organizations: new OrganizationsClient(own) };
}

function output(): Output {
  if (values.out === undefined) return outputTo(process.stdout, false);
  try {
    return fileOutput(values.out);
  } catch (error) {
    return refuse((error as Error).message);
  }
}

async function main(): Promise<void> {
  const { account, region, source, state, since } = values;
  if (values.json && values.format !== undefined) refuse(`option --json is given with --format ${values.format}: one of them is allowed`);
  if (values.all && state !== undefined) refuse(`option --all is given with --state ${state}: one of them is allowed`);
  if (values.lab && values.config !== undefined) refuse("option --config is given with --lab: the lab has a configuration of its own");
  const { config, client, organizations } = await connected();
  if (region !== undefined && !config.regions.includes(region)) refuse(`option --region is given ${JSON.stringify(region)}: one of ${config.regions.join(", ")} is allowed`);
  const names = namesFor(config);
  const format = values.json ? json() : formats[(values.format ?? "table") as keyof typeof formats]();
  const known = config.phase === "prepare" ? [] : await meant(config, organizations);
  if (account !== undefined && known !== undefined && known.length > 0 && !known.includes(account))
    refuse(`option --account is given ${JSON.stringify(account)}: an account at work in the organization${config.force.rollout === "canary" ? ", among those that the rollout reaches," : ""} is allowed`);
  await tell(
    {
      client,
      table: names.statusTable,
      part: { account, region, source },
      choice: { state: states.find((one) => one === state), all: values.all ?? false },
      since,
      now: Date.now(),
      configured: { regions: config.regions, sources: sources.map(({ name, scope }) => ({ name, scope })), sweepMinutes: config.sweepMinutes },
      known,
    },
    format,
    output,
  );
}

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // Whoever reads has enough (`| head`): no failure.
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

main().catch((error: unknown) => {
  const { name, message } = error as Error;
  if (name === "CredentialsProviderError") refuse("no AWS credentials were found: those of a reader of the delegated account are needed");
  // AWS could not be reached: that is no bug of ours.
  if ("code" in (error as Error) || name === "TimeoutError") refuse(`AWS could not be reached: ${message}`);
  // What AWS refuses is the user's to mend, so no stack; anything else keeps its own.
  if ((error as { $metadata?: unknown }).$metadata === undefined) throw error;
  const elsewhere = name === "ResourceNotFoundException" ? "; the table is in the delegated account, and so must the credentials be" : "";
  process.stderr.write(`${name}: ${message}${elsewhere}\n`);
  process.exitCode = 1;
});
