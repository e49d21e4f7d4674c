/** Copies of what is written to the stores: to another Region, and to the backup account where there is one. */
import * as aws from "@pulumi/aws";
import { replicationPermissions, replicationTrust } from "../documents/replication-role";
import { copiesOf } from "../documents/stores";
import { hasKey } from "../names";
import { role } from "../role";
import type { Stack } from "../stack";
import { nameOf } from "./kept-bucket";
import type { KeptBucket } from "./kept-bucket";

/** A bucket of copies, and the key that they are encrypted with there. */
export interface CopyBucket extends KeptBucket {
  readonly alias: aws.kms.Alias;
}

/**
 * What is deleted in a store is not deleted in its copies, and of what lies encrypted with a key the copy is encrypted with the
 * key that is there.
 */
function ruleFor({ config, names }: Stack, { part, store, naming, region, alias }: CopyBucket, priority: number) {
  const encrypted = hasKey(store);
  return {
    id: part,
    status: "Enabled",
    priority,
    filter: {},
    deleteMarkerReplication: { status: "Disabled" },
    ...(encrypted && { sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: "Enabled" } } }),
    destination: {
      // Computed, not the bucket's output: the policy pack judges a preview, in which AWS has answered nothing yet.
      bucket: names.bucketArnOf(part, store, region, naming),
      ...(part === "backup" && { account: config.accounts.backup!, accessControlTranslation: { owner: "Destination" } }),
      ...(encrypted && { encryptionConfiguration: { replicaKmsKeyId: alias.targetKeyArn } }),
    },
  };
}

/** @param stores every bucket that is written to @param copies every bucket of copies */
export function replication(stack: Stack, stores: readonly KeptBucket[], copies: readonly CopyBucket[]): void {
  const { config, names, kept } = stack;
  const documents = { description: "Amazon S3 copies the archive's logs with it", trust: replicationTrust(config), permissions: replicationPermissions(config) };
  const { policy } = role(names, "replication", names.roleName.replication, documents, kept);
  for (const source of stores) {
    const targets = copiesOf(config, source).map((at) => copies.find((copy) => nameOf(copy) === nameOf(at))!);
    new aws.s3.BucketReplicationConfig(
      nameOf(source),
      { region: source.region, bucket: source.bucket.bucket, role: names.roleArn(names.roleName.replication, config.accounts.logArchive), rules: targets.map((target, index) => ruleFor(stack, target, index + 1)) },
      // Amazon S3 refuses it until both sides keep versions, and copies nothing before the role may.
      { ...kept, parent: source.bucket, retainOnDelete: true, dependsOn: [policy, source.policy, ...targets.map((target) => target.policy)] },
    );
  }
}
