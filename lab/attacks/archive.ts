/** Destroying, opening or re-keying the log archive from within its own account. */
import {
  CloudWatchLogsClient,
  CreateDeliveryCommand,
  DeleteDeliveryDestinationCommand,
  DeleteDeliveryDestinationPolicyCommand,
  PutDeliveryDestinationCommand,
  PutDeliveryDestinationPolicyCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import {
  CreateGrantCommand,
  DisableKeyCommand,
  DisableKeyRotationCommand,
  KMSClient,
  PutKeyPolicyCommand,
  ScheduleKeyDeletionCommand,
  UpdateAliasCommand,
} from "@aws-sdk/client-kms";
import {
  DeleteBucketCommand,
  DeleteBucketPolicyCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { PutPublicAccessBlockCommand as PutAccountPublicAccessBlockCommand, S3ControlClient } from "@aws-sdk/client-s3-control";
import type { S3ControlClientConfig } from "@aws-sdk/client-s3-control";
import { attacks } from "./attack";
import type { Target } from "./attack";

/** S3 Control would call <account>.<host>; the lab's proxy is one host. */
class OneHostS3Control extends S3ControlClient {
  constructor(configuration: S3ControlClientConfig) {
    super({ ...configuration, endpointProvider: () => ({ url: new URL(String(configuration.endpoint)) }) });
  }
}

const bucket = ({ names, region }: Target) => ({ Bucket: names.logBucket("kms", region) });
const openDoor = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }],
});
const destination = ({ names }: Target) => names.deliveryDestination("alb-access");

export const archiveAttacks = attacks("scp", "log-archive", {
  "delete a log": (send, target) => send(S3Client, new DeleteObjectCommand({ ...bucket(target), Key: "AWSLogs/log.gz" })),
  "delete a version of a log": (send, target) =>
    send(S3Client, new DeleteObjectCommand({ ...bucket(target), Key: "AWSLogs/log.gz", VersionId: "1" })),
  "overwrite a log": (send, target) =>
    send(S3Client, new PutObjectCommand({ ...bucket(target), Key: "AWSLogs/log.gz", Body: "nothing happened" })),
  "delete the log bucket": (send, target) => send(S3Client, new DeleteBucketCommand(bucket(target))),
  "replace the log bucket's policy": (send, target) =>
    send(S3Client, new PutBucketPolicyCommand({ ...bucket(target), Policy: openDoor })),
  "delete the log bucket's policy": (send, target) => send(S3Client, new DeleteBucketPolicyCommand(bucket(target))),
  "expire the logs after a day": (send, target) =>
    send(
      S3Client,
      new PutBucketLifecycleConfigurationCommand({
        ...bucket(target),
        LifecycleConfiguration: { Rules: [{ ID: "own", Status: "Enabled", Filter: { Prefix: "" }, Expiration: { Days: 1 } }] },
      }),
    ),
  "suspend the log bucket's versioning": (send, target) =>
    send(S3Client, new PutBucketVersioningCommand({ ...bucket(target), VersioningConfiguration: { Status: "Suspended" } })),
  "re-key the log bucket": (send, target) =>
    send(
      S3Client,
      new PutBucketEncryptionCommand({
        ...bucket(target),
        ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }] },
      }),
    ),
  "open the log bucket to the public": (send, target) =>
    send(
      S3Client,
      new PutPublicAccessBlockCommand({ ...bucket(target), PublicAccessBlockConfiguration: { BlockPublicAcls: false } }),
    ),
  "open the archive's account to the public": (send, { account }) =>
    send(
      OneHostS3Control,
      new PutAccountPublicAccessBlockCommand({ AccountId: account, PublicAccessBlockConfiguration: { BlockPublicAcls: false } }),
    ),
  "schedule the key's deletion": (send, { keyId }) => send(KMSClient, new ScheduleKeyDeletionCommand({ KeyId: keyId })),
  "disable the key": (send, { keyId }) => send(KMSClient, new DisableKeyCommand({ KeyId: keyId })),
  "replace the key's policy": (send, { keyId }) =>
    send(KMSClient, new PutKeyPolicyCommand({ KeyId: keyId, PolicyName: "default", Policy: openDoor })),
  "grant oneself the key": (send, { keyId, account }) =>
    send(
      KMSClient,
      new CreateGrantCommand({ KeyId: keyId, GranteePrincipal: `arn:aws:iam::${account}:root`, Operations: ["Decrypt"] }),
    ),
  "move the key's alias": (send, { keyId, names }) =>
    send(KMSClient, new UpdateAliasCommand({ AliasName: names.keyAlias, TargetKeyId: keyId })),
  "stop the key's rotation": (send, { keyId }) => send(KMSClient, new DisableKeyRotationCommand({ KeyId: keyId })),
  "delete a delivery destination": (send, target) =>
    send(CloudWatchLogsClient, new DeleteDeliveryDestinationCommand({ name: destination(target) })),
  "delete a delivery destination's policy": (send, target) =>
    send(CloudWatchLogsClient, new DeleteDeliveryDestinationPolicyCommand({ deliveryDestinationName: destination(target) })),
  "replace a delivery destination's policy": (send, target) =>
    send(
      CloudWatchLogsClient,
      new PutDeliveryDestinationPolicyCommand({ deliveryDestinationName: destination(target), deliveryDestinationPolicy: openDoor }),
    ),
  "re-point a delivery destination": (send, target) =>
    send(
      CloudWatchLogsClient,
      new PutDeliveryDestinationCommand({
        name: destination(target),
        deliveryDestinationConfiguration: { destinationResourceArn: "arn:aws:s3:::own" },
      }),
    ),
  "join the archive with a delivery of one's own": (send, { names, region }) =>
    send(
      CloudWatchLogsClient,
      new CreateDeliveryCommand({
        deliverySourceName: "own",
        deliveryDestinationArn: names.deliveryDestinationArn("alb-access", region),
      }),
    ),
  "read a log": (send, target) => send(S3Client, new GetObjectCommand({ ...bucket(target), Key: "AWSLogs/log.gz" })),
});

/** What even the archive's deploy role may not. */
export const deploymentAttacks = attacks("scp", "log-archive", {
  "delete a log in a deployment": (send, target) =>
    send(S3Client, new DeleteObjectCommand({ ...bucket(target), Key: "AWSLogs/log.gz" })),
  "delete the log bucket in a deployment": (send, target) => send(S3Client, new DeleteBucketCommand(bucket(target))),
  "schedule the key's deletion in a deployment": (send, { keyId }) =>
    send(KMSClient, new ScheduleKeyDeletionCommand({ KeyId: keyId })),
  "suspend the log bucket's versioning in a deployment": (send, target) =>
    send(S3Client, new PutBucketVersioningCommand({ ...bucket(target), VersioningConfiguration: { Status: "Suspended" } })),
  "expire the logs in a deployment": (send, target) =>
    send(
      S3Client,
      new PutBucketLifecycleConfigurationCommand({
        ...bucket(target),
        LifecycleConfiguration: { Rules: [{ ID: "own", Status: "Enabled", Filter: { Prefix: "" }, Expiration: { Days: 1 } }] },
      }),
    ),
});
