/** Whether every governed Region is enabled in the management account and in every member. */
import { ListRegionsCommand, type AccountClient, type Region } from "@aws-sdk/client-account";
import { ListAccountsCommand, type Account, type OrganizationsClient } from "@aws-sdk/client-organizations";
import type { Configuration } from "../../infra/config/configuration";
import { allPages, missing, ok, reading, type Finding } from "./finding";

const CHECK = "Regions";

/** Said where a member's Regions can't be read. https://docs.aws.amazon.com/accounts/latest/reference/using-orgs-trusted-access.html */
const HINT = "for members it takes trusted access as well: aws organizations enable-aws-service-access --service-principal account.amazonaws.com";

/**
 * The governed Regions that are not enabled in an account.
 *
 * StackSets deploys to a Region that was opted into only where both the member and the management account have it.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-opt-in-regions.html
 *
 * @param account undefined stands for the management account, whose own id AWS does not take
 */
export function regionFindings(account: string | undefined, regions: readonly Region[], governed: readonly string[]): readonly Finding[] {
  const status = (name: string) => regions.find(({ RegionName }) => RegionName === name)?.RegionOptStatus ?? "unknown to AWS";
  const who = account ?? "the management account";
  return governed
    .filter((name) => !["ENABLED", "ENABLED_BY_DEFAULT"].includes(status(name)))
    .map((name) => missing(CHECK, `${name} is ${status(name)} in ${who}`, `aws account enable-region${account === undefined ? "" : ` --account-id ${account}`} --region-name ${name}`));
}

/** The members that a Region has to be enabled in: all but the management account and those that are closed. */
export function membersOf(accounts: readonly Account[], management: string): readonly string[] {
  return accounts.filter(({ Id, Status }) => Id !== management && Status === "ACTIVE").map(({ Id = "" }) => Id);
}

export async function checkRegions(
  organizations: Pick<OrganizationsClient, "send">,
  accountClient: Pick<AccountClient, "send">,
  config: Pick<Configuration, "accounts" | "regions">,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  let read = 0;
  const check = async (account: string | undefined) => {
    const regions = await allPages(async (token) => {
      const answer = await accountClient.send(new ListRegionsCommand({ ...(account === undefined ? {} : { AccountId: account }), MaxResults: 50, NextToken: token }));
      return { items: answer.Regions, next: answer.NextToken };
    });
    read += 1;
    return regionFindings(account, regions, config.regions);
  };
  findings.push(...(await reading(CHECK, "account:ListRegions", () => check(undefined))));
  findings.push(
    ...(await reading(CHECK, "organizations:ListAccounts", async () => {
      const accounts = await allPages(async (token) => {
        const { Accounts, NextToken } = await organizations.send(new ListAccountsCommand({ NextToken: token }));
        return { items: Accounts, next: NextToken };
      });
      const found: Finding[] = [];
      for (const member of membersOf(accounts, config.accounts.management)) {
        const ofMember = await reading(CHECK, `account:ListRegions of ${member} and every member after it`, () => check(member), HINT);
        found.push(...ofMember);
        // What is refused for one member is refused for all: one line says it for hundreds.
        if (ofMember.some(({ status }) => status === "unreadable")) break;
      }
      return found;
    })),
  );
  const enabled = ok(CHECK, `${config.regions.join(", ")} read in ${read} accounts`);
  return findings.length > 0 ? findings : [enabled];
}
