/**
 * The newest object of each source and account: when something last arrived.
 *
 * Nothing new is no cause by itself: a source may be idle, and AWS promises no time. It is said; and where somebody asks about an
 * account, nothing is in the way, its resources log and what used to arrive has not for days, that is an answer, if no sure one.
 */
import { ListObjectsV2Command, S3Client, type ListObjectsV2CommandOutput } from "@aws-sdk/client-s3";
import { sources } from "../../../functions/sources";
import { tablesFor } from "../../../infra/documents/tables";
import { location, type Table } from "../../../infra/documents/tables/table";
import { trailArn } from "../../../infra/documents/writers";
import { note, possible, type Check, type Ground, type Place } from "../check";
import { pathNodes } from "../nodes";
import { inspectedIn } from "./resources";

export interface ClockReading extends Place {
  /** A log source, or `trail`. */
  readonly source: string;
  /** Its kind of log. */
  readonly log: string;
  readonly bucket: string;
  /** Under which its objects lie. */
  readonly prefix: string;
  /** Milliseconds since 1970 of the newest object; null where there is none. */
  readonly newest: number | null | undefined;
  /** How many resources of the source log there; undefined where that was not asked, or could not be read. */
  readonly logging?: number;
}

/**
 * Minutes until a log usually arrives, where AWS's pages say it; the rest is best effort, within hours.
 * https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html, https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html
 */
const USUAL: Readonly<Record<string, number>> = { "vpc-flow-log": 15, trail: 15, "clb-access": 60, "alb-access": 15, "nlb-access": 15, "resolver-query-log": 15 };
const REST = 24 * 60;
const DAY = 86_400_000;
/** After so long it is more than a quiet weekend. */
const STOPPED_DAYS = 3;
/** Listings for one source, account and Region: years, months and days are gone down by their last, all else is looked through. */
const LISTINGS = 60;

/** @param others prefixes that are another kind of log's */
async function newestBelow({ access, config }: Ground, region: string, Bucket: string, Prefix: string, others: readonly string[]): Promise<number | null | undefined> {
  let left = LISTINGS;
  let newest = 0;
  const list = (prefix: string, ContinuationToken?: string): Promise<ListObjectsV2CommandOutput | null | undefined> =>
    access.attempt({ account: config.accounts.logArchive, region }, "s3:ListBucket", (entered) => entered.client(S3Client, region).send(new ListObjectsV2Command({ Bucket, Prefix: prefix, Delimiter: "/", ContinuationToken })), ["NoSuchBucket"]);
  /** Whether it could be read. */
  async function look(prefix: string): Promise<boolean> {
    const below: string[] = [];
    let token: string | undefined;
    do {
      if (left-- <= 0) return true;
      const page = await list(prefix, token);
      if (page === undefined) return false;
      for (const { LastModified } of page?.Contents ?? []) newest = Math.max(newest, LastModified?.getTime() ?? 0);
      for (const one of page?.CommonPrefixes ?? []) if (!others.includes(one.Prefix!)) below.push(one.Prefix!);
      token = page?.NextContinuationToken;
    } while (token !== undefined);
    const dates = below.filter((one) => /\/\d{2,4}\/$/.test(one));
    for (const one of dates.length === below.length ? dates.sort().slice(-1) : below) if (!(await look(one))) return false;
    return true;
  }
  return (await look(Prefix)) ? newest || null : undefined;
}

/** How many resources of a source log in a place, as its enforcer sees them. */
async function loggingIn(ground: Ground, source: string, { account, region }: Place): Promise<number | undefined> {
  const known = sources.find(({ name }) => name === source);
  // The trail is not an account's resource.
  if (!known) return undefined;
  return (await inspectedIn(ground, known, { account, region }))?.filter(({ inspected }) => inspected.state === "logs").length;
}

const stopped = (newest: number | null | undefined, now: number): newest is number => typeof newest === "number" && now - newest > STOPPED_DAYS * DAY;

const where = (table: Table, account: string, region: string) => location(table).split("${day}")[0]!.replaceAll("${account}", account).replaceAll("${region}", region);

export const check: Check<ClockReading> = {
  looksAt: "the newest object of each source and account in the archive; of logs whose keys have no day at a known place, where an account is asked for",
  causes: {
    "stopped-arriving": { symptom: "a log that used to arrive has not for days", cause: "nothing was found in the way: the source may be idle, or a delivery fails and tells it nowhere (possible, not certain)" },
    "nothing-new": { symptom: "no log of a source and account for longer than usual", cause: "none is known: the source may be idle (unconfirmed)" },
  },
  async read(ground) {
    const { config, scope, accounts, now } = ground;
    const sourceOf = new Map(scope.sources.flatMap((source) => source.kinds(config.sources[source.name]!.via).map(({ kind }) => [kind, source.name])));
    if (scope.trail) sourceOf.set("trail", "trail");
    const tables = tablesFor(config);
    const asked = scope.account !== undefined;
    const wanted = tables.flatMap((table) => {
      const source = sourceOf.get(table.log);
      if (source === undefined || (!location(table).includes("${day}") && !asked)) return [];
      return scope.regions.flatMap((region) => {
        const bucket = table.bucket.replace("${region}", region);
        return !table.bucket.includes("${region}") && region !== config.homeRegion ? [] : accounts.map((account) => ({ table, source, account, region, bucket }));
      });
    });
    return Promise.all(
      wanted.map(async ({ table, source, account, region, bucket }): Promise<ClockReading> => {
        const prefix = where(table, account, region);
        const others = tables.map((other) => where(other, account, region)).filter((other) => other !== prefix && other.startsWith(prefix)).map((other) => `${prefix}${other.slice(prefix.length).split("/")[0]}/`);
        const newest = await newestBelow(ground, region, bucket, prefix, others);
        const reading = { source, log: table.log, account, region, bucket, prefix, newest };
        return asked && stopped(newest, now) ? { ...reading, logging: await loggingIn(ground, source, { account, region }) } : reading;
      }),
    );
  },
  arrival: ({ source, log, account, region, newest }) => (newest === undefined ? undefined : { source, log, account, region, newest: newest === null ? null : new Date(newest).toISOString() }),
  judge({ source, log, account, region, bucket, prefix, newest, logging = 0 }, { config, now }) {
    if (newest === undefined) return [];
    const usual = USUAL[log] ?? REST;
    if (newest !== null && now - newest <= usual * 60_000) return [];
    const what = `s3://${bucket}/${prefix}`;
    const at = { account, region, source };
    const found = newest === null ? `no ${log} has arrived so far` : `the newest ${log} is of ${new Date(newest).toISOString()}`;
    if (logging === 0 || !stopped(newest, now)) return [note("nothing-new", what, at, `${found}; usual is ${usual} minutes, but it may be idle`, "none is known")];
    const known = sources.find(({ name }) => name === source)!;
    const mend = "see whether there was traffic; if there was, remove the resource's flow log or delivery as its enforcer or break-glass, and let the next sweep make it anew";
    return [possible("stopped-arriving", what, at, `nothing is in the way of ${logging} resources that log, and ${found}, ${Math.floor((now - newest) / DAY)} days ago`, mend, [...pathNodes(config, known, region), trailArn(config)])];
  },
};
