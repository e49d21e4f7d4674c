/** Taking the stores, their copies and the backup what they keep: retention, lifecycle, copies, access logs, inventories. */
import { AttachRolePolicyCommand, IAMClient, PutRolePolicyCommand, UpdateAssumeRolePolicyCommand } from "@aws-sdk/client-iam";
import { KMSClient, PutKeyPolicyCommand, ScheduleKeyDeletionCommand } from "@aws-sdk/client-kms";
import {
  DeleteBucketCommand,
  DeleteBucketEncryptionCommand,
  DeleteBucketInventoryConfigurationCommand,
  DeleteBucketLifecycleCommand,
  DeleteBucketPolicyCommand,
  DeleteBucketReplicationCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketLoggingCommand,
  PutBucketReplicationCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectLegalHoldCommand,
  PutObjectLockConfigurationCommand,
  PutObjectTaggingCommand,
  PutObjectRetentionCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import type { StorePart } from "../../infra/names";
import { attacks } from "./attack";
import type { OwnedAttack, Target } from "./attack";

const everything = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] });
const openDoor = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }] });
const Key = "AWSLogs/log.gz";

type In = (target: Target) => { readonly Bucket: string };
const inPart = (part: StorePart): In => ({ names, region, backupRegion }) => ({ Bucket: names.bucketOf(part, "kms", part === "backup" ? backupRegion : region) });
const store = inPart("storage");
const ofPlaces: In = ({ names, region }) => ({ Bucket: names.bucketOf("storage", "places", region) });

const shorter = { ObjectLockEnabled: "Enabled" } as const;
const away = ({ names }: Target) => ({
  Role: names.roleArn(names.roleName.replication, names.accounts.logArchive),
  Rules: [{ ID: "own", Status: "Enabled" as const, Priority: 1, Filter: { Prefix: "" }, DeleteMarkerReplication: { Status: "Enabled" as const }, Destination: { Bucket: "arn:aws:s3:::own" } }],
});
const soon = { Rules: [{ ID: "own", Status: "Enabled" as const, Filter: { Prefix: "" }, Expiration: { Days: 1 } }] };

/** What is tried on the copies as on the stores. */
const onCopies = (what: string, where: In): Readonly<Record<string, OwnedAttack["run"]>> => ({
  [`delete ${what}`]: (send, target) => send(S3Client, new DeleteBucketCommand(where(target))),
  [`delete a version in ${what} in spite of governance`]: (send, target) =>
    send(S3Client, new DeleteObjectCommand({ ...where(target), Key, VersionId: "1", BypassGovernanceRetention: true })),
  [`write into ${what}`]: (send, target) => send(S3Client, new PutObjectCommand({ ...where(target), Key, Body: "nothing happened" })),
  [`read from ${what}`]: (send, target) => send(S3Client, new GetObjectCommand({ ...where(target), Key })),
  [`shorten the retention of ${what}`]: (send, target) =>
    send(S3Client, new PutObjectLockConfigurationCommand({ ...where(target), ObjectLockConfiguration: shorter })),
  [`expire ${what}`]: (send, target) => send(S3Client, new PutBucketLifecycleConfigurationCommand({ ...where(target), LifecycleConfiguration: soon })),
  [`suspend the versioning of ${what}`]: (send, target) =>
    send(S3Client, new PutBucketVersioningCommand({ ...where(target), VersioningConfiguration: { Status: "Suspended" } })),
  [`take ${what} its policy`]: (send, target) => send(S3Client, new DeleteBucketPolicyCommand(where(target))),
  [`take ${what} its key`]: (send, target) => send(S3Client, new DeleteBucketEncryptionCommand(where(target))),
});

