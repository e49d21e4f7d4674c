/**
 * Tables over the stored logs, and a workgroup for each reader who asks by Athena.
 *
 * They hold no log, so nothing here is protected or locked: what is deleted or altered is told like every write in this account,
 * comes back with the next deployment, and `npm run query` reads the logs without them (docs/decisions/0013).
 */
import * as aws from "@pulumi/aws";
import { askingRoles } from "../documents/reader-roles";
import { tablesFor } from "../documents/tables";
import { glueTable } from "../documents/tables/glue";
import type { Stack } from "../stack";

/** What one query may read: about 5 USD. Whoever has to read more narrows accounts or days, or asks twice. */
const MOST_BYTES = 1024 ** 4;

export function tables({ config, names, account, options }: Stack): void {
  const region = config.homeRegion;
  const database = new aws.glue.CatalogDatabase("logs", { region, catalogId: account, name: names.logDatabase, description: "The organization's logs, by kind" }, options);
  for (const table of tablesFor(config)) {
    const { storageDescriptor, partitionKeys, ...about } = glueTable(table, region);
    const { serDeInfo, columns, ...stored } = storageDescriptor;
    new aws.glue.CatalogTable(
      table.name,
      { region, catalogId: account, databaseName: database.name, ...about, partitionKeys: [...partitionKeys], storageDescriptor: { ...stored, columns: [...columns], serDeInfo } },
      { ...options, parent: database },
    );
  }
  for (const role of askingRoles(config))
    new aws.athena.Workgroup(
      names.logWorkgroup(role),
      {
        region,
        name: names.logWorkgroup(role),
        description: `Queries of ${role}`,
        forceDestroy: true,
        configuration: {
          // Nobody's own client sends results, or what they are encrypted with, elsewhere.
          enforceWorkgroupConfiguration: true,
          bytesScannedCutoffPerQuery: MOST_BYTES,
          publishCloudwatchMetricsEnabled: true,
          // In storage of Athena's own, encrypted, for a day: there is no bucket that others could reach.
          managedQueryResultsConfiguration: { enabled: true },
        },
      },
      options,
    );
}
