/** The archive's buckets: there, in their Region, open to the service that writes, and able to take what it writes. */
import { GetBucketEncryptionCommand, GetBucketLocationCommand, GetBucketOwnershipControlsCommand, GetBucketPolicyCommand, GetObjectLockConfigurationCommand, S3Client } from "@aws-sdk/client-s3";
import type { DefaultRetention, ServerSideEncryptionByDefault } from "@aws-sdk/client-s3";
import { sources } from "../../../functions/sources";
import type { PolicyDocument } from "../../../policy-pack/evaluator";
import { archiveKey, type ArchiveKey } from "../archive-key";
import { cause, type Check, type Finding, type Ground } from "../check";
import { keyNameOf } from "../nodes";
import { controlPoliciesOver, type ControlPolicies } from "../organization";
import { refusalOf } from "../requests";
import { putObject, writersIn, type LogWriter } from "../writers";

export interface BucketReading {
  readonly arn: string;
  /** Where it should be. */
  readonly region: string;
  readonly writers: readonly LogWriter[];
  /** For whom the writers are judged. */
  readonly accounts: readonly string[];
  /** The Region that it is in; null where there is none of this name, undefined where that could not be read. */
  readonly location: string | null | undefined;
  readonly policy: PolicyDocument | null | undefined;
  /** Null where nothing is set. */
  readonly encryption: ServerSideEncryptionByDefault | null | undefined;
  /** The archive's, of the Region. */
  readonly key: ArchiveKey | null | undefined;
  /** `BucketOwnerEnforced`, ...; null where nothing is set. */
  readonly ownership: string | null | undefined;
  readonly retention: DefaultRetention | null | undefined;
  readonly controls: ControlPolicies;
}

const NO_BUCKET = ["NoSuchBucket", "NotFound"];
const DEPLOY = "pulumi up of the stack log-archive";

/** Writers by their bucket. */
export function byBucket(writers: readonly LogWriter[]): readonly (readonly LogWriter[])[] {
  const buckets = new Map<string, LogWriter[]>();
  for (const writer of writers) buckets.set(writer.bucketArn, [...(buckets.get(writer.bucketArn) ?? []), writer]);
  return [...buckets.values()];
}

