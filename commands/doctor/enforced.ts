/** Where an enforcer of each source should stand. */
import type { LogSource } from "../../functions/sources";
import { regionsOf, type Ground, type Place } from "./check";

export interface Enforced extends Place {
  readonly source: LogSource;
}

/** The accounts that the rollout has reached: a canary's, or all; and management, by stacks of its own. */
export function enforcedAccounts({ config, accounts }: Pick<Ground, "config" | "accounts">): readonly string[] {
  const { rollout, canary } = config.force;
  if (config.phase === "prepare") return [];
  return rollout === "organization" ? accounts : accounts.filter((account) => canary?.accounts.includes(account));
}

/** The enforcers in scope of these accounts. */
export const enforcedPlaces = (ground: Pick<Ground, "config" | "scope">, accounts: readonly string[]): readonly Enforced[] =>
  enforcedAccounts({ config: ground.config, accounts }).flatMap((account) => ground.scope.sources.flatMap((source) => regionsOf(ground, source).map((region) => ({ source, account, region }))));

/** Every enforcer in scope whose account can be entered; an account that can't is said by `ground.access`. */
export async function enforced(ground: Ground): Promise<readonly Enforced[]> {
  const open = await Promise.all(enforcedAccounts(ground).map(async (account) => ((await ground.access.enter(account)) ? [account] : [])));
  return enforcedPlaces(ground, open.flat());
}
