/** Runs a query by Amazon Athena, with the caller's credentials, over the tables of the archive. */
import { setTimeout as sleep } from "node:timers/promises";
import type { AthenaClient} from "@aws-sdk/client-athena";
import { GetQueryExecutionCommand, GetQueryResultsCommand, StartQueryExecutionCommand, type Row } from "@aws-sdk/client-athena";
import type { Cell, Rows } from "./rows";

export interface AthenaOptions {
  readonly database: string;
  readonly workgroup: string;
  /** Milliseconds between two looks. */
  readonly interval?: number;
}

/** What Athena itself answers to a statement: the user's to mend, so no stack. */
export class QueryFailed extends Error {}

const numeric = /^(tinyint|smallint|integer|bigint|double|real|float)$/;

/** @throws QueryFailed with Athena's own reason */
export async function runByAthena(athena: Pick<AthenaClient, "send">, statement: string, { database, workgroup, interval = 1000 }: AthenaOptions): Promise<Rows> {
  const client = athena as AthenaClient;
  const { QueryExecutionId } = await client.send(
    new StartQueryExecutionCommand({ QueryString: statement, WorkGroup: workgroup, QueryExecutionContext: { Database: database } }),
  );
  for (;;) {
    const { QueryExecution } = await client.send(new GetQueryExecutionCommand({ QueryExecutionId }));
    const { State, StateChangeReason } = QueryExecution?.Status ?? {};
    if (State === "SUCCEEDED") break;
    if (State === "FAILED" || State === "CANCELLED") throw new QueryFailed(`Athena's query ${QueryExecutionId} is ${State}: ${StateChangeReason ?? "no reason is given"}`);
    await sleep(interval);
  }
  const found: Row[] = [];
  let info: readonly { readonly Name?: string; readonly Type?: string }[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(new GetQueryResultsCommand({ QueryExecutionId, NextToken }));
    found.push(...(page.ResultSet?.Rows ?? []));
    info = page.ResultSet?.ResultSetMetadata?.ColumnInfo ?? info;
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  const cell = (text: string | undefined, type: string | undefined): Cell => (text === undefined ? null : numeric.test(type ?? "") ? Number(text) : text);
  return {
    columns: info.map(({ Name }) => Name!),
    // The first row of all names the columns.
    rows: found.slice(1).map(({ Data }) => info.map(({ Type }, at) => cell(Data?.[at]?.VarCharValue, Type))),
  };
}
