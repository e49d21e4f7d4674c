/** Stored objects, wherever they lie, by the table that they belong to: an object's key says whose logs it holds, and of when. */
import { readdirSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { location } from "../../infra/documents/tables/table";
import type { Table } from "../../infra/documents/tables/table";
import { keyDay } from "./parameters";

/** What was asked for is not there, or can't be had as it was asked for: the user's to change, so no stack. */
export class NoSuchLogs extends Error {}

/** Which logs are asked for. */
export interface Wanted {
  /** Empty for all. */
  readonly accounts: readonly string[];
  /** yyyy/MM/dd */
  readonly from: string;
  readonly to: string;
}

/** What a key says. */
export interface Keyed {
  readonly account: string;
  readonly region?: string;
  /** yyyy/MM/dd, where the key has it. */
  readonly day?: string;
}

export interface LogFile extends Keyed {
  readonly table: string;
  /** On this machine. */
  readonly path: string;
}

const variables: Readonly<Record<string, string>> = {
  "${account}": String.raw`(?<account>\d{12})`,
  "${region}": "(?<region>[a-z]{2}(?:-[a-z]+)+-\\d)",
  "${day}": String.raw`(?<day>\d{4}/\d{2}/\d{2})`,
  "${date}": String.raw`(?<date>\d{4}-\d{2}-\d{2})`,
  "*": ".*",
};

function pattern(template: string): RegExp {
  const parts = template.split(/(\$\{\w+\}|\*)/).map((part) => variables[part] ?? part.replace(/\W/g, "\\$&"));
  return new RegExp(`(?:^|/)${parts.join("")}$`);
}

/** How much of a table's keys is fixed: of the tables that a key fits, those count for which it is most. */
const fixed = (table: Table) => location(table).replace(/\$\{\w+\}/g, "").length;

/**
 * Tells which tables a key is of, and what it says; the same folder may hold several kinds of log.
 *
 * @param all every table of the archive: what another claims more closely is not this one's
 */
export function classifier(all: readonly Table[]): (key: string) => readonly (Keyed & { readonly table: string })[] {
  const known = all.map((table) => ({ name: table.name, fixed: fixed(table), pattern: pattern(table.keys), bucket: pattern(`${table.bucket}/*`) }));
  return (key) => {
    const found = known.flatMap((table) => {
      const match = table.pattern.exec(key);
      return match ? [{ ...table, groups: match.groups ?? {} }] : [];
    });
    const most = Math.max(...found.map((table) => table.fixed));
    return found
      .filter((table) => table.fixed === most)
      .map(({ name, bucket, groups: { account, region, day, date } }) => ({
        table: name,
        account: account!,
        region: region ?? bucket.exec(key)?.groups?.region,
        day: day ?? (date && keyDay(date)),
      }));
  };
}

/** Whether what a key says is among what was asked for; a key that does not say is read. */
export function isWanted({ account, day }: Keyed, { accounts, from, to }: Wanted): boolean {
  return (accounts.length === 0 || accounts.includes(account)) && (day === undefined || (from <= day && day <= to));
}

function* filesBelow(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else if (entry.isFile()) yield path;
  }
}

/**
 * The log files below a folder, which holds objects under the keys that they have in the archive, at any depth.
 *
 * @param all every table of the archive
 * @param wanted the names of those that are read
 * @throws NoSuchLogs in one line where the folder is none, or holds no file of these tables
 */
export function filesIn(folder: string, all: readonly Table[], wanted: readonly string[]): readonly LogFile[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw new NoSuchLogs(`option --from is given ${JSON.stringify(folder)}: a folder that exists, or s3://BUCKET/PREFIX, is allowed`);
  const classify = classifier(all);
  const found = [...filesBelow(folder)].flatMap((path) =>
    classify(relative(folder, path).replaceAll(sep, "/")).filter(({ table }) => wanted.includes(table)).map((keyed) => ({ ...keyed, path })),
  );
  if (found.length === 0) throw noneUnder(folder, all, wanted);
  return found;
}

/** Nothing of these tables lies there: the keys that would be read are said. */
export function noneUnder(where: string, all: readonly Table[], wanted: readonly string[]): NoSuchLogs {
  const keys = all.filter(({ name }) => wanted.includes(name)).map((table) => table.keys.replaceAll("${", "<").replaceAll("}", ">"));
  return new NoSuchLogs(`no log files in ${JSON.stringify(where)}: files under ${keys.join(" or ")} are read`);
}
