/**
 * What a reader of the archive needs to ask it by Athena: a workgroup of its own, and the tables of the logs that it may read.
 * What of them it then sees, its right to read the objects says, since Athena reads with the reader's own rights.
 *
 * https://docs.aws.amazon.com/athena/latest/ug/managed-results.html: whoever may use a workgroup may fetch every result in it,
 * so a workgroup that readers share would show an auditor what an analyst found.
 * https://docs.aws.amazon.com/athena/latest/ug/fine-grained-access-to-glue-resources.html: of a table its database and catalog are asked
 * too, and of each catalog the database `default`. With partition projection nobody asks for partitions.
 */
import type { Condition, Permission } from "../../functions/sources/log-source";
import type { Configuration } from "../config/configuration";
import { namesFor } from "../names";

/** ARNs of the archive's catalog, of a database in it, and of a table in the logs' own. */
export function catalogArns(config: Configuration) {
  const { homeRegion, accounts, logDatabase } = namesFor(config);
  const here = (resource: string) => `arn:aws:glue:${homeRegion}:${accounts.logArchive}:${resource}`;
  return { catalog: here("catalog"), database: (name = logDatabase) => here(`database/${name}`), table: (name: string) => here(`table/${logDatabase}/${name}`) };
}

export const workgroupArn = (config: Configuration, workgroup: string): string => `arn:aws:athena:${config.homeRegion}:${config.accounts.logArchive}:workgroup/${workgroup}`;

/** @param role the reader's, as its workgroup is named @param tables by name */
export function queryPermissions(config: Configuration, role: string, tables: readonly string[], when: Condition): readonly Permission[] {
  const { catalog, database, table } = catalogArns(config);
  return [
    {
      actions: ["athena:GetQueryExecution", "athena:GetQueryResults", "athena:StartQueryExecution", "athena:StopQueryExecution"],
      resources: [workgroupArn(config, namesFor(config).logWorkgroup(role))],
      condition: when,
    },
    { actions: ["glue:GetDatabase"], resources: [catalog, database(), database("default")], condition: when },
    { actions: ["glue:GetTable"], resources: [catalog, database(), ...tables.map(table)], condition: when },
  ];
}
