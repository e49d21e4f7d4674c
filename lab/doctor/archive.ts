/** Breakages in the archive: keys, buckets, delivery destinations. */
import { CloudWatchLogsClient, DeleteDeliveryDestinationCommand, DeleteDeliveryDestinationPolicyCommand, GetDeliveryDestinationCommand, GetDeliveryDestinationPolicyCommand, PutDeliveryDestinationCommand, PutDeliveryDestinationPolicyCommand } from "@aws-sdk/client-cloudwatch-logs";
import { CancelKeyDeletionCommand, CreateAliasCommand, CreateKeyCommand, DeleteAliasCommand, DescribeKeyCommand, DisableKeyCommand, EnableKeyCommand, GetKeyPolicyCommand, KMSClient, PutKeyPolicyCommand, ScheduleKeyDeletionCommand } from "@aws-sdk/client-kms";
import {
  DeleteBucketPolicyCommand, GetBucketEncryptionCommand, GetBucketPolicyCommand, PutBucketEncryptionCommand, PutBucketOwnershipControlsCommand, PutBucketPolicyCommand, S3Client, type ObjectOwnership,
  type ServerSideEncryptionByDefault,
} from "@aws-sdk/client-s3";
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

/** Another default encryption. */
const encrypted = (store: StoreClass, otherwise: (bench: Bench) => Promise<ServerSideEncryptionByDefault>) => async (bench: Bench): Promise<Undo> => {
  const Bucket = bucketOf(store)(bench);
  const { ServerSideEncryptionConfiguration: before } = await s3(bench).send(new GetBucketEncryptionCommand({ Bucket }));
  const ApplyServerSideEncryptionByDefault = await otherwise(bench);
  await s3(bench).send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault }] } }));
  return () => s3(bench).send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: before }));
};

/** Moto puts a default retention on empty buckets alone; AWS on any that keeps versions. */
const locked = (store: StoreClass) => (bench: Bench): Promise<Undo> =>
  Promise.resolve(
    answering(
      bench,
      "s3:GetObjectLockConfiguration",
      (body, { parameters }) =>
        parameters.Bucket === bucketOf(store)(bench)
          ? "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule><DefaultRetention><Mode>GOVERNANCE</Mode><Days>1</Days></DefaultRetention></Rule></ObjectLockConfiguration>"
          : body,
      200,
    ),
  );

const statements = (text: string, change: (statements: readonly object[]) => readonly object[]): string => {
  const policy = JSON.parse(text) as { Statement: object[] };
  return JSON.stringify({ ...policy, Statement: change(policy.Statement) });
};

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
  return { name, policy: policy!.deliveryDestinationPolicy!, leading, open, asItWas: () => leading().then(open) };
}

const leadingTo = (bucketOf: (bench: Bench) => string) => async (bench: Bench): Promise<Undo> => {
  const { leading, open, asItWas } = await destination(bench);
  await leading(bucketOf(bench));
  await open();
  return asItWas;
};

