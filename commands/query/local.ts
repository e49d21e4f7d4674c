/** A named query answered on this machine, by DuckDB, over logs from wherever they are had. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Configuration } from "../../infra/config/configuration";
import { tablesFor } from "../../infra/documents/tables";
import type { Table } from "../../infra/documents/tables/table";
import { namesFor } from "../../infra/names";
import type { Query } from "../../queries/query";
import { fetchBelow, fetchLogs, isAddress, type ClientOf } from "./archive";
import { runLocally } from "./duckdb";
import { filesIn, isWanted, NoSuchLogs, type LogFile, type Wanted } from "./files";
import type { Values } from "./parameters";
import type { Rows } from "./rows";
import { statementOf } from "./statement";

/** What was asked for of these tables, as files; `into` is an empty folder for what has to be fetched. */
export type Logs = (all: readonly Table[], tables: readonly Table[], wanted: Wanted, into: string) => Promise<readonly LogFile[]>;

export const fromFolder = (folder: string): Logs => async (all, tables, wanted) => {
  const there = filesIn(folder, all, tables.map(({ name }) => name));
  const found = there.filter((file) => isWanted(file, wanted));
  if (found.length > 0) return found;
  const days = there.flatMap(({ day }) => day ?? []).sort();
  const accounts = [...new Set(there.map(({ account }) => account))].sort();
  const named = accounts.length > 3 ? `${accounts.slice(0, 3).join(", ")} and ${accounts.length - 3} more` : accounts.join(", ");
  throw new NoSuchLogs(`no log files of ${tables.map(({ name }) => name).join(", ")} from ${wanted.from} to ${wanted.to}: those in ${JSON.stringify(folder)} are of ${days[0] ?? "no day that their keys say"}${days.at(-1) === days[0] ? "" : ` to ${days.at(-1)}`}, of ${named}`);
};

export const fromArchive = (config: Configuration, client?: ClientOf): Logs => (all, tables, wanted, into) => fetchLogs(config, all, tables, wanted, into, client);

/** @param from a folder, or `s3://BUCKET/PREFIX` */
export const from = (config: Configuration, from: string): Logs =>
  isAddress(from) ? (all, tables, wanted, into) => fetchBelow(from, config.homeRegion, all, tables, wanted, into) : fromFolder(from);

/**
 * @throws NoSuchLogs in one line where there are none; UnreadableLog where one of them is broken
 */
export async function askLocally(config: Configuration, query: Query, values: Values, logs: Logs): Promise<Rows> {
  const all = tablesFor(config);
  const tables = all.filter(({ name }) => query.tables.includes(name));
  const wanted: Wanted = { accounts: values.accounts as readonly string[], from: String(values.from), to: String(values.to) };
  const into = mkdtempSync(join(tmpdir(), "query-"));
  try {
    const files = await logs(all, tables, wanted, into);
    const accounts = wanted.accounts.length > 0 ? wanted.accounts : [...new Set(files.map(({ account }) => account))].sort();
    return await runLocally(statementOf(config, query, tables, "duckdb"), { ...values, accounts }, namesFor(config).logDatabase, tables, files);
  } finally {
    rmSync(into, { recursive: true, force: true });
  }
}
