/** The notifier's status table, read from the emulator itself: under the lock nobody but the notifier and the watcher may. */
import type { Lab } from "./start";

/** A client of the emulator, around the proxy, with the delegated account's rights. */
export const directly = ({ motoUrl, world, organization }: Lab) => ({
  endpoint: motoUrl,
  region: world.names.homeRegion,
  credentials: organization.delegated.admin.credentials,
});

/** The key of every row that says that a webhook was sent a message: both are in it. */
export async function sentRows({ motoUrl, world: { names } }: Lab): Promise<readonly string[]> {
  const asked = new URLSearchParams({ account: names.accounts.delegated, region: names.homeRegion, table: names.statusTable, having: "sent" });
  const keys = (await (await fetch(`${motoUrl}/lab/keys?${asked}`)).json()) as readonly (readonly [string, string])[];
  return keys.map((key) => key.join(" "));
}
