/**
 * A log bucket's policy: each service writes under its own keys for this organization, and nobody else writes, deletes or
 * weakens.
 *
 * No statement has NotAction or NotPrincipal: AWS's set-up of vended logs fails on a bucket whose policy has one.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-S3.html
 */
import { sources } from "../../functions/sources";
import type { LogSource } from "../../functions/sources/log-source";
import type { Configuration } from "../config/configuration";
import type { NamingClass, StoreClass } from "../names";
import { namesFor } from "../names";
import { auditLogs } from "./audit-logs";
import { bucketRefusals, denyAll, encryptionRefusals, writing } from "./bucket-refusals";
import { pascal } from "./lock-organization";
import { document } from "./policy";
import type { PolicyDocument, Statement } from "./policy";
import { within } from "./quotas";
import { serviceWritersIn, type ServiceWriter } from "./service-writers";
import type { Store } from "./stores";
import { storeArns } from "./stores";
import { actingForUs, holdsTrail, kindsIn, lookersAmong, trailArn, widest, writersOf } from "./writers";
import type { Writer } from "./writers";

/**
 * A service writes its logs and gives them to the bucket's owner. Whether it sends an ACL to a bucket that takes none
 * (BucketOwnerEnforced) is contested, hence IfExists.
 * https://github.com/cloudposse/terraform-aws-vpc-flow-logs-s3-bucket/pull/101
 */
const ownersAcl = { "s3:x-amz-acl": "bucket-owner-full-control" };

function write(config: Configuration, bucket: string, { kind, service, sourceArn, keys }: Writer): Statement {
  return {
    Sid: `Write${pascal(kind)}`,
    Effect: "Allow",
    Principal: { Service: service },
    Action: "s3:PutObject",
    Resource: keys.map((key) => `${bucket}/${key}`),
    Condition: { ...actingForUs(config), ArnLike: { "aws:SourceArn": sourceArn }, StringEqualsIfExists: ownersAcl },
  };
}

/** Services that look whether they could write before they are asked to. */
const look = (config: Configuration, bucket: string, writers: readonly Writer[]): readonly Statement[] =>
  lookersAmong(writers).map(({ kind, service, sourceArns }) => ({
    Sid: `Look${pascal(kind)}`,
    Effect: "Allow",
    Principal: { Service: service },
    Action: "s3:GetBucketAcl",
    Resource: bucket,
    Condition: { ...actingForUs(config), ArnLike: { "aws:SourceArn": sourceArns } },
  }));

function service(bucket: string, { kind, service: name, keys, looking, condition }: ServiceWriter): readonly Statement[] {
  const Principal = { Service: name };
  return [
    ...(looking.length > 0 ? [{ Sid: `Look${pascal(kind)}`, Effect: "Allow" as const, Principal, Action: looking, Resource: bucket, Condition: condition }] : []),
    {
      Sid: `Write${pascal(kind)}`,
      Effect: "Allow",
      Principal,
      Action: "s3:PutObject",
      Resource: keys.map((key) => `${bucket}/${key}`),
      Condition: { ...condition, StringEqualsIfExists: ownersAcl },
    },
  ];
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html */
function trail(config: Configuration, bucket: string, keys: readonly string[]): readonly Statement[] {
  const Principal = { Service: "cloudtrail.amazonaws.com" };
  const ours = { "aws:SourceArn": trailArn(config) };
  return [
    { Sid: "TrailLooksFirst", Effect: "Allow", Principal, Action: "s3:GetBucketAcl", Resource: bucket, Condition: { StringEquals: ours } },
    {
      Sid: "WriteTrail",
      Effect: "Allow",
      Principal,
      Action: "s3:PutObject",
      Resource: keys.map((key) => `${bucket}/${key}`),
      Condition: { StringEquals: ours, StringEqualsIfExists: ownersAcl },
    },
  ];
}

/** Amazon S3's own logs of the buckets of an account in a Region, which it writes there alone. */
function auditing(config: Configuration, { part, region, store }: Store): readonly ServiceWriter[] {
  if (store !== "audit") return [];
  const account = part === "records" ? config.accounts.backup! : config.accounts.logArchive;
  const about = (part === "records" ? (["backup"] as const) : (["storage", "replica"] as const)).flatMap((of) => storeArns(config, of, region));
  return auditLogs.map(({ name, service: writer, keys }) => ({
    kind: name,
    service: writer,
    looking: [],
    keys: [keys.replaceAll("{account}", account)],
    condition: { StringEquals: { "aws:SourceAccount": account }, ArnLike: { "aws:SourceArn": about } },
  }));
}

/** What is refused, whoever allows it elsewhere. */
function refused(config: Configuration, at: Store, keys: readonly string[]): readonly Statement[] {
  const bucket = namesFor(config).bucketArnOf(at.part, at.store, at.region, at.naming);
  return [
    ...bucketRefusals(config, at),
    ...encryptionRefusals(config, bucket, at),
    denyAll("ServicesAloneWrite", writing, `${bucket}/*`, {
      BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
    }),
    {
      Sid: "NoOtherKeys",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:PutObject",
      ...(keys.length === 0 ? { Resource: `${bucket}/*` } : { NotResource: keys.map((key) => `${bucket}/${key}`) }),
    },
  ];
}

/**
 * @param region the Region of the bucket
 * @throws Error in one line where the policy is beyond Amazon S3's quota (a long list of accounts in `writers`)
 */
export function logBucketPolicy(
  config: Configuration,
  region: string,
  store: StoreClass,
  naming: NamingClass = "",
  table: readonly LogSource[] = sources,
): PolicyDocument {
  const at: Store = { part: "storage", store, region, naming };
  const bucket = namesFor(config).logBucketArn(store, region, naming);
  const writers = writersOf(kindsIn(config, region, store, naming, table));
  const trailKeys = holdsTrail(config, region, store, naming)
    ? [`AWSLogs/${config.accounts.management}/CloudTrail*`, `AWSLogs/${config.organizationId}/*`]
    : [];
  const services = [...serviceWritersIn(config, region, store, naming), ...auditing(config, at)];
  const keys = widest([...[...writers, ...services].flatMap((writer) => writer.keys), ...trailKeys]);
  const policy = document([
    ...writers.map((writer) => write(config, bucket, writer)),
    ...look(config, bucket, writers),
    ...services.flatMap((writer) => service(bucket, writer)),
    ...(trailKeys.length > 0 ? trail(config, bucket, trailKeys) : []),
    ...refused(config, at, keys),
  ]);
  return within("bucket policy", `the log bucket policy of ${store} in ${region}`, policy);
}

/** The policy of the bucket in the backup account that takes what Amazon S3 records of the copies there. */
export function recordsBucketPolicy(config: Configuration, at: Store): PolicyDocument {
  const services = auditing(config, at);
  const bucket = namesFor(config).bucketArnOf(at.part, at.store, at.region, at.naming);
  const policy = document([...services.flatMap((writer) => service(bucket, writer)), ...refused(config, at, widest(services.flatMap(({ keys }) => keys)))]);
  return within("bucket policy", "the policy of the backup's records", policy);
}
