import { ordinary } from "../../infra/documents/configurations-for-tests";
import { lifecycleRules } from "../../infra/documents/lifecycle";
import { storesIn, type Store } from "../../infra/documents/stores";
import { namesFor } from "../../infra/names";
import { type Cases, type Given, urn } from "./case";

// Every load balancer by its own switch, which leaves the deliveries of CloudFront and Amazon S3.
const sources = Object.fromEntries(Object.entries(ordinary.sources).map(([name, one]) => [name, ["alb", "nlb"].includes(name) ? { ...one, via: "switch" as const } : one]));
const configuration = { ...ordinary, tier: "log-archive" as const, sources };
const names = namesFor(configuration);
const account = "222222222222";

function bucket(at: Store): readonly Given[] {
  const { part, store, naming, region } = at;
  const name = names.bucketOf(part, store, region, naming);
  const audit = names.bucketOf("storage", "audit", region);
  const set = (type: string, props: object = {}): Given => ({ type: `aws:s3/${type[0]!.toLowerCase()}${type.slice(1)}:${type}`, name: `${type} of ${name}`, account, props: { bucket: name, region, ...props } });
  const copy = part === "replica";
  return [
    set("Bucket", copy ? { objectLockEnabled: true } : {}),
    ...["BucketPolicy", "BucketVersioning", "BucketServerSideEncryptionConfiguration", "BucketOwnershipControls", "BucketPublicAccessBlock", copy ? "BucketObjectLockConfiguration" : "BucketReplicationConfig"].map((type) => set(type)),
    set("BucketLifecycleConfiguration", { rules: lifecycleRules(configuration, at) }),
    ...(store === "audit"
      ? []
      : [
          set("BucketLogging", { targetBucket: audit, targetPrefix: "access/", targetObjectKeyFormat: { partitionedPrefix: { partitionDateSource: "EventTime" } } }),
          set("Inventory", {
            schedule: { frequency: "Daily" },
            optionalFields: ["Size", "LastModifiedDate", "StorageClass", "ETag", "ReplicationStatus", "EncryptionStatus", "ObjectLockRetainUntilDate", "ObjectLockMode", "ObjectLockLegalHoldStatus"],
            destination: { bucket: { accountId: account, bucketArn: `arn:aws:s3:::${audit}`, prefix: "inventory", format: configuration.archive.inventory.format } },
          }),
        ]),
  ];
}

const key = (name: string, region: string): readonly Given[] => [
  { type: "aws:kms/key:Key", name: `${name}-key-${region}`, account, props: { region } },
  { type: "aws:kms/alias:Alias", name: `${name}-${region}`, account, dependencies: [urn(`${name}-key-${region}`)], props: { name, region, targetKeyId: "13680188-9bc4-ea17-f527-d0192c6cc778" } },
];

const destination = (kind: string, region: string, props: object = {}): readonly Given[] => [
  { type: "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination", name: kind, props: { name: `fall-${kind}`, region, outputFormat: "json", deliveryDestinationConfiguration: { destinationResourceArn: `arn:aws:s3:::aws-fall-log-storage-${account}-${region}` }, ...props } },
  { type: "aws:cloudwatch/logDeliveryDestinationPolicy:LogDeliveryDestinationPolicy", name: `${kind}-policy`, props: { deliveryDestinationName: `fall-${kind}`, region, deliveryDestinationPolicy: "{}" } },
];

const [logs, trail] = ["alias/fall-log-storage", "alias/fall-trail"];
const all = [
  ...configuration.regions.flatMap((region) => [...storesIn(configuration, region).flatMap(bucket), ...key(logs, region)]),
  ...key(trail, "us-east-1"),
  ...destination("cloudfront-access", "us-east-1"),
  ...configuration.regions.flatMap((region) => destination("s3-access", region)),
];
const STORE = "aws-fall-log-storage-222222222222-us-east-1";
const COPY = "aws-fall-log-replica-222222222222-eu-central-1";
const but = (name: string, ...others: readonly Given[]) => [...all.filter((one) => one.name !== name), ...others];
const with_ = (name: string, props: object) => all.map((one) => (one.name === name ? { ...one, props: { ...one.props, ...props } } : one));

export const cases: Cases = {
  configuration,
  passes: { "everything": all },
  fails: {
    "a bucket that is missing": [new RegExp(`The bucket ${STORE} is missing`), ...but(`Bucket of ${STORE}`)],
    "a copy in another Region": [new RegExp(`The bucket ${COPY}: its region is "us-east-1"`), ...with_(`Bucket of ${COPY}`, { region: "us-east-1" })],
    "a copy that can't be locked": [/its objectLockEnabled is absent/, ...but(`Bucket of ${COPY}`, { type: "aws:s3/bucket:Bucket", name: `Bucket of ${COPY}`, account, props: { bucket: COPY, region: "eu-central-1" } })],
    "a lifecycle that is missing": [new RegExp(`The lifecycle of ${STORE} is missing`), ...but(`BucketLifecycleConfiguration of ${STORE}`)],
    "logs that end later": [/ends after 4000/, ...with_(`BucketLifecycleConfiguration of ${STORE}`, { rules: lifecycleRules(configuration, { store: "kms", naming: "" }).map((rule) => ({ ...rule, expiration: { days: 4_000 } })) })],
    "an inventory a week": [/schedule.frequency is "Weekly", "Daily" is wanted/, ...with_(`Inventory of ${STORE}`, { schedule: { frequency: "Weekly" } })],
    "an alias of a key elsewhere": [/targetKeyId is .*a key of this stack there is wanted/, ...but(`${trail}-us-east-1`, { ...key(trail, "us-east-1")[1]!, dependencies: [urn(`${logs}-key-eu-central-1`)] })],
    "no alias": [/The alias alias\/fall-log-storage in eu-central-1 is missing/, ...but(`${logs}-eu-central-1`)],
    "a destination that leads elsewhere": [/destinationResourceArn is "arn:aws:s3:::own"/, ...with_("cloudfront-access", { deliveryDestinationConfiguration: { destinationResourceArn: "arn:aws:s3:::own" } })],
    "a destination to which nobody may deliver": [/The policy of the delivery destination fall-cloudfront-access in us-east-1 is missing/, ...but("cloudfront-access-policy")],
  },
};
