/** The accounts of the organization, as AWS Organizations tells the management account and delegated administrators. */
import { ListAccountsCommand, type OrganizationsClient } from "@aws-sdk/client-organizations";
import { allPages } from "./preflight/finding";

/** Every account that is at work, in the order of their ids. @throws what Organizations throws */
export async function activeAccounts(client: OrganizationsClient): Promise<readonly string[]> {
  const all = await allPages(async (NextToken) => {
    const page = await client.send(new ListAccountsCommand({ NextToken }));
    return { items: page.Accounts, next: page.NextToken };
  });
  return all.filter(({ Status }) => Status === "ACTIVE").flatMap(({ Id }) => Id ?? []).sort();
}
