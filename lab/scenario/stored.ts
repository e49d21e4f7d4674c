/**
 * Logs themselves: the samples, each delivered by its own service by the very call that it makes, and every named query asked
 * over them as an analyst asks it. That AWS would deliver them is not shown; that they may be, and can be found, is.
 */
import { isDeepStrictEqual } from "node:util";
import { CloudTrailClient, GetTrailCommand } from "@aws-sdk/client-cloudtrail";
import { DescribeKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { PutObjectCommand, S3Client, type PutObjectCommandInput } from "@aws-sdk/client-s3";
import { scopeOf } from "../../commands/doctor/examine";
import { writersIn, type LogWriter } from "../../commands/doctor/writers";
import { askLocally, fromArchive } from "../../commands/query/local";
import { readParameters } from "../../commands/query/parameters";
import { asObjects } from "../../commands/query/rows";
import { sources } from "../../functions/sources";
import type { Configuration } from "../../infra/config/configuration";
import { archiveLogs, holdsPrefix } from "../../infra/documents/archive-logs";
import { auditLogs } from "../../infra/documents/audit-logs";
import { trailArn } from "../../infra/documents/writers";
import { namesFor } from "../../infra/names";
import { queries } from "../../queries";
import { sampleObjects, type SampleObject } from "../../queries/samples/archive";
import type { Ground } from "../../queries/samples/ground";
import { plantedParams, plantedRows } from "../../queries/samples/planted";
import type { Person } from "../organization";
import type { CheckRow } from "../report/report";
import { ownEnvironment, runCommand } from "./command";
import type { Lab } from "./start";
import { pool } from "./world";

/** As whom a service writes. */
interface Writes {
  readonly service: string;
  readonly account: string;
  readonly arn?: string;
  /** How CloudTrail encrypts: with the trail's own key, and the trail as context. */
  readonly encryption?: Pick<PutObjectCommandInput, "ServerSideEncryption" | "SSEKMSKeyId" | "SSEKMSEncryptionContext">;
}

/** Who delivers an object of the archive: the writer of the kind of log whose keys are closest. @throws Error for one that nobody delivers */
function writerOf({ config, account }: Ground, { bucket, key }: SampleObject, writers: readonly LogWriter[], trails: Writes["encryption"]): Writes {
  const { accounts: { management, logArchive }, bucketArnOf } = namesFor(config);
  const audited = auditLogs.find((log) => bucket.includes("-audit-") && holdsPrefix(log, key));
  if (audited) return { service: audited.service, account: logArchive, arn: bucketArnOf("storage", "kms", config.regions.find((region) => bucket.endsWith(region))!) };
  const [closest] = archiveLogs(config)
    .flatMap((log) => writers.filter(({ source, kind, bucketArn }) => [source, kind].includes(log.name) && bucketArn.endsWith(`:${bucket}`) && holdsPrefix(log, key)).map((writer) => ({ log, writer })))
    .sort((a, b) => b.log.keys.length - a.log.keys.length);
  if (!closest) throw new Error(`nobody delivers ${bucket}/${key}`);
  const { service, source, onlyFor, sourceArn } = closest.writer;
  const by = source === "trail" ? management : (onlyFor ?? account);
  return { service, account: by, arn: sourceArn?.(by), ...(source === "trail" && { encryption: trails }) };
}

/** As the trail says. */
async function trailEncryption({ callers, organization, world, samples }: Lab): Promise<Writes["encryption"]> {
  const arn = trailArn(samples.config);
  const { Trail } = await callers(organization.management.admin, world.names.homeRegion).client(CloudTrailClient).send(new GetTrailCommand({ Name: arn }));
  const alias = Trail!.KmsKeyId;
  const { KeyMetadata } = await callers(organization.logArchive.admin, world.names.homeRegion).client(KMSClient).send(new DescribeKeyCommand({ KeyId: alias }));
  return { ServerSideEncryption: "aws:kms", SSEKMSKeyId: KeyMetadata!.Arn, SSEKMSEncryptionContext: Buffer.from(JSON.stringify({ "aws:cloudtrail:arn": arn })).toString("base64") };
}

/** Delivers every sample. */
export async function storeLogs(lab: Lab): Promise<CheckRow> {
  const { samples, proxy, callers } = lab;
  const trails = await trailEncryption(lab);
  const writers = writersIn(samples.config, scopeOf(samples.config), sources.length);
  const objects = sampleObjects(samples);
  const refused = await pool(objects, 4, async (object) => {
    const { service, account, arn, encryption } = writerOf(samples, object, writers, trails);
    const { bucket: Bucket, key: Key, body: Body } = object;
    const region = samples.config.regions.find((one) => Bucket.endsWith(one))!;
    const credentials = proxy.registry.service(service, { account, arn });
    try {
      await callers({ account: samples.config.accounts.logArchive, credentials }, region).client(S3Client).send(new PutObjectCommand({ Bucket, Key, Body, ...encryption }));
      return [];
    } catch (error) {
      return [`${service} may not write ${Bucket}/${Key}: ${String(error)}`];
    }
  });
  return { name: "each service delivers its own log, of every kind that is stored", ok: objects.length > 0 && refused.flat().length === 0, detail: refused.flat().slice(0, 3).join("; ") || `${objects.length} objects` };
}

/** The object of a sample, by a part of its key. */
export function storedObject(ground: Ground, part: string): { readonly Bucket: string; readonly Key: string } {
  const found = sampleObjects(ground).find(({ key }) => key.includes(part));
  if (!found) throw new Error(`no sample's key holds ${part}`);
  return { Bucket: found.bucket, Key: found.key };
}

/** Every named query, by the command's own code, with the rights of somebody who came in as an analyst. */
export async function askQueries({ samples, callers, organization }: Lab, config: Configuration, analyst: Person): Promise<CheckRow[]> {
  const { account, other, day } = samples;
  const logs = fromArchive(config, (region) => callers(analyst, region).client(S3Client));
  const planted = plantedRows(samples);
  return pool(queries, 2, async (query): Promise<CheckRow> => {
    const rows = planted[query.name]!;
    const given = [`accounts=${[account, other, organization.logArchive.id].join()}`, `from=${day}`, `to=${day}`, ...(plantedParams[query.name] ?? [])];
    const name = `an analyst asks ${query.name} and gets the rows that were delivered, and no other`;
    try {
      const found = asObjects(await askLocally(config, query, readParameters(query, given), logs));
      return { name, ok: isDeepStrictEqual(found, rows), detail: isDeepStrictEqual(found, rows) ? `${rows.length} rows` : JSON.stringify(found).slice(0, 500) };
    } catch (error) {
      return { name, ok: false, detail: String(error) };
    }
  });
}

/** The command itself, as a person would run it beside this lab, of the last days; after the lab has announced itself. */
export async function askByCommand({ samples }: Lab): Promise<CheckRow> {
  const query = "who-turned-logging-off";
  const { code, stdout, stderr } = await runCommand("query", [query, "--lab", "--json"], ownEnvironment());
  const found = code === 0 ? (JSON.parse(stdout) as readonly object[]) : [];
  const missing = plantedRows(samples)[query]!.filter((row) => !found.some((one) => isDeepStrictEqual(one, row)));
  return { name: `npm run query -- ${query} --lab finds what was delivered`, ok: code === 0 && missing.length === 0, detail: stderr.trim() || `${found.length} rows, ${missing.length} missing` };
}
