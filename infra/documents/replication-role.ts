/**
 * The role with which Amazon S3 copies the archive's objects, and what it may do with the keys: decrypt with the one of the
 * store, encrypt with the one of the copy, each for the objects of that side alone.
 *
 * Neither its policy nor the buckets' let it copy a deletion: what is deleted in a store stays in its copies.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/setting-repl-config-perm-overview.html
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-config-for-kms-objects.html
 */
import type { Permission } from "../../functions/sources/log-source";
import type { Configuration } from "../config/configuration";
import type { StorePart } from "../names";
import { hasKey, namesFor } from "../names";
import { permissionPolicy } from "./permission-policy";
import { document } from "./policy";
import type { PolicyDocument, Statement } from "./policy";
import { within } from "./quotas";
import { classesUnder, storeArns, storeClasses } from "./stores";

/** What makes a copy, in a bucket of the same account and of another. */
export const copying = ["s3:ReplicateObject", "s3:ReplicateTags"];
export const givingAway = ["s3:ObjectOwnerOverrideToBucketOwner"];

/**
 * Amazon S3, for stores of this archive alone. That it says so when it assumes the role to replicate is NC: AWS's example
 * has no condition, its advice against confused deputies has both keys.
 */
export const replicationTrust = (config: Configuration): PolicyDocument =>
  document([
    {
      Sid: "StoresCopy",
      Effect: "Allow",
      Principal: { Service: "s3.amazonaws.com" },
      Action: "sts:AssumeRole",
      Condition: {
        StringEquals: { "aws:SourceAccount": config.accounts.logArchive },
        ArnLike: { "aws:SourceArn": storeArns(config, "storage") },
      },
    },
  ]);

/** The objects of a part that are encrypted with our keys: without an S3 Bucket Key, the context is the object's own ARN. */
function encrypted(config: Configuration, part: StorePart, region: string, classes: ReturnType<typeof classesUnder> = storeClasses(config).filter(({ store }) => hasKey(store))): readonly string[] {
  return classes.map(({ store, naming }) => `${namesFor(config).bucketArnOf(part, store, region, naming)}/*`);
}

const through = (config: Configuration, part: StorePart, region: string, classes?: ReturnType<typeof classesUnder>): Statement["Condition"] => ({
  StringLike: { "kms:ViaService": `s3.${region}.amazonaws.com`, "kms:EncryptionContext:aws:s3:arn": encrypted(config, part, region, classes) },
});

export function replicationPermissions(config: Configuration): PolicyDocument {
  const { logArchive, backup } = config.accounts;
  const objects = (part: StorePart) => storeArns(config, part).map((arn) => `${arn}/*`);
  const keysOf = (account: string) => [`arn:aws:kms:*:${account}:key/*`];
  // Of an object that is locked where it was written, the retention is copied with it.
  const locked = Object.values(config.archive.objectLock).some(({ inPlace }) => inPlace) ? ["s3:GetObjectLegalHold", "s3:GetObjectRetention"] : [];
  const permissions: readonly Permission[] = [
    { actions: ["s3:GetReplicationConfiguration", "s3:ListBucket"], resources: storeArns(config, "storage") },
    { actions: [...locked, "s3:GetObjectVersionAcl", "s3:GetObjectVersionForReplication", "s3:GetObjectVersionTagging"], resources: objects("storage") },
    { actions: copying, resources: objects("replica") },
    { actions: ["kms:Decrypt"], resources: keysOf(logArchive), condition: through(config, "storage", "*")! },
    { actions: ["kms:Encrypt"], resources: keysOf(logArchive), condition: through(config, "replica", "*")! },
    ...(backup === undefined
      ? []
      : [
          { actions: [...givingAway, ...copying], resources: objects("backup") },
          { actions: ["kms:Encrypt"], resources: keysOf(backup), condition: through(config, "backup", "*")! },
        ]),
  ];
  return within("inline policy", "the policy of the replication role", permissionPolicy(permissions));
}

/** A key policy's statement for the role; named as the account, so that a role made again is the same. */
function uses(config: Configuration, Sid: string, Action: string, part: StorePart, region: string, key?: "logs" | "pii"): Statement {
  const { roleArn, roleName, accounts } = namesFor(config);
  return {
    Sid,
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${accounts.logArchive}:root` },
    Action,
    Resource: "*",
    Condition: { ArnEquals: { "aws:PrincipalArn": roleArn(roleName.replication, accounts.logArchive) }, ...through(config, part, region, key && classesUnder(config, key)) },
  };
}

/** On a key that a store's objects are encrypted with. */
export const replicationDecrypts = (config: Configuration, region: string, key: "logs" | "pii"): Statement => uses(config, "ReplicationDecrypts", "kms:Decrypt", "storage", region, key);

/** On a key that copies are encrypted with; the backup account has one for all. */
export const replicationEncrypts = (config: Configuration, part: "replica" | "backup", region: string, key?: "logs" | "pii"): Statement =>
  uses(config, "ReplicationEncrypts", "kms:Encrypt", part, region, key);
