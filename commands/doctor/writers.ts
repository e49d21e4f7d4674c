/** Who writes which log into which bucket of the archive: from the table of sources, and the organization's own recorders. */
import type { Configuration } from "../../infra/config/configuration";
import { archiveLogs } from "../../infra/documents/archive-logs";
import { serviceWritersIn } from "../../infra/documents/service-writers";
import { storeClasses } from "../../infra/documents/stores";
import { trailArn } from "../../infra/documents/writers";
import { namesFor } from "../../infra/names";
import type { NamingClass, StoreClass } from "../../infra/names";
import type { Request } from "../../policy-pack/evaluator";
import type { Scope } from "./check";
import { regionsOf } from "./check";
import { asService, concrete } from "./requests";

export interface LogWriter {
  /** The log source, or `trail`, `config`, `guardduty`. */
  readonly source: string;
  readonly kind: string;
  readonly service: string;
  readonly region: string;
  readonly bucketArn: string;
  readonly store: StoreClass;
  readonly naming: NamingClass;
  /** A concrete object of an account's log. */
  readonly key: (account: string) => string;
  /** aws:SourceArn of the request, if the service sends one. */
  readonly sourceArn?: (account: string) => string;
  /** For whom it writes: undefined for every account. */
  readonly onlyFor?: string;
}

/** Everything is asked for, or nothing but some sources. */
const everything = ({ sources, trail }: Scope, all: number) => trail && sources.length === all;

/** The writers in scope. @param all how many log sources there are */
export function writersIn(config: Configuration, scope: Scope, all: number): readonly LogWriter[] {
  const { logBucketArn } = namesFor(config);
  const ofSources = scope.sources.flatMap((source) =>
    regionsOf({ config, scope }, source).flatMap((region) =>
      source.kinds(config.sources[source.name]!.via).map(({ kind, writer, store, naming = "", keys, sourceArn }): LogWriter => ({
        source: source.name, kind, service: writer, region, store, naming, bucketArn: logBucketArn(store, region, naming),
        key: (account) => concrete(keys, account, region),
        sourceArn: (account) => concrete(sourceArn, account, region),
      })),
    ),
  );
  const trail = archiveLogs(config).find(({ name }) => name === "trail")!;
  const home = config.homeRegion;
  const ofTrail: readonly LogWriter[] =
    !scope.trail || config.services.trail.use === "off" || !scope.regions.includes(home)
      ? []
      : [{
          source: "trail", kind: "trail", service: "cloudtrail.amazonaws.com", region: home, store: trail.store, naming: trail.naming, bucketArn: logBucketArn(trail.store, home, trail.naming),
          key: (account) => concrete(trail.keys, account, home),
          sourceArn: () => trailArn(config),
        }];
  const ofServices = !everything(scope, all)
    ? []
    : scope.regions.flatMap((region) =>
        storeClasses(config).flatMap(({ store, naming }) =>
          serviceWritersIn(config, region, store, naming).map(({ kind, service, keys, condition }): LogWriter => {
            const given = Object.fromEntries(Object.values(condition).flatMap((block) => Object.entries(block)));
            const [only, arn] = [given["aws:SourceAccount"], given["aws:SourceArn"]];
            return {
              source: kind === "findings" ? "guardduty" : "config", kind, service, region, store, naming, bucketArn: logBucketArn(store, region, naming),
              key: (account) => concrete(keys[0]!, account, region),
              ...(typeof arn === "string" && { sourceArn: (account) => concrete(arn, account, region) }),
              ...(typeof only === "string" && { onlyFor: only }),
            };
          }),
        ),
      );
  return [...ofSources, ...ofTrail, ...ofServices];
}

/** One delivery: the service puts one object of an account's log. */
export function putObject(writer: LogWriter, config: Pick<Configuration, "organizationId" | "accounts">, account: string): Request {
  const { service, region, bucketArn, key, sourceArn } = writer;
  const { principal, context } = asService(service, { organizationId: config.organizationId, account, region, ...(sourceArn && { sourceArn: sourceArn(account) }) });
  const { logArchive } = config.accounts;
  return {
    principal,
    action: "s3:PutObject",
    resource: `${bucketArn}/${key(account)}`,
    resourceAccount: logArchive,
    context: { ...context, "s3:TlsVersion": "1.3", "s3:x-amz-acl": "bucket-owner-full-control", "aws:ResourceAccount": logArchive, "aws:ResourceOrgID": config.organizationId },
  };
}

/** What the key is asked for by that delivery: a data key, for that object. CloudTrail encrypts for its trail. */
export function dataKey(writer: LogWriter, config: Pick<Configuration, "organizationId" | "accounts">, account: string, keyArn: string): Request {
  const put = putObject(writer, config, account);
  const of: Readonly<Record<string, string>> = writer.source === "trail" ? { "aws:cloudtrail:arn": writer.sourceArn!(account) } : { "aws:s3:arn": put.resource };
  const about = Object.fromEntries(Object.entries(of).map(([key, value]) => [`kms:EncryptionContext:${key}`, value]));
  return { ...put, action: "kms:GenerateDataKey", resource: keyArn, context: { ...put.context, "kms:EncryptionContextKeys": Object.keys(of), ...about } };
}
