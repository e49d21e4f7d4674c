/** Forces the server access logs of S3 buckets. */
import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import type { Adapter, EnforcerModule, Resource, Settings } from "../../enforcer/adapter";
import { deliveries } from "../../mechanisms/delivery/adapter";
import { deliveredLogs } from "../../mechanisms/delivery/facts";
import { deliveryHints } from "../../mechanisms/delivery/hints";
import { bucketHints, isSource } from "./decide";
import { source } from "./source";

const arnStart = "arn:aws:s3:::";

function buckets({ names, account, region, client: given }: Settings): Pick<Adapter, "discover" | "find"> {
  const client = new S3Client({ ...given, region, maxAttempts: 6 });
  const chosen = (ids: readonly string[]): Resource[] =>
    ids.filter((id) => isSource(names, account, id)).map((id) => ({ arn: arnStart + id, id }));
  return {
    async *discover() {
      let ContinuationToken: string | undefined;
      do {
        const answer = await client.send(new ListBucketsCommand({ BucketRegion: region, MaxBuckets: 1000, ContinuationToken }));
        yield chosen((answer.Buckets ?? []).flatMap(({ Name }) => Name ?? []));
        ContinuationToken = answer.ContinuationToken;
      } while (ContinuationToken !== undefined);
    },
    // Nothing is asked: an event comes from the bucket's own Region, and PutDeliverySource tells if it is gone.
    find: (ids) => Promise.resolve(chosen(ids.map((id) => (id.startsWith(arnStart) ? id.slice(arnStart.length) : id)))),
  };
}

export const enforcer: EnforcerModule = {
  hints: (detail) =>
    detail.eventSource === "logs.amazonaws.com"
      ? deliveryHints(detail, (arn) => arn.startsWith(arnStart))
      : bucketHints(detail),
  adapter: (settings) => ({
    ...buckets(settings),
    ...deliveries(settings, source.name, deliveredLogs(source.kinds("delivery"))),
  }),
};