export const storeAttacks = [
  ...attacks("scp", "log-archive", {
    "set a log's retention to now": (send, target) =>
      send(S3Client, new PutObjectRetentionCommand({ ...store(target), Key, BypassGovernanceRetention: true, Retention: { Mode: "GOVERNANCE", RetainUntilDate: new Date(0) } })),
    "lift a log's legal hold": (send, target) => send(S3Client, new PutObjectLegalHoldCommand({ ...store(target), Key, LegalHold: { Status: "OFF" } })),
    "take the log bucket its lifecycle": (send, target) => send(S3Client, new DeleteBucketLifecycleCommand(store(target))),
    "stop the copies": (send, target) => send(S3Client, new DeleteBucketReplicationCommand(store(target))),
    "send the copies elsewhere": (send, target) =>
      send(S3Client, new PutBucketReplicationCommand({ ...store(target), ReplicationConfiguration: away(target) })),
    "stop the access logs of the log bucket": (send, target) => send(S3Client, new PutBucketLoggingCommand({ ...store(target), BucketLoggingStatus: {} })),
    "delete the inventory of the log bucket": (send, target) => send(S3Client, new DeleteBucketInventoryConfigurationCommand({ ...store(target), Id: "stored" })),
    "delete an access log": (send, { names, region }) => send(S3Client, new DeleteObjectCommand({ Bucket: names.bucketOf("storage", "audit", region), Key: "access/log" })),
    "give the replication role everything": (send, { names }) =>
      send(IAMClient, new PutRolePolicyCommand({ RoleName: names.roleName.replication, PolicyName: "own", PolicyDocument: everything })),
    "attach AdministratorAccess to the replication role": (send, { names }) =>
      send(IAMClient, new AttachRolePolicyCommand({ RoleName: names.roleName.replication, PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" })),
    "make the replication role trust the account": (send, { account, names }) =>
      send(
        IAMClient,
        new UpdateAssumeRolePolicyCommand({
          RoleName: names.roleName.replication,
          PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: "sts:AssumeRole" }] }),
        }),
      ),
    "assume the replication role": (send, { account, names }) =>
      send(STSClient, new AssumeRoleCommand({ RoleArn: names.roleArn(names.roleName.replication, account), RoleSessionName: "mine" })),
    "assume the deploy role of the backup": (send, { names }) =>
      send(STSClient, new AssumeRoleCommand({ RoleArn: names.roleArn(names.roleName.deployBackup, names.accounts.backup), RoleSessionName: "mine" })),
    ...onCopies("the copies", inPart("replica")),
    "delete what a workload logged": (send, target) => send(S3Client, new DeleteObjectCommand({ ...ofPlaces(target), Key })),
    "tag what a workload logged": (send, target) => send(S3Client, new PutObjectTaggingCommand({ ...ofPlaces(target), Key, Tagging: { TagSet: [{ Key: "seen", Value: "no" }] } })),
    "delete the bucket of workloads' logs": (send, target) => send(S3Client, new DeleteBucketCommand(ofPlaces(target))),
    "let workloads' logs expire": (send, target) => send(S3Client, new PutBucketLifecycleConfigurationCommand({ ...ofPlaces(target), LifecycleConfiguration: soon })),
    "take the bucket of workloads' logs its policy": (send, target) => send(S3Client, new DeleteBucketPolicyCommand(ofPlaces(target))),
  }),
  ...attacks("scp", "backup", {
    ...onCopies("the backup", inPart("backup")),
    "schedule the deletion of the backup's key": (send, { backupKeyId }) => send(KMSClient, new ScheduleKeyDeletionCommand({ KeyId: backupKeyId })),
    "replace the policy of the backup's key": (send, { backupKeyId }) =>
      send(KMSClient, new PutKeyPolicyCommand({ KeyId: backupKeyId, PolicyName: "default", Policy: openDoor })),
  }),
];

/** What even the archive's deploy role may not do to stores that are there. */
export const storeDeploymentAttacks = attacks("scp", "log-archive", {
  "send the copies elsewhere in a deployment": (send, target) =>
    send(S3Client, new PutBucketReplicationCommand({ ...store(target), ReplicationConfiguration: away(target) })),
  "shorten the retention of the copies in a deployment": (send, target) =>
    send(S3Client, new PutObjectLockConfigurationCommand({ ...inPart("replica")(target), ObjectLockConfiguration: shorter })),
  "delete what a workload logged in a deployment": (send, target) => send(S3Client, new DeleteObjectCommand({ ...ofPlaces(target), Key })),
  "let workloads' logs expire in a deployment": (send, target) => send(S3Client, new PutBucketLifecycleConfigurationCommand({ ...ofPlaces(target), LifecycleConfiguration: soon })),
  "read a log in a deployment": (send, target) => send(S3Client, new GetObjectCommand({ ...store(target), Key })),
});

/** From an account outside the organization: the resource control policies alone refuse. */
export const storeOutsiderAttacks = [
  ...attacks("rcp", "log-archive", {
    "delete a copy from outside": (send, target) => send(S3Client, new DeleteObjectCommand({ ...inPart("replica")(target), Key, VersionId: "1" })),
    "read what a workload logged from outside": (send, target) => send(S3Client, new GetObjectCommand({ ...ofPlaces(target), Key })),
    "read a copy from outside": (send, target) => send(S3Client, new GetObjectCommand({ ...inPart("replica")(target), Key })),
    "expire the logs from outside": (send, target) => send(S3Client, new PutBucketLifecycleConfigurationCommand({ ...store(target), LifecycleConfiguration: soon })),
    "send the copies elsewhere from outside": (send, target) =>
      send(S3Client, new PutBucketReplicationCommand({ ...store(target), ReplicationConfiguration: away(target) })),
  }),
  ...attacks("rcp", "backup", {
    "delete a backup from outside": (send, target) => send(S3Client, new DeleteObjectCommand({ ...inPart("backup")(target), Key, VersionId: "1" })),
  }),
];
