/** The further copy in the backup account: its key and buckets, made by this stack in that account's deploy role. */
import type * as aws from "@pulumi/aws";
import { backupKeyPolicy } from "../documents/backup-key-policy";
import { copyBucketPolicy } from "../documents/copy-bucket-policy";
import { recordsBucketPolicy } from "../documents/log-bucket-policy";
import { backupRecords, backupStores } from "../documents/stores";
import { pinnedProvider } from "../stack";
import type { Stack } from "../stack";
import { audit } from "./audit";
import { keptBucket } from "./kept-bucket";
import type { KeptBucket } from "./kept-bucket";
import { logKey } from "./log-key";

export interface Backup {
  readonly alias: aws.kms.Alias;
  readonly buckets: readonly KeptBucket[];
}

/** @returns undefined where the configuration has no backup account */
export function backup(stack: Stack): Backup | undefined {
  const { config, names } = stack;
  const account = config.accounts.backup;
  const [first] = backupStores(config);
  if (account === undefined || first === undefined) return undefined;
  const provider = pinnedProvider("backup", config, account, names.roleArn(names.roleName.deployBackup, account));
  const there: Stack = { ...stack, account, provider, options: { ...stack.options, provider }, kept: { ...stack.kept, provider } };
  const alias = logKey(there, first.region, "log-backup", backupKeyPolicy(config, first.region));
  const buckets = backupStores(config).map((at) => keptBucket(there, at, alias, copyBucketPolicy(config, at)));
  const records = backupRecords(config)!;
  audit(there, first.region, keptBucket(there, records, alias, recordsBucketPolicy(config, records)), buckets);
  return { alias, buckets };
}
