/** Forces the standard logs (v2) of CloudFront distributions. */
import { CloudFrontClient, ListDistributionsCommand, ListTagsForResourceCommand } from "@aws-sdk/client-cloudfront";
import type { Adapter, EnforcerModule, Resource, Settings } from "../../enforcer/adapter";
import { deliveries } from "../../mechanisms/delivery/adapter";
import { deliveredLogs } from "../../mechanisms/delivery/facts";
import { deliveryHints } from "../../mechanisms/delivery/hints";
import { distributionHints } from "./hints";
import { source } from "./source";

/** What CloudFront makes of a delivery without a suffix path (its page on standard logging, "Updating the suffix path"). */
const SUFFIX_PATH = "AWSLogs/{account-id}/CloudFront";

function distributions(settings: Settings): Pick<Adapter, "discover" | "find"> {
  const client = new CloudFrontClient({ ...settings.client, region: settings.region, maxAttempts: 6 });
  const start = `arn:aws:cloudfront::${settings.account}:distribution/`;

  /** The distribution with its tags; undefined if it is gone. */
  const described = async (id: string): Promise<Resource | undefined> => {
    const arn = start + id;
    try {
      const { Tags } = await client.send(new ListTagsForResourceCommand({ Resource: arn }));
      return { arn, id, tags: Object.fromEntries((Tags?.Items ?? []).map(({ Key, Value }) => [Key, Value ?? ""])) };
    } catch (error) {
      if (error instanceof Error && ["NoSuchResource", "NoSuchDistribution"].includes(error.name)) return undefined;
      throw error;
    }
  };
  const find = async (ids: readonly string[]) => {
    const found: Resource[] = [];
    for (const given of ids) {
      const id = given.startsWith(start) ? given.slice(start.length) : given;
      // Ids are letters and digits; what else is given came from a forged event.
      const resource = /^[A-Z0-9]+$/i.test(id) ? await described(id) : undefined;
      if (resource !== undefined) found.push(resource);
    }
    return found;
  };
  return {
    find,
    async *discover() {
      let Marker: string | undefined;
      do {
        const { DistributionList: page } = await client.send(new ListDistributionsCommand({ Marker }));
        yield await find((page?.Items ?? []).flatMap(({ Id }) => Id ?? []));
        Marker = page?.IsTruncated === true ? page.NextMarker : undefined;
      } while (Marker !== undefined);
    },
  };
}

export const enforcer: EnforcerModule = {
  hints: (detail) =>
    detail.eventSource === "logs.amazonaws.com"
      ? deliveryHints(detail, (arn) => arn.includes(":distribution/"))
      : distributionHints(detail),
  adapter: (settings) => {
    const logs = deliveredLogs(source.kinds("delivery")).map((log) => ({ ...log, suffixPath: SUFFIX_PATH }));
    return { ...distributions(settings), ...deliveries(settings, source.name, logs) };
  },
};
