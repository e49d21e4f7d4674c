/** What every bucket of the archive refuses, whoever allows it elsewhere: a store's and a copy's policy begin with it. */
import type { Configuration } from "../config/configuration";
import type { Store } from "./stores";
import { hasKey, inBackup, namesFor } from "../names";
import { exemptPrincipals, unless } from "./exempt";
import { overTlsOnly } from "./policy";
import type { Condition, Statement } from "./policy";

/** By patterns, since AWS adds settings; none of them takes a write of a service. */
const configuring = [
  "s3:AllowVendedLogDeliveryForResource", "s3:CreateBucket*", "s3:DeleteBucketMetadata*", "s3:DeleteBucketPolicy", "s3:DeleteBucketWebsite",
  "s3:PauseReplication", "s3:PutBucket*", "s3:Put*Configuration", "s3:TagResource", "s3:UntagResource", "s3:UpdateBucket*",
];

/** What writes an object, or changes what it carries, as a person would. */
export const writing = [
  "s3:AbortMultipartUpload", "s3:InitiateReplication", "s3:ObjectOwnerOverrideToBucketOwner", "s3:PutObject", "s3:PutObjectAcl",
  "s3:PutObjectAnnotation", "s3:PutObjectTagging", "s3:PutObjectVersion*", "s3:ReplicateObject", "s3:ReplicateObjectAnnotation",
  "s3:ReplicateTags", "s3:UpdateObject*",
];

const destroying = ["s3:BypassGovernanceRetention", "s3:DeleteBucket", "s3:DeleteObject*", "s3:PutObjectLegalHold", "s3:PutObjectRetention", "s3:ReplicateDelete"];

export const denyAll = (Sid: string, Action: string | readonly string[], Resource: string | readonly string[], Condition: Condition = {}): Statement => ({
  Sid,
  Effect: "Deny",
  Principal: "*",
  Action,
  Resource,
  ...(Object.keys(Condition).length > 0 && { Condition }),
});

/** Connections, outsiders, settings and destruction. */
export function bucketRefusals(config: Configuration, { part, store, region, naming }: Store): readonly Statement[] {
  const bucket = namesFor(config).bucketArnOf(part, store, region, naming);
  const exempt = exemptPrincipals(config);
  const [deploying, administrator] = inBackup(part) ? [exempt.deployBackup, exempt.breakGlass] : [exempt.deployLogArchive, exempt.administrator];
  const all = [bucket, `${bucket}/*`];
  return [
    overTlsOnly("s3:*", all),
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html#example-object-tls-version
    denyAll("OverModernTlsOnly", "s3:*", all, { NumericLessThan: { "s3:TlsVersion": "1.2" } }),
    denyAll("OurOrganizationOnly", "s3:*", all, {
      StringNotEqualsIfExists: { "aws:PrincipalOrgID": config.organizationId },
      BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
    }),
    denyAll("DeployRoleAloneConfigures", configuring, bucket, unless([deploying, administrator])),
    denyAll("NothingIsDestroyed", destroying, all, unless([administrator])),
  ];
}

/**
 * Uploads that are not encrypted as the class demands. What a service does not say, the bucket's own setting says for it, so
 * only what is said otherwise is refused. The key is known by its account, which holds the logs' keys alone: a key's ARN is
 * generated. An upload with the customer's own key could be read by nobody here.
 */
export function encryptionRefusals(config: Configuration, bucket: string, { store, region }: Pick<Store, "store" | "region">): readonly Statement[] {
  const said = (header: string): Condition => ({ Null: { [`s3:x-amz-${header}`]: "false" } });
  const refuse = (Sid: string, condition: Condition) => denyAll(Sid, "s3:PutObject", `${bucket}/*`, condition);
  const algorithm = hasKey(store) ? "aws:kms" : "AES256";
  const key = "s3:x-amz-server-side-encryption-aws-kms-key-id";
  return [
    refuse("EncryptedAsTheClass", { ...said("server-side-encryption"), StringNotEquals: { "s3:x-amz-server-side-encryption": algorithm } }),
    refuse("NoKeyOfTheSenders", said("server-side-encryption-customer-algorithm")),
    ...(hasKey(store)
      ? [refuse("NoKeyOfOthers", { ...said("server-side-encryption-aws-kms-key-id"), ArnNotLike: { [key]: `arn:aws:kms:${region}:${config.accounts.logArchive}:key/*` } })]
      : []),
  ];
}
