/**
 * The policy of a Region's log key: services encrypt, nobody decrypts yet, and who administers it can do neither.
 *
 * AWS demands one thing of a key policy: whoever puts it must be able to put the next (the lock-out safety check). It does
 * not demand `kms:*` for the account's root, which it recommends; that would hand the key to every IAM policy of the
 * account. Here the root is named only as the account, and each statement narrows it to one role by aws:PrincipalArn: a
 * role that is deleted and made again under its name administers again, so nobody is locked out.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
import { sources } from "../../functions/sources";
import type { LogSource } from "../../functions/sources/log-source";
import type { Configuration } from "../config/configuration";
import { exemptPrincipals, unless } from "./exempt";
import { pascal } from "./lock-organization";
import { namesFor } from "../names";
import { bucketClasses } from "./owned-arns";
import { document } from "./policy";
import type { PolicyDocument, Statement } from "./policy";
import { within } from "./quotas";
import { actingForUs, kindsIn, trailArn, writersOf } from "./writers";

/** In a key policy `*` is this key. */
const THIS_KEY = "*";

const metadata = ["kms:DescribeKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "kms:ListGrants", "kms:ListKeyPolicies", "kms:ListKeyRotations", "kms:ListResourceTags"];

const changing = [
  "kms:CreateAlias", "kms:DeleteAlias", "kms:EnableKey", "kms:EnableKeyRotation", "kms:PutKeyPolicy", "kms:TagResource",
  "kms:UntagResource", "kms:UpdateAlias", "kms:UpdateKeyDescription",
];

const destroying = ["kms:DeleteImportedKeyMaterial", "kms:DisableKey", "kms:ScheduleKeyDeletion"];

/**
 * What a service needs to write: a new data key, and to find the key. Not kms:Decrypt, which AWS's examples give to
 * delivery.logs.amazonaws.com too; its cross-account example does without. That a large object written in parts does
 * without as well is NC.
 */
const encrypting = ["kms:DescribeKey", "kms:GenerateDataKey*"];

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html */
function trail(config: Configuration): Statement {
  return {
    Sid: "EncryptTrail",
    Effect: "Allow",
    Principal: { Service: "cloudtrail.amazonaws.com" },
    Action: "kms:GenerateDataKey*",
    Resource: THIS_KEY,
    Condition: {
      StringEquals: { "aws:SourceArn": trailArn(config) },
      StringLike: { "kms:EncryptionContext:aws:cloudtrail:arn": `arn:aws:cloudtrail:*:${config.accounts.management}:trail/*` },
    },
  };
}

/** CloudTrail asks for the key's description without an encryption context. */
function trailLooks(config: Configuration): Statement {
  return {
    Sid: "TrailFindsKey",
    Effect: "Allow",
    Principal: { Service: "cloudtrail.amazonaws.com" },
    Action: "kms:DescribeKey",
    Resource: THIS_KEY,
    Condition: { StringEquals: { "aws:SourceArn": trailArn(config) } },
  };
}

/** @throws Error in one line where the policy is beyond AWS KMS's quota */
export function logKeyPolicy(config: Configuration, region: string, table: readonly LogSource[] = sources): PolicyDocument {
  const { roleArn, roleName, accounts } = namesFor(config);
  const exempt = exemptPrincipals(config);
  const kinds = bucketClasses(config)
    .filter(({ store }) => store === "kms")
    .flatMap(({ store, naming }) => kindsIn(config, region, store, naming, table));
  const account = { AWS: `arn:aws:iam::${accounts.logArchive}:root` };
  const only = (role: string) => ({ ArnEquals: { "aws:PrincipalArn": role } });
  const policy = document([
    { Sid: "AccountLooks", Effect: "Allow", Principal: account, Action: metadata, Resource: THIS_KEY },
    { Sid: "DeployRoleChanges", Effect: "Allow", Principal: account, Action: changing, Resource: THIS_KEY, Condition: only(exempt.deployLogArchive) },
    {
      Sid: "BreakGlassAdministers",
      Effect: "Allow",
      Principal: account,
      Action: [...changing, ...destroying, "kms:CancelKeyDeletion", "kms:DisableKeyRotation", "kms:RetireGrant", "kms:RevokeGrant"].sort(),
      Resource: THIS_KEY,
      Condition: only(roleArn(roleName.breakGlass, accounts.logArchive)),
    },
    ...writersOf(kinds).map(
      ({ kind, service, sourceArn }): Statement => ({
        Sid: `Encrypt${pascal(kind)}`,
        Effect: "Allow",
        Principal: { Service: service },
        Action: encrypting,
        Resource: THIS_KEY,
        Condition: { ...actingForUs(config), ArnLike: { "aws:SourceArn": sourceArn } },
      }),
    ),
    ...(region === config.homeRegion ? [trail(config), trailLooks(config)] : []),
    { Sid: "NothingIsDestroyed", Effect: "Deny", Principal: "*", Action: destroying, Resource: THIS_KEY, Condition: unless([exempt.breakGlass]) },
  ]);
  return within("key policy", `the log key policy in ${region}`, policy);
}
