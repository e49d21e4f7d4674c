/** What a configuration's keys may not say together. */
import type { LogSource } from "../../functions/sources";
import type { Tier } from "./configuration";
import { aboutArchive } from "./contradictions-archive";
import { aboutLogs } from "./contradictions-logs";
import { aboutPeople, aboutServices } from "./contradictions-people";
import type { Entries } from "./schema";

/** A key, and the rest of the line to a person. */
export interface Contradiction {
  readonly path: readonly PropertyKey[];
  readonly line: string;
}

function repeated(path: readonly PropertyKey[], values: readonly string[]): Contradiction[] {
  return values.flatMap((value, index) =>
    values.indexOf(value) === index ? [] : [{ path: [...path, index], line: `is "${value}" a second time: each once is allowed` }],
  );
}

function aboutAccounts({ accounts, force, lock, breakGlass, ci, phase }: Entries, tier: Tier): Contradiction[] {
  const found: Contradiction[] = [];
  const roles = Object.entries(accounts);
  roles.forEach(([role, id], index) => {
    const first = roles.findIndex(([, other]) => other === id);
    if (first !== index)
      found.push({ path: ["accounts", role], line: `is "${id}", as is fall:accounts.${roles[first]![0]}: each account in one role is allowed` });
  });
  if (force.rollout === "canary" && !force.canary)
    found.push({ path: ["force", "canary"], line: 'is missing: fall:force.rollout "canary" needs an ou and its accounts' });
  const unreachable: [readonly PropertyKey[], readonly string[], string][] = [
    [["force", "canary", "accounts"], force.canary?.accounts ?? [], "StackSets never reach the management account"],
    [["lock", "scpTargets"], lock.scpTargets, "no service control policy binds the management account"],
    [["lock", "rcpTargets"], lock.rcpTargets, "no resource control policy binds the management account"],
  ];
  for (const [path, ids, why] of unreachable) {
    found.push(...repeated(path, ids));
    const index = ids.indexOf(accounts.management);
    if (index >= 0) found.push({ path: [...path, index], line: `is "${accounts.management}": any but the management account is allowed (${why})` });
  }
  if (tier === "management" && phase === "lock") {
    if (lock.scpTargets.length === 0)
      found.push({ path: ["lock", "scpTargets"], line: 'is empty: fall:phase "lock" needs at least one target' });
    if (!ci.repository && breakGlass.length === 0)
      found.push({ path: ["breakGlass"], line: "is empty, as is fall:ci.repository: nobody could deploy behind the lock, so one of them is needed" });
  }
  return found;
}

function aboutSources(entries: Entries, sources: readonly LogSource[]): Contradiction[] {
  const known = sources.map(({ name }) => name).join(", ");
  const found: Contradiction[] = [];
  for (const [name, { via, mode, observeIn }] of Object.entries(entries.sources)) {
    const source = sources.find((one) => one.name === name);
    if (!source) found.push({ path: ["sources", name], line: `is unknown: one of ${known} is allowed` });
    else if (via && !source.via.includes(via))
      found.push({ path: ["sources", name, "via"], line: `is "${via}": one of ${source.via.join(", ")} is allowed for ${source.title}` });
    if (mode === "observe" && observeIn.length > 0)
      found.push({ path: ["sources", name, "observeIn"], line: 'is given although mode is "observe": a list is allowed only with mode "force"' });
    found.push(...repeated(["sources", name, "observeIn"], observeIn));
  }
  entries.exclusions.forEach(({ source, region }, index) => {
    if (!sources.some(({ name }) => name === source))
      found.push({ path: ["exclusions", index, "source"], line: `is "${source}": one of ${known} is allowed` });
    if (region !== "*" && !entries.regions.includes(region))
      found.push({ path: ["exclusions", index, "region"], line: `is "${region}", which is not governed: one of ${entries.regions.join(", ")} or "*" is allowed` });
  });
  return found;
}

/**
 * Everything that the keys contradict each other in; empty if they agree.
 *
 * @param entries values that are each allowed by themselves
 * @param sources the table of log sources
 * @param today as in `2027-01-31`, in UTC
 */
export function contradictions(entries: Entries, tier: Tier, sources: readonly LogSource[], today: string): readonly Contradiction[] {
  const found = repeated(["regions"], entries.regions);
  if (!entries.regions.includes("us-east-1"))
    found.push({ path: ["regions"], line: "has no us-east-1: it is always governed, since global services log their calls there" });
  found.push(
    ...repeated(["webhooks"], entries.webhooks.map(({ name }) => name)),
    ...(Array.isArray(entries.writers) ? repeated(["writers"], entries.writers) : []),
    ...aboutAccounts(entries, tier),
    ...aboutSources(entries, sources),
    ...aboutArchive(entries),
    ...aboutServices(entries),
    ...aboutPeople(entries, today),
    ...aboutLogs(entries),
  );
  return found;
}
