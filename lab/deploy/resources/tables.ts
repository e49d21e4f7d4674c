/** The Glue catalog's tables, and Athena's workgroups. */
import { AthenaClient, CreateWorkGroupCommand, DeleteWorkGroupCommand, UpdateWorkGroupCommand, type WorkGroupConfiguration } from "@aws-sdk/client-athena";
import type { GlueColumn, GlueTable } from "../../../infra/documents/tables/glue";
import { type AnyHandler, type Context, handler } from "../handler";
import { jsonCall } from "../signed-query";

/** A service whose SDK client the project does not otherwise need. */
const glue = ({ endpoint, region, credentials }: Context, operation: string, body: Readonly<Record<string, unknown>>) =>
  jsonCall({ endpoint, region, credentials, service: "glue", target: `AWSGlue.${operation}`, body });

type Table = GlueTable & { readonly databaseName: string };

const columns = (all: readonly GlueColumn[]) => all.map(({ name, type }) => ({ Name: name, Type: type }));

function tableInput({ name, description, tableType, parameters, partitionKeys, storageDescriptor: stored }: Table) {
  return {
    Name: name,
    Description: description,
    TableType: tableType,
    Parameters: parameters,
    PartitionKeys: columns(partitionKeys),
    StorageDescriptor: {
      Location: stored.location,
      InputFormat: stored.inputFormat,
      OutputFormat: stored.outputFormat,
      Columns: columns(stored.columns),
      SerdeInfo: { SerializationLibrary: stored.serDeInfo.serializationLibrary, Parameters: stored.serDeInfo.parameters },
    },
  };
}

interface Workgroup {
  readonly name: string;
  readonly description: string;
  readonly configuration: {
    readonly enforceWorkgroupConfiguration: boolean;
    readonly bytesScannedCutoffPerQuery: number;
    readonly publishCloudwatchMetricsEnabled: boolean;
    readonly managedQueryResultsConfiguration: { readonly enabled: boolean };
  };
}

const settings = ({ configuration: { enforceWorkgroupConfiguration, bytesScannedCutoffPerQuery, publishCloudwatchMetricsEnabled, managedQueryResultsConfiguration } }: Workgroup): WorkGroupConfiguration => ({
  EnforceWorkGroupConfiguration: enforceWorkgroupConfiguration,
  BytesScannedCutoffPerQuery: bytesScannedCutoffPerQuery,
  PublishCloudWatchMetricsEnabled: publishCloudwatchMetricsEnabled,
  ManagedQueryResultsConfiguration: { Enabled: managedQueryResultsConfiguration.enabled },
});

const athena = ({ caller }: Context) => caller.client(AthenaClient);

export const tablesHandlers: Readonly<Record<string, AnyHandler>> = {
  "aws:glue/catalogDatabase:CatalogDatabase": handler<{ name: string; description: string }>({
    async create(context, { name, description }) {
      await glue(context, "CreateDatabase", { DatabaseInput: { Name: name, Description: description } });
      return { id: name, attributes: { name } };
    },
    remove: async (context, { id }) => void (await glue(context, "DeleteDatabase", { Name: id })),
  }),
  "aws:glue/catalogTable:CatalogTable": handler<Table>({
    async create(context, table) {
      await glue(context, "CreateTable", { DatabaseName: table.databaseName, TableInput: tableInput(table) });
      return { id: table.name, attributes: {} };
    },
    async update(context, table) {
      await glue(context, "UpdateTable", { DatabaseName: table.databaseName, TableInput: tableInput(table) });
      return { id: table.name, attributes: {} };
    },
    remove: async (context, { id }, { databaseName }) => void (await glue(context, "DeleteTable", { DatabaseName: databaseName, Name: id })),
  }),
  "aws:athena/workgroup:Workgroup": handler<Workgroup>({
    async create(context, workgroup) {
      await athena(context).send(new CreateWorkGroupCommand({ Name: workgroup.name, Description: workgroup.description, Configuration: settings(workgroup) }));
      return { id: workgroup.name, attributes: {} };
    },
    async update(context, workgroup, { made }) {
      const { EnforceWorkGroupConfiguration, BytesScannedCutoffPerQuery, PublishCloudWatchMetricsEnabled } = settings(workgroup);
      await athena(context).send(new UpdateWorkGroupCommand({ WorkGroup: made.id, ConfigurationUpdates: { EnforceWorkGroupConfiguration, BytesScannedCutoffPerQuery, PublishCloudWatchMetricsEnabled } }));
      return made;
    },
    remove: async (context, { id }) => void (await athena(context).send(new DeleteWorkGroupCommand({ WorkGroup: id, RecursiveDeleteOption: true }))),
  }),
};
