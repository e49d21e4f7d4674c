/**
 * The newest object of each source and account: when something last arrived.
 *
 * Nothing new is no cause: a source may be idle, and AWS promises no time. It is said, for whoever knows that there was
 * traffic.
 */
import { ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { tablesFor } from "../../../infra/documents/tables";
import type { Table } from "../../../infra/documents/tables/table";
import { location } from "../../../infra/documents/tables/table";
import { note, type Check, type Ground } from "../check";

export interface ClockReading {
  readonly source: string;
  readonly account: string;
  readonly region: string;
  readonly bucket: string;
  /** Milliseconds since 1970 of the newest object since yesterday; null where there is none. */
  readonly newest: number | null | undefined;
}

/**
 * Minutes until a log usually arrives, where AWS's pages say it; the rest is best effort, within hours.
 * https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html, https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html
 */
const USUAL: Readonly<Record<string, number>> = { "vpc-flow-log": 15, trail: 15, "clb-access": 60, "alb-access": 15, "nlb-access": 15, "resolver-query-log": 15 };
const REST = 24 * 60;
const DAY = 86_400_000;

const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10).replaceAll("-", "/");

async function newestIn({ access, config }: Ground, region: string, bucket: string, prefixes: readonly string[]): Promise<number | null | undefined> {
  let newest: number | null = null;
  for (const Prefix of prefixes) {
    const found = await access.attempt({ account: config.accounts.logArchive, region }, "s3:ListBucket", async (entered) => {
      const s3 = entered.client(S3Client, region);
      let last = 0;
      let ContinuationToken: string | undefined;
      do {
        const page = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix, ContinuationToken }));
        for (const { LastModified } of page.Contents ?? []) last = Math.max(last, LastModified?.getTime() ?? 0);
        ContinuationToken = page.NextContinuationToken;
      } while (ContinuationToken !== undefined);
      return last;
    }, ["NoSuchBucket"]);
    if (found === undefined) return undefined;
    if (found) newest = Math.max(newest ?? 0, found);
  }
  return newest;
}

/** Where a table's objects of an account and Region lie since yesterday; the newest last. Only keys with a day in them: else everything would be listed. */
function prefixesOf(table: Table, account: string, region: string, now: number): readonly string[] {
  const start = location(table).replaceAll("${account}", account).replaceAll("${region}", region);
  return start.includes("${day}") ? [dayOf(now), dayOf(now - DAY)].map((day) => start.replaceAll("${day}", day)) : [];
}

export const check: Check<ClockReading> = {
  looksAt: "the newest object of each source and account in the archive, since yesterday",
  causes: { "nothing-new": { symptom: "no log of a source and account for longer than usual", cause: "none is known: the source may be idle (unconfirmed)" } },
  async read(ground) {
    const { config, scope, accounts, now } = ground;
    const sourceOf = new Map(scope.sources.flatMap((source) => source.kinds(config.sources[source.name]!.via).map(({ kind }) => [kind, source.name])));
    if (scope.trail) sourceOf.set("trail", "trail");
    const wanted = tablesFor(config).flatMap((table) => {
      const source = sourceOf.get(table.log);
      if (source === undefined) return [];
      return scope.regions.flatMap((region) => {
        const bucket = table.bucket.replace("${region}", region);
        return !table.bucket.includes("${region}") && region !== config.homeRegion ? [] : accounts.map((account) => ({ table, source, account, region, bucket }));
      });
    });
    return Promise.all(
      wanted.flatMap(({ table, source, account, region, bucket }) => {
        const prefixes = prefixesOf(table, account, region, now);
        if (prefixes.length === 0) return [];
        return [newestIn(ground, region, bucket, prefixes).then((newest): ClockReading => ({ source: table.log === source ? source : table.log, account, region, bucket, newest }))];
      }),
    );
  },
  judge({ source, account, region, bucket, newest }, { now }) {
    if (newest === undefined) return [];
    const usual = USUAL[source] ?? REST;
    if (newest !== null && now - newest <= usual * 60_000) return [];
    const found = newest === null ? "nothing since yesterday" : `the newest object is of ${new Date(newest).toISOString()}`;
    return [note("nothing-new", `s3://${bucket}`, { account, region, source }, `${source} of ${account}: ${found}; usual is ${usual} minutes, but it may be idle`, "none is known")];
  },
};