export const archiveBreakages: readonly Breakage[] = [
  {
    name: "nothing is found in the way, and no flow log has arrived for twelve days",
    asked: ({ lab, member }) => ({ source: "vpc", account: member, region: lab.samples.region }),
    // The emulator's objects are all of now.
    plant: (bench) =>
      Promise.resolve(answering(bench, "s3:ListObjectsV2", (body, { parameters }) => (String(parameters.Prefix).includes("vpcflowlogs") ? body.replace(/(?<=<LastModified>)[^<]+/g, new Date(Date.now() - 12 * 86_400_000).toISOString()) : body))),
    named: ({ lab: { samples, world }, member }) => ({ cause: "stopped-arriving", what: `s3://${world.names.logBucket("kms", samples.region)}/AWSLogs/${member}/vpcflowlogs/${samples.region}/` }),
  },
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
    plant: encrypted("sse-s3", () => Promise.resolve({ SSEAlgorithm: "aws:kms" })),
    named: theBucket("bucket-encryption", "sse-s3"),
  },
  { name: "the log bucket is encrypted with Amazon S3's own keys", asked: atMember("vpc"), plant: encrypted("kms", () => Promise.resolve({ SSEAlgorithm: "AES256" })), named: theBucket("bucket-key", "kms") },
  {
    name: "the log bucket is encrypted with another key",
    asked: atMember("vpc"),
    plant: encrypted("kms", async (bench) => ({ SSEAlgorithm: "aws:kms", KMSMasterKeyID: (await kms(bench).send(new CreateKeyCommand({}))).KeyMetadata!.Arn })),
    named: theBucket("bucket-key", "kms"),
  },
  {
    name: "what is written into the log bucket belongs to its writer",
    asked: atMember("vpc"),
    plant: async (bench) => {
      const own = (ObjectOwnership: ObjectOwnership) => s3(bench).send(new PutBucketOwnershipControlsCommand({ Bucket: bucketOf("kms")(bench), OwnershipControls: { Rules: [{ ObjectOwnership }] } }));
      await own("ObjectWriter");
      return () => own("BucketOwnerEnforced");
    },
    named: theBucket("bucket-ownership", "kms"),
  },
  {
    name: "the log bucket has no policy",
    asked: atMember("vpc"),
    plant: async (bench) => {
      const undo = await repoliced(bench, "kms", (policy) => policy);
      await s3(bench).send(new DeleteBucketPolicyCommand({ Bucket: bucketOf("kms")(bench) }));
      return undo;
    },
    named: theBucket("bucket-policy", "kms"),
  },
  {
    name: "somebody's statement in the log bucket's policy refuses services",
    asked: regional("alb"),
    plant: (bench) => repoliced(bench, "kms", (text) => statements(text, (before) => [...before, { Sid: "FromOurNetwork", Effect: "Deny", Principal: "*", Action: "s3:PutObject", Resource: `arn:aws:s3:::${bucketOf("kms")(bench)}/*`, Condition: { StringNotEquals: { "aws:SourceVpce": "vpce-1" } } }])),
    named: theBucket("bucket-policy", "kms"),
  },
  {
    name: "the log bucket admits deliveries for another account alone",
    asked: atMember("vpc"),
    plant: (bench) =>
      repoliced(bench, "kms", (text) =>
        statements(text, (before) => before.map((one) => ("Sid" in one && /^Write(?!Trail)/.test(String(one.Sid)) ? { ...one, Condition: { StringEquals: { "aws:SourceAccount": "999999999999" } } } : one))),
      ),
    named: theBucket("bucket-policy", "kms"),
  },
  { name: "the log bucket locks each object by default", asked: regional("alb"), plant: locked("kms"), named: theBucket("object-lock", "kms") },
  {
    name: "the log key's alias is gone",
    asked: regional("vpc"),
    plant: async (bench) => {
      const AliasName = bench.lab.world.names.keyAlias;
      const TargetKeyId = await keyId(bench);
      await kms(bench).send(new DeleteAliasCommand({ AliasName }));
      return () => kms(bench).send(new CreateAliasCommand({ AliasName, TargetKeyId }));
    },
    named: theKey("key-missing"),
  },
  { name: "the log key admits another organization", asked: regional("vpc"), plant: (bench) => rekeyed(bench, (text) => text.replaceAll(bench.config.organizationId, "o-another000")), named: theKey("key-policy") },
  {
    name: "the bucket of the classic switches locks each object by default",
    asked: regional("clb"),
    plant: locked("sse-s3"),
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
    plant: leadingTo(() => "arn:aws:s3:::somebody-elses"),
    named: theDestination("destination-elsewhere"),
  },
  {
    name: "a delivery destination leads to the archive's bucket of another Region",
    asked: regional("s3"),
    plant: leadingTo(({ lab }) => lab.world.names.logBucketArn("kms", lab.samples.region)),
    named: theDestination("destination-elsewhere"),
  },
  {
    name: "a delivery destination admits another organization",
    asked: regional("s3"),
    plant: async (bench) => {
      const { name, policy, open } = await destination(bench);
      await logs(bench).send(new PutDeliveryDestinationPolicyCommand({ deliveryDestinationName: name, deliveryDestinationPolicy: policy.replaceAll(bench.config.organizationId, "o-another000") }));
      return open;
    },
    named: theDestination("destination-policy"),
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
