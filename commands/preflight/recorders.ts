/**
 * Who watches already: GuardDuty, Security Hub and Access Analyzer, of each of which an organization and Region takes one
 * administrator and the delegated account one. What is there is adopted by one line of the configuration.
 *
 * The management account sees who administers; what the delegated account has of its own is read with its credentials, where
 * they are given.
 */
import { type AccessAnalyzerClient, ListAnalyzersCommand } from "@aws-sdk/client-accessanalyzer";
import { DescribePublishingDestinationCommand, type GuardDutyClient, ListDetectorsCommand, ListOrganizationAdminAccountsCommand as ListGuardDutyAdministratorsCommand, ListPublishingDestinationsCommand } from "@aws-sdk/client-guardduty";
import { ListDelegatedAdministratorsCommand, type OrganizationsClient } from "@aws-sdk/client-organizations";
import { DescribeHubCommand, GetFindingAggregatorCommand, ListFindingAggregatorsCommand, ListOrganizationAdminAccountsCommand as ListHubAdministratorsCommand, type SecurityHubClient } from "@aws-sdk/client-securityhub";
import type { Configuration } from "../../infra/config/configuration";
import type { ServiceUse } from "../../infra/config/services";
import { namesFor } from "../../infra/names";
import { allPages, missing, ok, reading, type Finding } from "./finding";

/** Clients by Region, with one account's credentials. */
export type In<Client extends { send: unknown }> = Readonly<Record<string, Pick<Client, "send">>>;

export interface Watching {
  readonly organizations: Pick<OrganizationsClient, "send">;
  readonly guardDuty: In<GuardDutyClient>;
  readonly securityHub: In<SecurityHubClient>;
  /** The same with the delegated account's credentials; undefined where there are none. */
  readonly delegated?: { readonly guardDuty: In<GuardDutyClient>; readonly securityHub: In<SecurityHubClient>; readonly accessAnalyzer: In<AccessAnalyzerClient> };
}

export interface Seen {
  /** By Region: the account that administers the service in the organization, "" where none is appointed. */
  readonly administrators: Readonly<Record<string, string>>;
  /** Whether the management account may administer it without an appointment. */
  readonly byManagement?: true;
  /** Regions in which the delegated account has what would be created, made by somebody else; undefined: not read. */
  readonly theirs?: readonly string[];
}

/** @param what it is that the delegated account has one of: "a detector" */
export function watchingFinding(check: string, key: string, what: string, use: ServiceUse, delegated: string, { administrators, byManagement, theirs }: Seen): Finding {
  const set = (value: ServiceUse) => `pulumi config set --path fall:services.${key}.use ${value}`;
  const others = Object.entries(administrators).filter(([, account]) => account !== "" && account !== delegated);
  const named = others.map(([region, account]) => `${account} in ${region}`).join(", ");
  const without = Object.keys(administrators).filter((region) => administrators[region] === "");
  if (use === "create" && others.length > 0) return missing(check, `administered by ${named}, and a Region takes one administrator`, set("existing"));
  if (use === "create" && (theirs ?? []).length > 0) return missing(check, `the delegated account has ${what} in ${theirs!.join(", ")} that is not ours, and takes one`, set("existing"));
  if (use === "existing" && without.length > 0 && !byManagement) return missing(check, `nobody administers it in ${without.join(", ")}`, set("create"));
  const who = others.length > 0 ? `administered by ${named}` : without.length === 0 ? "administered by the delegated account" : "no administrator but the delegated account";
  if (use === "create" && theirs === undefined) return { status: "unreadable", check, detail: `${who}; whether the delegated account has ${what} was not read: --delegated-profile NAME is allowed` };
  return ok(check, `${who}; ${use === "off" ? "left as it is" : use === "existing" ? "adopted" : "nothing in the way"}`);
}

async function inEach<T>(regions: readonly string[], read: (region: string) => Promise<T>): Promise<Readonly<Record<string, T>>> {
  const found: Record<string, T> = {};
  for (const region of regions) found[region] = await read(region);
  return found;
}

const those = (found: Readonly<Record<string, boolean>>): readonly string[] => Object.keys(found).filter((region) => found[region]);

/** A detector of ours sends what it finds to the archive. */
async function foreignDetector(client: Pick<GuardDutyClient, "send">, archive: string): Promise<boolean> {
  const [DetectorId] = (await client.send(new ListDetectorsCommand({}))).DetectorIds ?? [];
  if (DetectorId === undefined) return false;
  const { Destinations = [] } = await client.send(new ListPublishingDestinationsCommand({ DetectorId }));
  for (const { DestinationId } of Destinations) {
    const { DestinationProperties } = await client.send(new DescribePublishingDestinationCommand({ DetectorId, DestinationId }));
    if (DestinationProperties?.DestinationArn?.startsWith(archive) === true) return false;
  }
  return true;
}

