/** The policy of a Region's log key: services and workloads encrypt, readers decrypt, copies are made with it, and who administers it does none of these. */
import { sources } from "../../functions/sources";
import type { LogSource } from "../../functions/sources/log-source";
import type { Configuration } from "../config/configuration";
import { namesFor } from "../names";
import { exemptPrincipals } from "./exempt";
import { keyAdministration, readersDecrypt, THIS_KEY } from "./key-statements";
import { pascal } from "./lock-organization";
import { bucketClasses } from "./owned-arns";
import { placeKeyGrants, placesIn } from "./places";
import { document } from "./policy";
import type { Condition, PolicyDocument, Statement } from "./policy";
import { within } from "./quotas";
import { replicationDecrypts, replicationEncrypts } from "./replication-role";
import { guardDutyWriter } from "./service-writers";
import { copiedTo } from "./stores";
import { actingForUs, kindsIn, lookersAmong, writersOf } from "./writers";

/**
 * What a service needs to write: a new data key for an object under its keys, and to find the key. Not kms:Decrypt, which
 * AWS's examples give to delivery.logs.amazonaws.com too; its cross-account example does without. That a large object written
 * in parts does without as well is NC.
 *
 * Without an S3 Bucket Key the context is the object's ARN. That Amazon S3 sends it for a service's write as for any other is
 * NC. https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html#encryption-context
 */
const encrypts = (kind: string, service: string, objects: readonly string[], condition: Condition): Statement => ({
  Sid: `Encrypt${pascal(kind)}`,
  Effect: "Allow",
  Principal: { Service: service },
  Action: "kms:GenerateDataKey*",
  Resource: THIS_KEY,
  Condition: { ...condition, StringLike: { "kms:EncryptionContext:aws:s3:arn": objects } },
});

/** A service asks for the key's description without an encryption context. */
const finds = (kind: string, service: string, Condition: Condition): Statement => ({
  Sid: `FindKey${pascal(kind)}`,
  Effect: "Allow",
  Principal: { Service: service },
  Action: "kms:DescribeKey",
  Resource: THIS_KEY,
  Condition,
});

/** GuardDuty's export takes the key by its own ARN, which the delegated account's deployment looks up by the alias. */
const findingKey = (config: Configuration): Statement => ({
  Sid: "DelegatedFindsKey",
  Effect: "Allow",
  Principal: { AWS: `arn:aws:iam::${config.accounts.delegated}:root` },
  Action: "kms:DescribeKey",
  Resource: THIS_KEY,
  Condition: { ArnEquals: { "aws:PrincipalArn": exemptPrincipals(config).deployDelegated } },
});

/** @throws Error in one line where the policy is beyond AWS KMS's quota */
export function logKeyPolicy(config: Configuration, region: string, table: readonly LogSource[] = sources): PolicyDocument {
  const { logBucketArn } = namesFor(config);
  const writers = bucketClasses(config)
    .filter(({ store }) => store === "kms")
    .flatMap(({ store, naming }) =>
      writersOf(kindsIn(config, region, store, naming, table)).map((writer) => ({ ...writer, objects: writer.keys.map((key) => `${logBucketArn(store, region, naming)}/${key}`) })),
    );
  const findings = guardDutyWriter(config, region);
  const policy = document([
    ...keyAdministration(config),
    ...writers.map(({ kind, service, sourceArn, objects }) => encrypts(kind, service, objects, { ...actingForUs(config), ArnLike: { "aws:SourceArn": sourceArn } })),
    ...lookersAmong(writers).map(({ kind, service, sourceArns }) => finds(kind, service, { ...actingForUs(config), ArnLike: { "aws:SourceArn": sourceArns } })),
    ...(findings ? [encrypts("findings", findings.service, findings.keys.map((key) => `${logBucketArn("kms", region)}/${key}`), findings.condition), finds("findings", findings.service, findings.condition)] : []),
    ...(config.services.guardDuty.use === "create" ? [findingKey(config)] : []),
    ...readersDecrypt(config, region),
    ...placesIn(config, region, "places").flatMap((place) => placeKeyGrants(config, place)),
    replicationDecrypts(config, region, "logs"),
    ...(copiedTo(config, region).length > 0 ? [replicationEncrypts(config, "replica", region, "logs")] : []),
  ]);
  return within("key policy", `the log key policy in ${region}`, policy);
}
