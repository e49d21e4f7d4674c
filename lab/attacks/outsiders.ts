/** Reaching what the project owns from an account outside the organization: the resource control policies alone refuse. */
import { CreateDeliveryCommand, CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { DecryptCommand, GenerateDataKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { DeleteObjectCommand, GetObjectCommand, PutBucketPolicyCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { ReceiveMessageCommand, SQSClient, SendMessageCommand } from "@aws-sdk/client-sqs";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { attacks } from "./attack";
import type { Target } from "./attack";

const log = ({ names, region }: Target) => ({ Bucket: names.logBucket("kms", region), Key: "AWSLogs/log.gz" });
const keyArn = ({ names, region, keyId }: Target) => `arn:aws:kms:${region}:${names.accounts.logArchive}:key/${keyId}`;
const queueUrl = (account: string, name: string, region: string) => `https://sqs.${region}.amazonaws.com/${account}/${name}`;

export const outsiderAttacks = [
  ...attacks("rcp", "log-archive", {
    "read a log from outside": (send, target) => send(S3Client, new GetObjectCommand(log(target))),
    "write a log from outside": (send, target) => send(S3Client, new PutObjectCommand({ ...log(target), Body: "forged" })),
    "delete a log from outside": (send, target) => send(S3Client, new DeleteObjectCommand(log(target))),
    "re-policy the log bucket from outside": (send, target) =>
      send(S3Client, new PutBucketPolicyCommand({ Bucket: log(target).Bucket, Policy: "{}" })),
    "decrypt with the archive's key from outside": (send, target) =>
      send(KMSClient, new DecryptCommand({ KeyId: keyArn(target), CiphertextBlob: Buffer.from("cipher") })),
    "encrypt with the archive's key from outside": (send, target) =>
      send(KMSClient, new GenerateDataKeyCommand({ KeyId: keyArn(target), KeySpec: "AES_256" })),
    "deliver into the archive from outside": (send, { names, region }) =>
      send(
        CloudWatchLogsClient,
        new CreateDeliveryCommand({
          deliverySourceName: "outside",
          deliveryDestinationArn: names.deliveryDestinationArn("alb-access", region),
        }),
      ),
    "assume a vendor's role without being the vendor": (send, { names }) =>
      send(
        STSClient,
        new AssumeRoleCommand({
          RoleArn: names.roleArn(names.roleName.siem("vendor"), names.accounts.logArchive),
          RoleSessionName: "outside",
          ExternalId: "the-vendors-external-id",
        }),
      ),
    "assume break-glass from outside": (send, { names }) =>
      send(
        STSClient,
        new AssumeRoleCommand({
          RoleArn: names.roleArn(names.breakGlassOf(names.accounts.logArchive), names.accounts.logArchive),
          RoleSessionName: "outside",
        }),
      ),
  }),
  ...attacks("rcp", "delegated", {
    "send a forged outcome from outside": (send, { names }) =>
      send(
        EventBridgeClient,
        new PutEventsCommand({ Entries: [{ EventBusName: names.busArn, Source: "fall", DetailType: "FALL outcome", Detail: "{}" }] }),
      ),
    "read a webhook's secret from outside": (send, { names, region }) =>
      send(
        SecretsManagerClient,
        new GetSecretValueCommand({
          SecretId: `arn:aws:secretsmanager:${region}:${names.accounts.delegated}:secret:${names.webhookSecret("security-slack")}-AbCdEf`,
        }),
      ),
    "read the notifications from outside": (send, { names, region }) =>
      send(
        SQSClient,
        new ReceiveMessageCommand({ QueueUrl: queueUrl(names.accounts.delegated, names.notificationQueue, region) }),
      ),
    "read the code from outside": (send, { names, region }) =>
      send(S3Client, new GetObjectCommand({ Bucket: names.codeBucket(region), Key: names.exclusionsKey })),
  }),
  ...attacks("rcp", "member", {
    "fill the dead-letter queue from outside": (send, { names, account, region }) =>
      send(SQSClient, new SendMessageCommand({ QueueUrl: queueUrl(account, names.deadLetterQueue, region), MessageBody: "{}" })),
  }),
];