/** Security Hub answers an account that has none with one of these. https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_DescribeHub.html */
const noHub = ["InvalidAccessException", "ResourceNotFoundException"];

async function hasHub(client: Pick<SecurityHubClient, "send">): Promise<boolean> {
  try {
    return (await client.send(new DescribeHubCommand({}))).HubArn !== undefined;
  } catch (error) {
    if (noHub.includes((error as Error).name)) return false;
    throw error;
  }
}

/** A hub has no name or tag of ours; the aggregator that goes with ours takes in exactly the other governed Regions. */
async function isOurAggregator(client: Pick<SecurityHubClient, "send">, linked: readonly string[]): Promise<boolean> {
  const { FindingAggregators = [] } = await client.send(new ListFindingAggregatorsCommand({}));
  for (const { FindingAggregatorArn } of FindingAggregators) {
    const { RegionLinkingMode, Regions = [] } = await client.send(new GetFindingAggregatorCommand({ FindingAggregatorArn }));
    if (RegionLinkingMode === "SPECIFIED_REGIONS" && [...Regions].sort().join() === [...linked].sort().join()) return true;
  }
  return false;
}

async function foreignHubs(hubs: In<SecurityHubClient>, { regions, homeRegion }: Configuration): Promise<readonly string[]> {
  const having = those(await inEach(regions, (region) => hasHub(hubs[region]!)));
  if (!having.includes(homeRegion)) return having;
  return (await isOurAggregator(hubs[homeRegion]!, regions.filter((region) => region !== homeRegion))) ? [] : having;
}

/** One finding a service; none of a service that is neither made nor adopted here and that nobody administers. */
export async function checkWatching({ organizations, guardDuty, securityHub, delegated }: Watching, config: Configuration): Promise<readonly Finding[]> {
  const { regions, services, accounts } = config;
  const names = namesFor(config);
  const guardDutySeen = () =>
    reading("GuardDuty", "guardduty:ListOrganizationAdminAccounts (and, of the delegated account, its detectors)", async () => {
      const administrators = await inEach(regions, async (region) => (await guardDuty[region]!.send(new ListGuardDutyAdministratorsCommand({}))).AdminAccounts?.[0]?.AdminAccountId ?? "");
      const theirs = delegated && those(await inEach(regions, (region) => foreignDetector(delegated.guardDuty[region]!, names.logBucketArn("kms", region))));
      return [watchingFinding("GuardDuty", "guardDuty", "a detector", services.guardDuty.use, accounts.delegated, { administrators, theirs })];
    });
  const hubSeen = () =>
    reading("Security Hub", "securityhub:ListOrganizationAdminAccounts (and, of the delegated account, its hub)", async () => {
      const administrators = await inEach(regions, async (region) => (await securityHub[region]!.send(new ListHubAdministratorsCommand({}))).AdminAccounts?.[0]?.AccountId ?? "");
      const theirs = delegated && (await foreignHubs(delegated.securityHub, config));
      return [watchingFinding("Security Hub", "securityHub", "a hub", services.securityHub.use, accounts.delegated, { administrators, theirs })];
    });
  const analyzerSeen = () =>
    reading("Access Analyzer", "organizations:ListDelegatedAdministrators (and, of the delegated account, its analyzers)", async () => {
      const registered = await allPages(async (token) => {
        const { DelegatedAdministrators, NextToken } = await organizations.send(new ListDelegatedAdministratorsCommand({ ServicePrincipal: "access-analyzer.amazonaws.com", NextToken: token }));
        return { items: DelegatedAdministrators, next: NextToken };
      });
      const administrators = Object.fromEntries(regions.map((region) => [region, registered[0]?.Id ?? ""]));
      const foreign = async (region: string) => {
        const analyzers = await allPages(async (nextToken) => {
          const answer = await delegated!.accessAnalyzer[region]!.send(new ListAnalyzersCommand({ type: "ORGANIZATION", nextToken }));
          return { items: answer.analyzers, next: answer.nextToken };
        });
        return analyzers.some(({ name }) => name !== names.analyzer);
      };
      const theirs = delegated && those(await inEach(regions, foreign));
      return [watchingFinding("Access Analyzer", "accessAnalyzer", "an analyzer", services.accessAnalyzer.use, accounts.delegated, { administrators, byManagement: true, theirs })];
    });
  return [...(await guardDutySeen()), ...(await hubSeen()), ...(await analyzerSeen())];
}