async function read(ground: Ground, writers: readonly LogWriter[]): Promise<BucketReading> {
  const { access, config, accounts, names } = ground;
  const [{ region, store, bucketArn: arn }] = writers as [LogWriter];
  const Bucket = arn.split(":::")[1]!;
  const place = { account: config.accounts.logArchive, region };
  const ask = <T>(action: string, work: (s3: S3Client) => Promise<T>, absent: readonly string[] = []) => access.attempt(place, action, (entered) => work(entered.client(S3Client, region)), [...NO_BUCKET, ...absent]);
  const [location, text, encryption, key, ownership, retention, controls] = await Promise.all([
    ask("s3:GetBucketLocation", async (s3) => ((await s3.send(new GetBucketLocationCommand({ Bucket }))).LocationConstraint ?? "us-east-1") as string),
    ask("s3:GetBucketPolicy", async (s3) => (await s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy ?? null, ["NoSuchBucketPolicy"]),
    ask("s3:GetEncryptionConfiguration", async (s3) => (await s3.send(new GetBucketEncryptionCommand({ Bucket }))).ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault ?? null, ["ServerSideEncryptionConfigurationNotFoundError"]),
    store === "kms" ? archiveKey(ground, names.keyAlias, region) : undefined,
    ask("s3:GetBucketOwnershipControls", async (s3) => (await s3.send(new GetBucketOwnershipControlsCommand({ Bucket }))).OwnershipControls?.Rules?.[0]?.ObjectOwnership ?? null, ["OwnershipControlsNotFoundError"]),
    ask("s3:GetBucketObjectLockConfiguration", async (s3) => (await s3.send(new GetObjectLockConfigurationCommand({ Bucket }))).ObjectLockConfiguration?.Rule?.DefaultRetention ?? null, ["ObjectLockConfigurationNotFoundError"]),
    controlPoliciesOver(access, config, place.account),
  ]);
  return { arn, region, writers, accounts, location, policy: typeof text === "string" ? (JSON.parse(text) as PolicyDocument) : text, encryption, key, ownership, retention, controls };
}

/** Whether each service may write what it has to: judged as one delivery, by the bucket's policy and what binds its account. */
function refusals({ arn, region, writers, accounts, policy, controls }: BucketReading, { config }: Pick<Ground, "config">): readonly Finding[] {
  if (policy === undefined) return [];
  return writers.flatMap((writer) =>
    (writer.onlyFor === undefined ? accounts : [writer.onlyFor]).flatMap((account): readonly Finding[] => {
      const layers = { managementAccount: config.accounts.management, resource: [{ name: "the bucket policy", document: policy ?? { Statement: [] } }], ...(controls.rcp && { rcp: controls.rcp }) };
      const refusal = refusalOf(putObject(writer, config, account), layers);
      if (!refusal) return [];
      const where = { region, source: writer.source };
      const found = `${writer.service} may not write ${writer.kind}: ${refusal.words}`;
      if (refusal.layer !== "rcp") return [cause("bucket-policy", arn, { ...where, account: config.accounts.logArchive }, found, DEPLOY)];
      return refusal.by.map((name) => cause("control-policy-on-writer", name, where, found, `detach the resource control policy ${name}, or exempt ${writer.service} in it`));
    }),
  );
}

export const check: Check<BucketReading> = {
  looksAt: "the archive's buckets, and whether each service may write its log there",
  causes: {
    "bucket-missing": { symptom: "no log of several sources arrives in a Region, nor is any failure told by its service", cause: "the archive's bucket is gone" },
    "bucket-elsewhere": { symptom: "no log of a Region arrives", cause: "the bucket of this name lies in another Region" },
    "bucket-policy": { symptom: "a delivery says Access error, or nothing at all", cause: "the bucket's policy does not let the service write" },
    "control-policy-on-writer": { symptom: "a delivery says Access error although the bucket's policy is as it should be", cause: "a resource control policy refuses the service" },
    "object-lock": { symptom: "load balancers' and AWS Config's logs stop", cause: "a bucket that services write to has Object Lock's default retention, which some can't write under" },
    "bucket-encryption": { symptom: "classic switches are refused: Access Denied for bucket", cause: "the bucket is encrypted with a KMS key, which this service can't use" },
    "bucket-key": { symptom: "no log of the KMS class arrives, or what arrives can't be read", cause: "the bucket encrypts with another key than the archive's, or with none of ours" },
    "bucket-ownership": { symptom: "logs arrive, and nobody may read them", cause: "what a service writes belongs to the service, and not to the archive" },
  },
  read: (ground) => Promise.all(byBucket(writersIn(ground.config, ground.scope, sources.length)).map((writers) => read(ground, writers))),
  judge(reading, { config, names }) {
    const { arn, region, writers, location, encryption, key, ownership, retention } = reading;
    const [{ store }] = writers as [LogWriter];
    const where = { account: config.accounts.logArchive, region };
    if (location === null) return [cause("bucket-missing", arn, where, "there is no bucket of this name", DEPLOY)];
    if (location !== undefined && location !== region) return [cause("bucket-elsewhere", arn, where, `it lies in ${location}`, `take the name back: empty and delete the bucket in ${location}, then ${DEPLOY}`)];
    const findings: Finding[] = [...refusals(reading, { config })];
    if (retention && !config.archive.objectLock[store].inPlace)
      findings.push(cause("object-lock", arn, where, `default retention: ${retention.Mode ?? ""} ${retention.Days ?? retention.Years ?? ""}`.trim(), `as the archive's administrator: aws s3api put-object-lock-configuration --bucket ${arn.split(":::")[1]} --object-lock-configuration ObjectLockEnabled=Enabled`));
    if (store === "sse-s3" && encryption?.SSEAlgorithm?.startsWith("aws:kms")) findings.push(cause("bucket-encryption", arn, where, `default encryption: ${encryption.SSEAlgorithm}`, DEPLOY));
    // By its ARN, its id or its alias, as it was set.
    const ours = key && [key.Arn, key.Arn?.split("/").at(-1), names.keyAlias, keyNameOf(config, names.keyAlias, region)];
    if (store === "kms" && encryption !== undefined && (encryption?.SSEAlgorithm !== "aws:kms" || (ours && !ours.includes(encryption.KMSMasterKeyID))))
      findings.push(cause("bucket-key", arn, where, `default encryption: ${encryption?.SSEAlgorithm ?? "none"}${encryption?.KMSMasterKeyID ? ` with ${encryption.KMSMasterKeyID}` : ""}, and not aws:kms with ${key?.Arn ?? names.keyAlias}`, DEPLOY));
    if (ownership !== undefined && ownership !== "BucketOwnerEnforced") findings.push(cause("bucket-ownership", arn, where, `object ownership: ${ownership ?? "none is set (ObjectWriter)"}`, DEPLOY));
    return findings;
  },
};
