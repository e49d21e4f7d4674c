/**
 * `npm run --silent doctor -- [--source S] [--account A] [--region R] [--resource ARN] [--role NAME] [--lab] [--json]
 * [--config FILE]` walks from a missing log to its cause: what was found, what could not be read, and the one change that
 * would mend it (docs/doctor.md). It changes nothing: of what AWS offers it calls what reads, and assumes the role that
 * `--role` names, path included, in each account. Without a role only the caller's own account is read.
 *
 * Exit 0 healthy and all read, 1 a cause found, 3 something unread and nothing found, 2 bad input.
 */
import { sources } from "../functions/sources";
import type { Configuration } from "../infra/config/configuration";
import { readArguments, refuse } from "./arguments";
import { configurationOrRefuse } from "./configuration";
import { makeAccess } from "./doctor/access";
import { doctorPage } from "./doctor/document";
import { examine, scopeOf } from "./doctor/examine";
import { exitCodeOf, linesOf } from "./doctor/report";
import { labConnection } from "./lab";

const { values } = readArguments("doctor", {
  source: { type: "string", allowed: [...sources.map(({ name }) => name), "trail"] },
  account: { type: "string", what: "an account id (12 digits)", valid: (value) => /^\d{12}$/.test(value) },
  region: { type: "string", what: "a governed Region" },
  resource: { type: "string", what: "a resource's ARN", valid: (value) => /^arn:aws:[^:]+:[^:]*:\d*:.+$/.test(value) },
  role: { type: "string", what: "a role's name, its path included", valid: (value) => /^[\w+=,.@/-]+$/.test(value) },
  lab: { type: "boolean" },
  page: { type: "boolean" },
  json: { type: "boolean" },
  config: { type: "string", what: "a file" },
});

/** A resource's ARN may name its account and Region: then nothing else is looked at. */
function asked(config: Configuration) {
  const [, , , region = "", account = ""] = values.resource?.split(":") ?? [];
  if (values.region !== undefined && !config.regions.includes(values.region)) refuse(`option --region is given ${JSON.stringify(values.region)}: one of ${config.regions.join(", ")} is allowed`);
  if (values.resource !== undefined && values.source === "trail") refuse("option --resource is given with --source trail: a log source, or none, is allowed with it");
  for (const [name, given, own] of [["account", values.account, account], ["region", values.region, region]] as const)
    if (given !== undefined && own !== "" && given !== own) refuse(`option --${name} is given ${JSON.stringify(given)} and --resource is of ${own}: the same, or one of the two, is allowed`);
  return scopeOf(config, { source: values.source, account: values.account ?? (account || undefined), region: values.region ?? (region || undefined), resource: values.resource });
}

const print = (text: string) => void process.stdout.write(`${text}\n`);

async function main(): Promise<void> {
  if (values.page) return print(doctorPage().trimEnd());
  if (values.lab && values.config !== undefined) refuse("option --config is given with --lab: the lab has a configuration of its own");
  const lab = values.lab ? await labConnection() : undefined;
  const config = lab?.configurationOf("delegated") ?? configurationOrRefuse("delegated", values.config);
  const scope = asked(config);
  const diagnosis = await examine(await makeAccess(values.role ?? lab?.role), config, scope);
  if (values.json) print(JSON.stringify(diagnosis, null, 2));
  else for (const line of linesOf(diagnosis)) print(line);
  process.exitCode = exitCodeOf(diagnosis);
}

main().catch((error: unknown) => {
  const { name, message } = error as Error;
  if (name === "CredentialsProviderError") refuse("no AWS credentials were found: any that can read are needed");
  // AWS could not be reached: no line can be trusted, and it is no bug of ours.
  if ("code" in (error as Error) || name === "TimeoutError") refuse(`AWS could not be reached: ${message}`);
  // Not even who is asking could be read.
  if ((error as { $metadata?: unknown }).$metadata !== undefined) refuse(`AWS answered ${name}: ${message}`);
  throw error;
});
