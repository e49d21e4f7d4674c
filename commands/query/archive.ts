/** Fetches stored logs out of the archive's buckets into a folder, with the caller's credentials. It only lists and gets. */
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { GetObjectCommand, ListObjectsV2Command, S3Client, type _Object } from "@aws-sdk/client-s3";
import type { Configuration } from "../../infra/config/configuration";
import { location } from "../../infra/documents/tables/table";
import type { Table } from "../../infra/documents/tables/table";
import { classifier, isWanted } from "./files";
import type { LogFile } from "./files";

/** More is Athena's work: it costs a transfer, and room on this machine. */
export const MOST_BYTES = 2 * 1024 ** 3;
/** Objects fetched at once. */
const AT_ONCE = 16;

/** What was asked for can't be fetched as asked: the user's to change, so no stack. */
export class NotFetched extends Error {}

export interface Wanted {
  /** Empty for all. */
  readonly accounts: readonly string[];
  /** yyyy/MM/dd */
  readonly from: string;
  readonly to: string;
}

export type ClientOf = (region: string) => Pick<S3Client, "send">;

/** A local emulator has no host a bucket. */
export const clientOf: ClientOf = (region) => new S3Client({ region, forcePathStyle: process.env.AWS_ENDPOINT_URL !== undefined });

interface Place {
  readonly region: string;
  readonly bucket: string;
}

const placesOf = (config: Configuration, table: Table): readonly Place[] =>
  (table.bucket.includes("${region}") ? config.regions : [config.homeRegion]).map((region) => ({ region, bucket: table.bucket.replace("${region}", region) }));

async function* pages(s3: Pick<S3Client, "send">, input: { Bucket: string; Prefix: string; Delimiter?: string }) {
  let ContinuationToken: string | undefined;
  do {
    const page = await (s3 as S3Client).send(new ListObjectsV2Command({ ...input, ContinuationToken }));
    yield page;
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken !== undefined);
}

/** The accounts that have logs under a table's keys. */
async function accountsOf(s3: Pick<S3Client, "send">, bucket: string, table: Table): Promise<readonly string[]> {
  const Prefix = table.keys.split("${account}")[0]!;
  const found: string[] = [];
  try {
    for await (const { CommonPrefixes } of pages(s3, { Bucket: bucket, Prefix, Delimiter: "/" }))
      for (const { Prefix: one } of CommonPrefixes ?? []) found.push(one!.slice(Prefix.length, -1));
  } catch (error) {
    // Analysts and auditors may list below an account, not the accounts.
    if (error instanceof Error && error.name === "AccessDenied") error.message += "; whoever may not list whose logs there are names them: --param accounts=ID,ID";
    throw error;
  }
  return found.filter((name) => /^\d{12}$/.test(name));
}

/** Every account that has logs of these tables; Athena has to be told them. */
export async function accountsIn(config: Configuration, tables: readonly Table[], client: ClientOf = clientOf): Promise<readonly string[]> {
  const found = await Promise.all(tables.flatMap((table) => placesOf(config, table).map(({ region, bucket }) => accountsOf(client(region), bucket, table))));
  return [...new Set(found.flat())].sort();
}

/** The days from one to another, both included. */
export function daysBetween(from: string, to: string): readonly string[] {
  const days: string[] = [];
  for (let time = Date.parse(`${from.replaceAll("/", "-")}T00:00:00Z`); ; time += 86_400_000) {
    const day = new Date(time).toISOString().slice(0, 10).replaceAll("-", "/");
    if (day > to) return days;
    days.push(day);
  }
}

/** The prefixes under which an account's wanted objects of a table lie in one bucket. */
function prefixes(table: Table, place: Place, account: string, { from, to }: Wanted): readonly string[] {
  const start = location(table).replaceAll("${account}", account);
  // The trail's one bucket holds every Region's logs.
  const regions = table.bucket.includes("${region}") ? [place.region] : table.regions.length > 0 ? table.regions : [""];
  const days = start.includes("${day}") ? daysBetween(from, to) : [""];
  const byRegion = start.includes("${region}") ? regions.map((region) => start.replaceAll("${region}", region)) : [start];
  return byRegion.flatMap((prefix) => days.map((day) => prefix.replaceAll("${day}", day)));
}

async function inTurns<T>(work: readonly T[], doOne: (one: T, index: number) => Promise<void>): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: Math.min(AT_ONCE, work.length) }, async () => {
      while (next < work.length) {
        const index = next++;
        await doOne(work[index]!, index);
      }
    }),
  );
}

/**
 * Fetches what was asked for of these tables.
 *
 * @param all every table of the archive
 * @param folder is to be empty; files are numbered in it, since a key may be no file's name
 * @throws NotFetched in one line where there is nothing, or more than is sensible here
 */
export async function fetchLogs(config: Configuration, all: readonly Table[], tables: readonly Table[], wanted: Wanted, folder: string, client: ClientOf = clientOf): Promise<readonly LogFile[]> {
  const classify = classifier(all);
  const objects = new Map<string, Place & { readonly object: _Object }>();
  const searches: (Place & { readonly prefix: string })[] = [];
  for (const table of tables)
    for (const place of placesOf(config, table)) {
      const accounts = wanted.accounts.length > 0 ? wanted.accounts : await accountsOf(client(place.region), place.bucket, table);
      for (const account of accounts) searches.push(...prefixes(table, place, account, wanted).map((prefix) => ({ ...place, prefix })));
    }
  const names = tables.map(({ name }) => name);
  const isOurs = (bucket: string, key: string) => classify(`${bucket}/${key}`).filter((keyed) => names.includes(keyed.table) && isWanted(keyed, wanted.accounts, wanted.from, wanted.to));
  await inTurns(searches, async ({ region, bucket, prefix }) => {
    for await (const { Contents } of pages(client(region), { Bucket: bucket, Prefix: prefix }))
      for (const object of Contents ?? []) if (isOurs(bucket, object.Key!).length > 0) objects.set(`${bucket}/${object.Key}`, { region, bucket, object });
  });
  const found = [...objects.values()];
  if (found.length === 0) throw new NotFetched(`no logs of ${names.join(", ")} from ${wanted.from} to ${wanted.to} in the archive: other days or accounts are allowed`);
  const bytes = found.reduce((sum, { object }) => sum + (object.Size ?? 0), 0);
  if (bytes > MOST_BYTES)
    throw new NotFetched(`${found.length} objects with ${(bytes / 1024 ** 3).toFixed(1)} GiB would be fetched: at most ${MOST_BYTES / 1024 ** 3} GiB are; fewer days or accounts, or --engine athena, are allowed`);
  const files: LogFile[] = [];
  await inTurns(found, async ({ region, bucket, object }, index) => {
    const key = object.Key!;
    const path = join(folder, `${index}${key.endsWith(".gz") ? ".gz" : ".log"}`);
    const { Body } = await (client(region) as S3Client).send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    await pipeline(Body as Readable, createWriteStream(path));
    files.push(...isOurs(bucket, key).map((keyed) => ({ ...keyed, path })));
  });
  return files;
}
