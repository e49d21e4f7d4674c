/** The organization whose cost is asked for: its configuration, its size, and what is assumed of it. */
import { sources } from "../../functions/sources";
import type { LogSource } from "../../functions/sources";
import type { Configuration } from "../../infra/config/configuration";
import { anySource, type Driver, usualDrivers, usualOf } from "./assumptions";

/** Logs that no source of the table writes, whose GB may be given too. */
export const recorders = ["trail", "config", "guardduty"] as const;

export interface Given {
  /** All of the organization's, the management account among them. */
  readonly accounts: number;
  /** By source: resources in the whole organization. */
  readonly resources: Readonly<Record<string, number>>;
  /** By source or recorder: GB of logs a month in the whole organization, before compression. */
  readonly gigabytes: Readonly<Record<string, number>>;
  /** In one account and Region a month. */
  readonly drivers: Readonly<Partial<Record<Driver, number>>>;
}

export interface SourceSize {
  readonly resources: number;
  readonly gigabytes: number;
  /** Log files an hour of one resource. */
  readonly files: number;
  /** What of it was not given. */
  readonly assumed: readonly ("resources" | "gigabytes")[];
}

export interface Organization {
  readonly config: Configuration;
  readonly accounts: number;
  readonly table: readonly LogSource[];
  readonly sizes: Readonly<Record<string, SourceSize>>;
  /** As given; a recorder that is not in it is computed from the drivers. */
  readonly gigabytes: Given["gigabytes"];
  readonly drivers: Readonly<Record<Driver, number>>;
}

/** Where a source writes logs: a global one in the home Region alone. */
export const regionsOf = ({ regions, homeRegion }: Configuration, { scope }: Pick<LogSource, "scope">): readonly string[] => (scope === "global" ? [homeRegion] : regions);

/** Accounts times governed Regions: how often there is what an account and Region has. */
export const places = ({ config, accounts }: Pick<Organization, "config" | "accounts">): number => accounts * config.regions.length;

/** @param table the log sources; a test may give others */
export function organizationOf(config: Configuration, given: Given, table: readonly LogSource[] = sources): Organization {
  const sizes = table.map((source): [string, SourceSize] => {
    const usual = usualOf[source.name] ?? anySource;
    const resources = given.resources[source.name] ?? usual.resources * given.accounts * regionsOf(config, source).length;
    const gigabytes = given.gigabytes[source.name] ?? usual.gigabytes * resources;
    return [
      source.name,
      {
        resources,
        gigabytes,
        files: usual.files,
        assumed: [...(given.resources[source.name] === undefined ? ["resources" as const] : []), ...(given.gigabytes[source.name] === undefined ? ["gigabytes" as const] : [])],
      },
    ];
  });
  return { config, accounts: given.accounts, table, sizes: Object.fromEntries(sizes), gigabytes: given.gigabytes, drivers: { ...usualDrivers, ...given.drivers } };
}
