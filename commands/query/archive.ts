/** Fetches stored logs out of the archive's buckets, or from below an address, into a folder, with the caller's credentials. It only lists and gets. */
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { GetObjectCommand, ListObjectsV2Command, S3Client, type _Object } from "@aws-sdk/client-s3";
import type { Configuration } from "../../infra/config/configuration";
import { location } from "../../infra/documents/tables/table";
import type { Table } from "../../infra/documents/tables/table";
import { classifier, isWanted, noneUnder, NoSuchLogs } from "./files";
import type { LogFile, Wanted } from "./files";

/** More is Athena's work: it costs a transfer, and room on this machine. */
export const MOST_BYTES = 2 * 1024 ** 3;
/** Objects fetched at once. */
const AT_ONCE = 16;

export type ClientOf = (region: string) => Pick<S3Client, "send">;

/** A local emulator has no host a bucket. */
export const clientOf: ClientOf = (region) => new S3Client({ region, forcePathStyle: process.env.AWS_ENDPOINT_URL !== undefined, followRegionRedirects: true });

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

/** What stands next in the keys after a prefix, up to the slash. */
async function namesBelow(s3: Pick<S3Client, "send">, Bucket: string, Prefix: string): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { CommonPrefixes } of pages(s3, { Bucket, Prefix, Delimiter: "/" }))
    for (const { Prefix: one } of CommonPrefixes ?? []) found.push(one!.slice(Prefix.length, -1));
  return found;
}

/** The accounts that have logs under a table's keys. */
async function accountsOf(s3: Pick<S3Client, "send">, bucket: string, table: Table): Promise<readonly string[]> {
  try {
    return (await namesBelow(s3, bucket, table.keys.split("${account}")[0]!)).filter((name) => /^\d{12}$/.test(name));
  } catch (error) {
    // Analysts and auditors may list below an account, not the accounts.
    if (error instanceof Error && error.name === "AccessDenied") error.message += "; whoever may not list whose logs there are names them: --param accounts=ID,ID";
    throw error;
  }
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
async function prefixes(s3: Pick<S3Client, "send">, table: Table, { region, bucket }: Place, account: string, { from, to }: Wanted): Promise<readonly string[]> {
  const start = location(table).replaceAll("${account}", account);
  const [before, after] = start.split("${region}");
  // The trail's one bucket holds every Region's logs: which there are, it says itself.
  const regions = after === undefined ? [""] : table.bucket.includes("${region}") ? [region] : await namesBelow(s3, bucket, before!);
  const days = start.includes("${day}") ? daysBetween(from, to) : [""];
  return regions.flatMap((one) => days.map((day) => start.replaceAll("${region}", one).replaceAll("${day}", day)));
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

interface Found extends Place {
  readonly object: _Object;
}

/** Objects by their bucket and key, so that each is fetched once. */
type Objects = Map<string, Found>;

const gibibytes = (bytes: number) => (bytes / 1024 ** 3).toFixed(1);

/** What keys say: of which of the wanted tables an object is, as far as it was asked for. */
function asker(all: readonly Table[], tables: readonly Table[], wanted: Wanted) {
  const classify = classifier(all);
  const names = tables.map(({ name }) => name);
  return (bucket: string, key: string) => classify(`${bucket}/${key}`).filter((keyed) => names.includes(keyed.table) && isWanted(keyed, wanted));
}

/** @param folder is to be empty; files are numbered in it, since a key may be no file's name */
async function fetched(objects: Objects, ours: ReturnType<typeof asker>, folder: string, client: ClientOf): Promise<readonly LogFile[]> {
  const found = [...objects.values()];
  const bytes = found.reduce((sum, { object }) => sum + (object.Size ?? 0), 0);
  if (bytes > MOST_BYTES)
    throw new NoSuchLogs(`${found.length} objects with ${gibibytes(bytes)} GiB would be fetched: at most ${MOST_BYTES / 1024 ** 3} GiB are; fewer days or accounts, or --engine athena, are allowed`);
  const files: LogFile[] = [];
  await inTurns(found, async ({ region, bucket, object }, index) => {
    const key = object.Key!;
    const path = join(folder, `${index}${key.endsWith(".gz") ? ".gz" : ".log"}`);
    const { Body } = await (client(region) as S3Client).send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    await pipeline(Body as Readable, createWriteStream(path));
    files.push(...ours(bucket, key).map((keyed) => ({ ...keyed, path })));
  });
  return files;
}

/**
 * Fetches what was asked for of these tables from where the archive keeps it.
 *
 * @param all every table of the archive
 * @throws NoSuchLogs in one line where there is nothing, or more than is sensible here
 */
export async function fetchLogs(config: Configuration, all: readonly Table[], tables: readonly Table[], wanted: Wanted, folder: string, client: ClientOf = clientOf): Promise<readonly LogFile[]> {
  const ours = asker(all, tables, wanted);
  const objects: Objects = new Map();
  const asked: { readonly table: Table; readonly place: Place; readonly account: string }[] = [];
  for (const table of tables)
    for (const place of placesOf(config, table)) {
      const accounts = wanted.accounts.length > 0 ? wanted.accounts : await accountsOf(client(place.region), place.bucket, table);
      asked.push(...accounts.map((account) => ({ table, place, account })));
    }
  await inTurns(asked, async ({ table, place, account }) => {
    const s3 = client(place.region);
    for (const Prefix of await prefixes(s3, table, place, account, wanted))
      for await (const { Contents } of pages(s3, { Bucket: place.bucket, Prefix }))
        for (const object of Contents ?? []) if (ours(place.bucket, object.Key!).length > 0) objects.set(`${place.bucket}/${object.Key}`, { ...place, object });
  });
  if (objects.size === 0) throw new NoSuchLogs(`no logs of ${tables.map(({ name }) => name).join(", ")} from ${wanted.from} to ${wanted.to} in the archive: other days or accounts are allowed`);
  return fetched(objects, ours, folder, client);
}

const address = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/;

export const isAddress = (from: string): boolean => from.startsWith("s3://");

/**
 * The same from below an address: a copy of the archive, or a part of it, under the keys that it has there.
 *
 * @param from `s3://BUCKET/PREFIX`
 */
export async function fetchBelow(from: string, region: string, all: readonly Table[], tables: readonly Table[], wanted: Wanted, folder: string, client: ClientOf = clientOf): Promise<readonly LogFile[]> {
  const [, bucket, Prefix = ""] = address.exec(from) ?? [];
  if (bucket === undefined) throw new NoSuchLogs(`option --from is given ${JSON.stringify(from)}: s3://BUCKET/PREFIX, or a folder, is allowed`);
  const ours = asker(all, tables, wanted);
  const objects: Objects = new Map();
  for await (const { Contents } of pages(client(region), { Bucket: bucket, Prefix }))
    for (const object of Contents ?? []) if (ours(bucket, object.Key!).length > 0) objects.set(object.Key!, { region, bucket, object });
  if (objects.size === 0) throw noneUnder(from, all, tables.map(({ name }) => name));
  return fetched(objects, ours, folder, client);
}
