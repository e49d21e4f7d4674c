/** Breakages in the archive: keys, buckets, delivery destinations. */
import { CloudWatchLogsClient, DeleteDeliveryDestinationCommand, DeleteDeliveryDestinationPolicyCommand, GetDeliveryDestinationCommand, GetDeliveryDestinationPolicyCommand, PutDeliveryDestinationCommand, PutDeliveryDestinationPolicyCommand } from "@aws-sdk/client-cloudwatch-logs";
import { CancelKeyDeletionCommand, DescribeKeyCommand, DisableKeyCommand, EnableKeyCommand, GetKeyPolicyCommand, KMSClient, PutKeyPolicyCommand, ScheduleKeyDeletionCommand } from "@aws-sdk/client-kms";
import { GetBucketPolicyCommand, PutBucketEncryptionCommand, PutBucketPolicyCommand, S3Client, type ServerSideEncryptionRule } from "@aws-sdk/client-s3";
import { keyNameOf } from "../../commands/doctor/nodes";
import type { StoreClass } from "../../infra/names";
import type { Call } from "../proxy";
import { answering, atMember, failing, type Asked, type Bench, type Breakage, type Undo } from "./bench";

const of = (bench: Bench) => bench.config.accounts.logArchive;
const regional = (source: string) => ({ home, member }: Bench): Asked => ({ source, account: member, region: home });

const kms = (bench: Bench) => bench.direct(of(bench)).client(KMSClient);
const keyId = async (bench: Bench, alias = bench.lab.world.names.keyAlias) => (await kms(bench).send(new DescribeKeyCommand({ KeyId: alias }))).KeyMetadata!.KeyId!;
const theKey = (cause: string) => (bench: Bench) => ({ cause, what: keyNameOf(bench.config, bench.lab.world.names.keyAlias, bench.home) });

/** Puts another policy on the key, made of the one it has. */
async function rekeyed(bench: Bench, change: (policy: string) => string, alias?: string): Promise<Undo> {
  const KeyId = await keyId(bench, alias);
  const { Policy = "" } = await kms(bench).send(new GetKeyPolicyCommand({ KeyId, PolicyName: "default" }));
  const put = (text: string) => kms(bench).send(new PutKeyPolicyCommand({ KeyId, PolicyName: "default", Policy: text, BypassPolicyLockoutSafetyCheck: true }));
  await put(change(Policy));
  return () => put(Policy);
}

/** The statements of a policy without some, by the start of their Sid. */
export const without = (sid: RegExp) => (text: string): string => {
  const policy = JSON.parse(text) as { Statement: { Sid: string }[] };
  return JSON.stringify({ ...policy, Statement: policy.Statement.filter(({ Sid }) => !sid.test(Sid)) });
};

const s3 = (bench: Bench) => bench.direct(of(bench)).client(S3Client);
const bucketOf = (store: StoreClass) => (bench: Bench) => bench.lab.world.names.logBucket(store, bench.home);
const theBucket = (cause: string, store: StoreClass) => (bench: Bench) => ({ cause, what: `arn:aws:s3:::${bucketOf(store)(bench)}` });

async function repoliced(bench: Bench, store: StoreClass, change: (policy: string) => string): Promise<Undo> {
  const Bucket = bucketOf(store)(bench);
  const { Policy = "" } = await s3(bench).send(new GetBucketPolicyCommand({ Bucket }));
  await s3(bench).send(new PutBucketPolicyCommand({ Bucket, Policy: change(Policy) }));
  return () => s3(bench).send(new PutBucketPolicyCommand({ Bucket, Policy }));
}

const KIND = "s3-access";
const logs = (bench: Bench) => bench.direct(of(bench)).client(CloudWatchLogsClient);
const theDestination = (cause: string) => (bench: Bench) => ({ cause, what: bench.lab.world.names.deliveryDestinationArn(KIND, bench.home) });

/** What a destination is, and how to make it so again: moto forgets the policy with whatever changes a destination. */
async function destination(bench: Bench) {
  const name = bench.lab.world.names.deliveryDestination(KIND);
  const { deliveryDestination } = await logs(bench).send(new GetDeliveryDestinationCommand({ name }));
  const { policy } = await logs(bench).send(new GetDeliveryDestinationPolicyCommand({ deliveryDestinationName: name }));
  const leading = (arn = deliveryDestination!.deliveryDestinationConfiguration!.destinationResourceArn!) =>
    logs(bench).send(new PutDeliveryDestinationCommand({ name, outputFormat: deliveryDestination!.outputFormat, deliveryDestinationConfiguration: { destinationResourceArn: arn } }));
  const open = () => logs(bench).send(new PutDeliveryDestinationPolicyCommand({ deliveryDestinationName: name, deliveryDestinationPolicy: policy!.deliveryDestinationPolicy! }));
  return { name, leading, open, asItWas: () => leading().then(open) };
}

