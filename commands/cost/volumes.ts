/** How much of each kind of log comes in a month, in which Region, in how many objects. */
import { viaOf } from "../../infra/config/configuration";
import { archiveLogs } from "../../infra/documents/archive-logs";
import type { ArchiveLog } from "../../infra/documents/archive-logs";
import { auditLogs } from "../../infra/documents/audit-logs";
import { storesIn } from "../../infra/documents/stores";
import { bytesOf, COMPRESSED, LARGEST_FILE } from "./assumptions";
import { HOURS_A_MONTH } from "./ageing";
import { type Organization, places, regionsOf } from "./organization";

export interface Volume {
  readonly log: ArchiveLog;
  /** The log source, or who else records: `trail`, `config`, `guardduty`, `store-access`. */
  readonly of: string;
  readonly region: string;
  /** GB a month before compression: what deliveries are charged by. */
  readonly plain: number;
  /** GB a month as it is stored. */
  readonly stored: number;
  readonly objects: number;
}

const gigabytes = (records: number, bytes: number) => (records * bytes) / 2 ** 30;

function volume(log: ArchiveLog, of: string, region: string, plain: number, files: number, compressed: number = COMPRESSED): Volume {
  const stored = plain * compressed;
  return { log, of, region, plain, stored, objects: plain > 0 ? Math.max(files, stored / LARGEST_FILE) : 0 };
}

function ofSources(organization: Organization, logs: readonly ArchiveLog[]): readonly Volume[] {
  const { config, sizes, table } = organization;
  return table.flatMap((source) => {
    const { resources, gigabytes: total, files } = sizes[source.name]!;
    const regions = regionsOf(config, source);
    const kinds = source.kinds(viaOf(config, source));
    // Evenly over Regions and kinds: what is known is the whole.
    const part = kinds.length * regions.length;
    return kinds.flatMap(({ kind }) =>
      regions.map((region) => volume(logs.find(({ name }) => name === kind)!, source.name, region, total / part, (resources / regions.length) * files * HOURS_A_MONTH)),
    );
  });
}

/** Events that the organization's trail records in a month, by what is paid for them. */
export function trailEvents(organization: Organization): { readonly management: number; readonly data: number } {
  const { config, drivers } = organization;
  const chosen = config.services.trail.dataEvents;
  const data = (chosen.includes("s3") ? drivers["s3-data-events"] : 0) + (chosen.includes("lambda") ? drivers["lambda-data-events"] : 0);
  return { management: drivers["management-events"] * places(organization), data: data * places(organization) };
}

function ofRecorders(organization: Organization, logs: readonly ArchiveLog[]): readonly Volume[] {
  const { config, drivers, gigabytes: given } = organization;
  const { trail, config: recording, guardDuty } = config.services;
  const { management, data } = trailEvents(organization);
  const everywhere = config.regions.length;
  const one = (name: string, computed: number, regions: readonly string[], filesAnHour: number) => {
    const log = logs.find((other) => other.name === name)!;
    return regions.map((region) => volume(log, name, region, (given[name] ?? computed) / regions.length, (places(organization) / regions.length) * filesAnHour * HOURS_A_MONTH));
  };
  const intoArchive = trail.use === "create" || (trail.use === "existing" && trail.existingBucket === undefined);
  return [
    // The trail of all Regions is written to the bucket of the home Region.
    ...(intoArchive ? one("trail", gigabytes(management + data, bytesOf.event), [config.homeRegion], 12) : []),
    ...(recording.use === "create" ? one("config", gigabytes(drivers["config-items"] * places(organization), bytesOf.item), config.regions, 0.5) : []),
    ...(guardDuty.use === "create" ? one("guardduty", gigabytes(drivers.findings * everywhere * organization.accounts, bytesOf.item), config.regions, 0.1) : []),
  ];
}

/** Amazon S3's records of the stores: a line a request, uncompressed, and a file a few minutes and bucket. */
function ofStores({ config }: Organization, written: readonly Volume[]): readonly Volume[] {
  const log = auditLogs.find(({ name }) => name === "store-access")!;
  return config.regions.map((region) => {
    const objects = written.filter((one) => one.region === region).reduce((sum, one) => sum + one.objects, 0);
    const buckets = storesIn(config, region).filter(({ store }) => store !== "audit").length;
    // Each object is written, and read and written again for its copies.
    return volume(log, "store-access", region, gigabytes(3 * objects, bytesOf.access), buckets * 12 * HOURS_A_MONTH, 1);
  });
}

export function volumes(organization: Organization): readonly Volume[] {
  const logs = archiveLogs(organization.config, organization.table);
  const written = [...ofSources(organization, logs), ...ofRecorders(organization, logs)];
  return [...written, ...ofStores(organization, written)];
}
