/**
 * `npm run preflight [-- --config FILE] [--delegated-profile NAME]` reads whether an organization is ready, and prints the exact AWS command for
 * what it lacks. It changes nothing: only Get, List and Describe operations are reachable from here (a test holds it).
 *
 * Needs credentials of the management account with read access; with those of the delegated account too, by the name of a profile,
 * it reads whether GuardDuty, Security Hub and Access Analyzer are there already. One line a check; exit 0 if all is well, 1 if something
 * is missing or could not be read, 2 on a wrong argument or configuration, or without credentials.
 */
import { AccessAnalyzerClient } from "@aws-sdk/client-accessanalyzer";
import { AccountClient } from "@aws-sdk/client-account";
import { CloudFormationClient } from "@aws-sdk/client-cloudformation";
import { CloudTrailClient } from "@aws-sdk/client-cloudtrail";
import { ConfigServiceClient } from "@aws-sdk/client-config-service";
import { GuardDutyClient } from "@aws-sdk/client-guardduty";
import { OrganizationsClient } from "@aws-sdk/client-organizations";
import { SecurityHubClient } from "@aws-sdk/client-securityhub";
import type { Configuration } from "../infra/config/configuration";
import { resourceControlPolicies } from "../infra/documents/resource-control-policies";
import { serviceControlPolicies } from "../infra/documents/service-control-policies";
import { trailArn } from "../infra/documents/writers";
import { namesFor } from "../infra/names";
import { readArguments, refuse } from "./arguments";
import { configurationOrRefuse } from "./configuration";
import { type Finding, lineFor } from "./preflight/finding";
import { checkOrganization } from "./preflight/organization";
import { checkWatching } from "./preflight/recorders";
import { checkRecording } from "./preflight/recording";
import { checkRegions } from "./preflight/regions";
import { checkSlots } from "./preflight/slots";
import { checkTrustedAccess, recorderServices } from "./preflight/trusted-access";

const { values } = readArguments("preflight", { config: { type: "string", what: "a file" }, "delegated-profile": { type: "string", what: "the name of a profile" } });

/** Attempts of one call to Account Management, which answers a few a second and is asked once for each member. */
const PATIENCE = 10;

/** Each check as soon as it has ended, so that a large organization shows its progress. */
async function* findings(config: Configuration): AsyncGenerator<readonly Finding[]> {
  const home = { region: config.homeRegion };
  const organizations = new OrganizationsClient(home);
  yield await checkOrganization(organizations, config);
  yield await checkTrustedAccess(organizations, new CloudFormationClient(home), recorderServices(config.services));
  const named = (policies: readonly { readonly name: string }[]) => policies.map(({ name }) => name);
  yield await checkSlots(organizations, "SERVICE_CONTROL_POLICY", config.lock.scpTargets, named(serviceControlPolicies(config)));
  yield await checkSlots(organizations, "RESOURCE_CONTROL_POLICY", config.lock.rcpTargets, named(resourceControlPolicies(config)));
  yield await checkRegions(organizations, new AccountClient({ ...home, maxAttempts: PATIENCE }), config);
  const recording = config.regions.map((region) => [region, { cloudTrail: new CloudTrailClient({ region }), configService: new ConfigServiceClient({ region }) }] as const);
  yield await checkRecording(Object.fromEntries(recording), trailArn(config).split("/").at(-1)!, { use: config.services.config.use, recorder: namesFor(config).configRecorder });
  const profile = values["delegated-profile"];
  const inEach = <Client>(client: (region: string) => Client) => Object.fromEntries(config.regions.map((region) => [region, client(region)]));
  const watching = (as: { readonly profile?: string }) => ({ guardDuty: inEach((region) => new GuardDutyClient({ region, ...as })), securityHub: inEach((region) => new SecurityHubClient({ region, ...as })) });
  const delegated = profile === undefined ? undefined : { ...watching({ profile }), accessAnalyzer: inEach((region) => new AccessAnalyzerClient({ region, profile })) };
  yield await checkWatching({ organizations, ...watching({}), delegated }, config);
}

async function preflight(config: Configuration): Promise<void> {
  let well = true;
  for await (const found of findings(config))
    for (const finding of found) {
      well &&= finding.status === "ok";
      process.stdout.write(`${lineFor(finding)}\n`);
    }
  process.exitCode = well ? 0 : 1;
}

preflight(configurationOrRefuse("management", values.config)).catch((error: unknown) => {
  const { name, message } = error as Error;
  if (name === "CredentialsProviderError") refuse("no AWS credentials were found: those of the management account, with read access, are needed");
  // AWS could not be reached: no line can be trusted, and it is no bug of ours.
  if ("code" in (error as Error) || name === "TimeoutError") refuse(`AWS could not be reached: ${message}`);
  throw error;
});
