/** The tables of an archive: one for every kind of log that its configuration stores. */
import type { Configuration } from "../../config/configuration";
import { regionsOfPartition } from "../../config/regions";
import { namesFor } from "../../names";
import type { ArchiveLog } from "../archive-logs";
import { storedLogs } from "../audit-logs";
import { cloudFrontAccess, s3Access, storeAccess } from "./edge-and-storage";
import { albAccess, albAccessText, albConnection, albConnectionText, clbAccess, nlbAccess, nlbAccessText } from "./load-balancers";
import { flowLog, resolverQueryLog } from "./network";
import { configuration, guardDuty, trail } from "./recorders";
import type { Shape, Table } from "./table";

/** By kind of log, and by how it is turned on where that decides the format. */
const shapes: Readonly<Record<string, Shape | { readonly delivery: Shape; readonly switch: Shape }>> = {
  "alb-access": { delivery: albAccess, switch: albAccessText },
  "alb-connection": { delivery: albConnection, switch: albConnectionText },
  "clb-access": clbAccess,
  "cloudfront-access": cloudFrontAccess,
  config: configuration,
  guardduty: guardDuty,
  "nlb-access": { delivery: nlbAccess, switch: nlbAccessText },
  "resolver-query-log": resolverQueryLog,
  "s3-access": s3Access,
  "store-access": storeAccess,
  trail,
  "vpc-flow-log": flowLog,
};

/** Stored, and no table: why. */
export const withoutTable: Readonly<Record<string, string>> = {
  "store-inventory": "an inventory is read by its manifest, one a bucket and day, in the format that the configuration chooses",
};

/** The logs that lie in one Region's bucket, whichever Region they are of. */
const home = new Set(["trail", "cloudfront-access"]);

const shapeOf = (name: string, via: "delivery" | "switch"): Shape | undefined => {
  const found = shapes[name];
  return found && "delivery" in found ? found[via] : found;
};

/** The name of a kind of log's table. */
export const tableOf = ({ name }: Pick<ArchiveLog, "name">): string => name.replaceAll("-", "_");

/**
 * @throws Error naming a kind of log that has neither a table nor a reason for none
 */
export function tablesFor(config: Configuration): readonly Table[] {
  const { logBucket } = namesFor(config);
  return storedLogs(config).flatMap((log): readonly Table[] => {
    if (log.name in withoutTable) return [];
    // The first part of a kind's name is its source's.
    const shape = shapeOf(log.name, config.sources[log.name.split("-")[0]!]?.via ?? "delivery");
    if (!shape) throw new Error(`no table is known for the log ${log.name}: infra/documents/tables has to be given one`);
    const atHome = home.has(log.name);
    return [
      {
        ...shape,
        name: tableOf(log),
        log: log.name,
        bucket: logBucket(log.store, atHome ? config.homeRegion : "${region}", log.naming),
        keys: log.keys.replaceAll("{account}", "${account}").slice(0, -1) + shape.rest,
        regions: log.name === "trail" ? regionsOfPartition : atHome ? [] : config.regions,
      },
    ];
  });
}
