/** Readers for what keeps: buckets and their objects, keys, queues, topics, secrets, delivery destinations. */
import { pick, UNKNOWN, type Plain } from "./plain";
import { namesOf, optionalPolicy, policy, type Reader } from "./reader";
import type { BucketSetting, PolicyKind, Resource } from "./subject";

const inside: Readonly<Record<string, BucketSetting>> = { versioningConfiguration: "versioning", bucketEncryption: "encryption", ownershipControls: "ownership" };

const bucket: Reader = (resource) => [
  {
    kind: "bucket",
    resource,
    names: namesOf(resource, "bucket", "bucketName", "id"),
    publicAccessBlock: pick(resource.props, "publicAccessBlockConfiguration") ?? null,
    forceDestroy: pick(resource.props, "forceDestroy") ?? null,
  },
  // CloudFormation has them in the bucket itself.
  ...Object.entries(inside).flatMap(([property, setting]) =>
    pick(resource.props, property) === undefined ? [] : [{ kind: "bucket-setting" as const, resource, setting, bucket: resource.name, value: resource.props }]),
  ...optionalPolicy("bucket-policy", resource, pick(resource.props, "policy")),
];

/** A setting of a bucket as a resource of its own. */
const bucketSetting = (setting: BucketSetting): Reader => (resource) => [
  { kind: "bucket-setting", resource, setting, bucket: pick(resource.props, "bucket") ?? UNKNOWN, value: resource.props },
];

/** A policy that is a resource of its own, and names what it stands on. */
const standing = (kind: PolicyKind, owner: readonly string[], properties: readonly string[] = ["policy", "policyDocument"]): Reader =>
  (resource) => [policy(kind, resource, pick(resource.props, ...properties), pick(resource.props, ...owner))];

const key: Reader = (resource) => [
  { kind: "key", resource },
  policy("key-policy", resource, pick(resource.props, "policy", "keyPolicy")),
];

const queue: Reader = (resource) => [
  {
    kind: "queue",
    resource,
    names: namesOf(resource, "name", "queueName", "arn", "url", "id"),
    redrive: pick(resource.props, "redrivePolicy") ?? null,
  },
  ...optionalPolicy("queue-policy", resource, pick(resource.props, "policy")),
];

const deliveryDestination: Reader = (resource) => {
  const value = pick(resource.props, "deliveryDestinationPolicy");
  // CloudFormation nests the document in a property of the same name.
  return optionalPolicy("delivery-destination-policy", resource, pick(value, "deliveryDestinationPolicy") ?? value);
};

/** An object's text: given as such, or as an asset; a file is not read, the pack judges what it is sent. */
function contentOf(resource: Resource): Plain {
  const content = pick(resource.props, "content", "source") ?? UNKNOWN;
  return typeof content === "string" ? content : (pick(content, "text") ?? UNKNOWN);
}

const object: Reader = (resource) => [
  {
    kind: "object",
    resource,
    bucket: pick(resource.props, "bucket") ?? UNKNOWN,
    key: pick(resource.props, "key") ?? resource.name,
    content: contentOf(resource),
  },
];

export const storageReaders: Readonly<Record<string, Reader>> = {
  "s3:bucket": bucket,
  "s3:bucketpolicy": standing("bucket-policy", ["bucket"]),
  "s3:bucketobject": object,
  "s3:bucketversioning": bucketSetting("versioning"),
  "s3:bucketobjectlockconfiguration": bucketSetting("object-lock"),
  "s3:bucketlifecycleconfiguration": bucketSetting("lifecycle"),
  "s3:bucketreplicationconfig": bucketSetting("replication"),
  "s3:bucketlogging": bucketSetting("logging"),
  "s3:inventory": bucketSetting("inventory"),
  "s3:bucketserversideencryptionconfiguration": bucketSetting("encryption"),
  "s3:bucketownershipcontrols": bucketSetting("ownership"),
  "s3:bucketnotification": bucketSetting("notification"),
  "s3:bucketpublicaccessblock": (resource) => [
    { kind: "public-access-block", resource, bucket: pick(resource.props, "bucket") ?? UNKNOWN, settings: resource.props },
  ],
  "kms:alias": (resource) => [
    { kind: "alias", resource, name: namesOf(resource, "name", "aliasName")[0] ?? resource.name, target: pick(resource.props, "targetKeyId") ?? UNKNOWN },
  ],
  "kms:key": key,
  "kms:replicakey": key,
  "kms:externalkey": key,
  "kms:replicaexternalkey": key,
  "kms:keypolicy": standing("key-policy", ["keyId"]),
  "sqs:queue": queue,
  "sqs:queuepolicy": standing("queue-policy", ["queueUrl", "queues"]),
  "sns:topic": (resource) => optionalPolicy("topic-policy", resource, pick(resource.props, "policy")),
  "sns:topicpolicy": standing("topic-policy", ["arn", "topics"]),
  "secretsmanager:secret": (resource) => optionalPolicy("secret-policy", resource, pick(resource.props, "policy")),
  "secretsmanager:secretpolicy": standing("secret-policy", ["secretArn"]),
  "secretsmanager:resourcepolicy": standing("secret-policy", ["secretId"], ["resourcePolicy"]),
  "logs:deliverydestination": deliveryDestination,
};
