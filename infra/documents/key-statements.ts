/**
 * What the policies of the archive's keys have in common: who administers them, and who decrypts.
 *
 * AWS demands one thing of a key policy: whoever puts it must be able to put the next (the lock-out safety check). It does
 * not demand `kms:*` for the account's root, which it recommends; that would hand the key to every IAM policy of the
 * account. Here the root is named only as the account, and each statement narrows it to roles by aws:PrincipalArn: a
 * role that is deleted and made again under its name administers again, so nobody is locked out.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
import type { Configuration } from "../config/configuration";
import { namesFor } from "../names";
import { exemptPrincipals, unless } from "./exempt";
import { bucketClasses } from "./owned-arns";
import type { Statement } from "./policy";

/** In a key policy `*` is this key. */
export const THIS_KEY = "*";

const metadata = ["kms:DescribeKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "kms:ListGrants", "kms:ListKeyPolicies", "kms:ListKeyRotations", "kms:ListResourceTags"];

const changing = [
  "kms:CreateAlias", "kms:DeleteAlias", "kms:EnableKey", "kms:EnableKeyRotation", "kms:PutKeyPolicy", "kms:TagResource",
  "kms:UntagResource", "kms:UpdateAlias", "kms:UpdateKeyDescription",
];

const destroying = ["kms:DeleteImportedKeyMaterial", "kms:DisableKey", "kms:ScheduleKeyDeletion"];

/** A grant lets in past the policy; material that is imported again, or no longer changes, is as good as lost. */
const opening = ["kms:CreateGrant", "kms:DisableKeyRotation", "kms:ImportKeyMaterial", "kms:RetireGrant", "kms:RevokeGrant"];

/** What says which key the logs are encrypted with, and who may do what with it. */
const moving = [
  "kms:CreateAlias", "kms:DeleteAlias", "kms:PutKeyPolicy", "kms:ReplicateKey", "kms:SynchronizeMultiRegionKey", "kms:UpdateAlias",
  "kms:UpdatePrimaryRegion",
];

const rootOf = (config: Configuration, account = config.accounts.logArchive) => ({ AWS: `arn:aws:iam::${account}:root` });

/**
 * The account looks, the deploy role changes, break-glass administers; nobody else destroys, whoever allows it elsewhere. The
 * stacks make no break-glass role in the backup account, so there nobody destroys.
 */
export function keyAdministration(config: Configuration, where?: "backup"): readonly Statement[] {
  const exempt = exemptPrincipals(config);
  const [deploying, administrator, account] =
    where === "backup" ? [exempt.deployBackup, exempt.breakGlass, rootOf(config, config.accounts.backup)] : [exempt.deployLogArchive, exempt.administrator, rootOf(config)];
  const only = (role: string) => ({ ArnEquals: { "aws:PrincipalArn": role } });
  return [
    { Sid: "AccountLooks", Effect: "Allow", Principal: account, Action: metadata, Resource: THIS_KEY },
    { Sid: "DeployRoleChanges", Effect: "Allow", Principal: account, Action: changing, Resource: THIS_KEY, Condition: only(deploying) },
    {
      Sid: "BreakGlassAdministers",
      Effect: "Allow",
      Principal: account,
      Action: [...changing, ...destroying, "kms:CancelKeyDeletion", "kms:DisableKeyRotation", "kms:RetireGrant", "kms:RevokeGrant"].sort(),
      Resource: THIS_KEY,
      Condition: only(administrator),
    },
    { Sid: "NothingIsDestroyed", Effect: "Deny", Principal: "*", Action: [...destroying, ...opening], Resource: THIS_KEY, Condition: unless([administrator]) },
    { Sid: "NothingIsMoved", Effect: "Deny", Principal: "*", Action: moving, Resource: THIS_KEY, Condition: unless([administrator, deploying]) },
  ];
}

/** Readers of the archive, through Amazon S3 in the key's Region and for its log buckets alone; their own policies say which logs. */
export function readersDecrypt(config: Configuration, region: string): readonly Statement[] {
  const { logBucketArn } = namesFor(config);
  const { readers } = exemptPrincipals(config);
  if (readers.length === 0) return [];
  const objects = bucketClasses(config).filter(({ store }) => store === "kms").map(({ store, naming }) => `${logBucketArn(store, region, naming)}/*`);
  return [
    {
      Sid: "ReadersDecrypt",
      Effect: "Allow",
      Principal: rootOf(config),
      Action: "kms:Decrypt",
      Resource: THIS_KEY,
      Condition: {
        ArnEquals: { "aws:PrincipalArn": readers },
        StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` },
        StringLike: { "kms:EncryptionContext:aws:s3:arn": objects },
      },
    },
  ];
}
