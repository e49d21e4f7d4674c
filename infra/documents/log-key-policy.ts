/** The policy of a Region's log key: services encrypt, readers decrypt, copies are made with it, and who administers it does none of these. */
import { sources } from "../../functions/sources";
import type { LogSource } from "../../functions/sources/log-source";
import type { Configuration } from "../config/configuration";
import { exemptPrincipals } from "./exempt";
import { keyAdministration, readersDecrypt, THIS_KEY } from "./key-statements";
import { pascal } from "./lock-organization";
import { bucketClasses } from "./owned-arns";
import { document } from "./policy";
import type { PolicyDocument, Statement } from "./policy";
import { within } from "./quotas";
import { replicationDecrypts, replicationEncrypts } from "./replication-role";
import { guardDutyWriter } from "./service-writers";
import { copiedTo } from "./stores";
import { actingForUs, kindsIn, writersOf } from "./writers";

/**
 * What a service needs to write: a new data key, and to find the key. Not kms:Decrypt, which AWS's examples give to
 * delivery.logs.amazonaws.com too; its cross-account example does without. That a large object written in parts does
 * without as well is NC.
 */
const encrypting = ["kms:DescribeKey", "kms:GenerateDataKey*"];

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
  const kinds = bucketClasses(config)
    .filter(({ store }) => store === "kms")
    .flatMap(({ store, naming }) => kindsIn(config, region, store, naming, table));
  const encrypt = (kind: string, service: string, Condition: Statement["Condition"]): Statement => ({
    Sid: `Encrypt${pascal(kind)}`,
    Effect: "Allow",
    Principal: { Service: service },
    Action: encrypting,
    Resource: THIS_KEY,
    Condition,
  });
  const findings = guardDutyWriter(config, region);
  const policy = document([
    ...keyAdministration(config),
    ...writersOf(kinds).map(({ kind, service, sourceArn }) => encrypt(kind, service, { ...actingForUs(config), ArnLike: { "aws:SourceArn": sourceArn } })),
    ...(findings ? [encrypt("findings", findings.service, findings.condition)] : []),
    ...(config.services.guardDuty.use === "create" ? [findingKey(config)] : []),
    ...readersDecrypt(config, region),
    replicationDecrypts(config, region),
    ...(copiedTo(config, region).length > 0 ? [replicationEncrypts(config, "replica", region)] : []),
  ]);
  return within("key policy", `the log key policy in ${region}`, policy);
}