export const archiveBreakages: readonly Breakage[] = [
  {
    name: "the log key is disabled, and every flow log says that its delivery failed",
    asked: atMember("vpc"),
    plant: async (bench) => {
      const KeyId = await keyId(bench);
      await kms(bench).send(new DisableKeyCommand({ KeyId }));
      const succeeding = failing(bench);
      return () => succeeding().then(() => kms(bench).send(new EnableKeyCommand({ KeyId })));
    },
    named: theKey("key-disabled"),
  },
  {
    name: "the log key is about to be deleted",
    asked: regional("route53-resolver"),
    plant: async (bench) => {
      const KeyId = await keyId(bench);
      await kms(bench).send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
      return () => kms(bench).send(new CancelKeyDeletionCommand({ KeyId })).then(() => kms(bench).send(new EnableKeyCommand({ KeyId })));
    },
    named: theKey("key-pending-deletion"),
  },
  { name: "the log key no longer lets delivery.logs encrypt", asked: regional("alb"), plant: (bench) => rekeyed(bench, without(/^Encrypt/)), named: theKey("key-policy") },
  {
    name: "the trail's key no longer lets CloudTrail encrypt",
    asked: () => ({ source: "trail" }),
    plant: (bench) => rekeyed(bench, without(/^EncryptTrail$/), bench.lab.world.names.trailKeyAlias),
    named: (bench) => ({ cause: "key-policy", what: keyNameOf(bench.config, bench.lab.world.names.trailKeyAlias, bench.home) }),
  },
  { name: "the log bucket no longer lets delivery.logs write", asked: atMember("vpc"), plant: (bench) => repoliced(bench, "kms", without(/^Write(?!Trail)/)), named: theBucket("bucket-policy", "kms") },
  {
    name: "the log bucket admits another organization",
    asked: regional("nlb"),
    plant: (bench) => repoliced(bench, "kms", (text) => text.replaceAll(bench.config.organizationId, "o-another000")),
    named: theBucket("bucket-policy", "kms"),
  },
  { name: "the bucket of the classic switches no longer lets load balancers write", asked: regional("clb"), plant: (bench) => repoliced(bench, "sse-s3", without(/^WriteClb/)), named: theBucket("bucket-policy", "sse-s3") },
  {
    name: "the bucket of the classic switches is encrypted with a key",
    asked: regional("clb"),
    plant: async (bench) => {
      const put = (SSEAlgorithm: NonNullable<ServerSideEncryptionRule["ApplyServerSideEncryptionByDefault"]>["SSEAlgorithm"]) =>
        s3(bench).send(new PutBucketEncryptionCommand({ Bucket: bucketOf("sse-s3")(bench), ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm } }] } }));
      await put("aws:kms");
      return () => put("AES256");
    },
    named: theBucket("bucket-encryption", "sse-s3"),
  },
  {
    name: "the bucket of the classic switches locks each object by default",
    asked: regional("clb"),
    // Moto puts a default retention on empty buckets alone; AWS on any that keeps versions.
    plant: (bench) =>
      Promise.resolve(
        answering(
          bench,
          "s3:GetObjectLockConfiguration",
          (body, { parameters }) =>
            parameters.Bucket === bucketOf("sse-s3")(bench)
              ? "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule><DefaultRetention><Mode>GOVERNANCE</Mode><Days>1</Days></DefaultRetention></Rule></ObjectLockConfiguration>"
              : body,
          200,
        ),
      ),
    named: theBucket("object-lock", "sse-s3"),
  },
  {
    name: "the log bucket lies in another Region",
    asked: atMember("vpc"),
    plant: (bench) =>
      Promise.resolve(answering(bench, "s3:GetBucketLocation", (body, { parameters }) => (parameters.Bucket === bucketOf("kms")(bench) ? '<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">eu-north-1</LocationConstraint>' : body))),
    named: theBucket("bucket-elsewhere", "kms"),
  },
  {
    name: "the log bucket is gone",
    asked: atMember("vpc"),
    // What keeps whole accounts' logs is not deleted here either: the proxy answers as Amazon S3 would.
    plant: (bench) => {
      const gone = (body: string, { parameters }: Call) => (parameters.Bucket === bucketOf("kms")(bench) ? "<Error><Code>NoSuchBucket</Code><Message>The specified bucket does not exist</Message></Error>" : body);
      const undo = ["GetBucketLocation", "GetBucketPolicy", "GetBucketEncryption", "GetObjectLockConfiguration"].map((operation) => answering(bench, `s3:${operation}`, gone, 404));
      return Promise.resolve(() => Promise.all(undo.map((one) => one())));
    },
    named: theBucket("bucket-missing", "kms"),
  },
  {
    name: "a delivery destination is gone",
    asked: regional("s3"),
    plant: async (bench) => {
      const { name, asItWas } = await destination(bench);
      await logs(bench).send(new DeleteDeliveryDestinationCommand({ name }));
      return asItWas;
    },
    named: theDestination("destination-missing"),
  },
  {
    name: "a delivery destination leads to another bucket",
    asked: regional("s3"),
    plant: async (bench) => {
      const { leading, open, asItWas } = await destination(bench);
      await leading("arn:aws:s3:::somebody-elses");
      await open();
      return asItWas;
    },
    named: theDestination("destination-elsewhere"),
  },
  {
    name: "a delivery destination admits no enforcer",
    asked: regional("s3"),
    plant: async (bench) => {
      const { name, open } = await destination(bench);
      await logs(bench).send(new DeleteDeliveryDestinationPolicyCommand({ deliveryDestinationName: name }));
      return open;
    },
    named: theDestination("destination-policy"),
  },
];
