/** Every policy document there is, by what a person calls it, for tests that hold for all of them. */
import { sources } from "../../functions/sources";
import type { Configuration } from "../config/configuration";
import { tiers } from "../config/configuration";
import { backupKeyPolicy } from "./backup-key-policy";
import { busPolicy } from "./bus-policy";
import { codeBucketPolicy } from "./code-bucket-policy";
import { kept, largest, ordinary, peopled, placed, switched } from "./configurations-for-tests";
import { copyBucketPolicy } from "./copy-bucket-policy";
import { deliveryDestinationPolicy } from "./delivery-destination-policy";
import { logBucketPolicy, recordsBucketPolicy } from "./log-bucket-policy";
import { logKeyPolicy } from "./log-key-policy";
import { piiKeyPolicy } from "./pii-key-policy";
import { placeBucketPolicy } from "./place-bucket-policy";
import type { PolicyDocument } from "./policy";
import { deadLetterQueuePolicy, notificationDeadLetterQueuePolicy, notificationQueuePolicy } from "./queue-policies";
import type { Quota } from "./quotas";
import { resourceControlPolicies } from "./resource-control-policies";
import { readerRoles } from "./reader-roles";
import { replicationPermissions, replicationTrust } from "./replication-role";
import { secretPolicy } from "./secret-policy";
import { serviceControlPolicies } from "./service-control-policies";
import { backupRecords, backupStores, hasPlaces, isPlaces, storesIn } from "./stores";
import { trailKeyPolicy } from "./trail-key-policy";
import { breakGlassTrust, deployBackupTrust, deployTrust, forwarderTrust, lambdaTrust, redriveTrust } from "./trust-policies";

export interface NamedDocument {
  readonly name: string;
  readonly quota: Quota;
  readonly document: PolicyDocument;
}

export const configurations: readonly (readonly [string, Configuration])[] = [
  ["an ordinary", ordinary],
  ["the largest", largest],
  ["a switched", switched],
  ["a listed", { ...ordinary, writers: ["444444444444", "555555555555"] }],
  ["a peopled", peopled],
  ["a kept", kept],
  ["a placed", placed],
  ["a CI-less", { ...ordinary, ci: undefined, breakGlass: [] }],
];

export function everyDocument(config: Configuration): readonly NamedDocument[] {
  const account = "444444444444";
  const kinds = sources.flatMap((source) => source.kinds(config.sources[source.name]!.via)).filter(({ delivery }) => delivery);
  const named = (quota: Quota, name: string, document: PolicyDocument): NamedDocument => ({ name, quota, document });
  return [
    ...serviceControlPolicies(config).map(({ name, document }) => named("service control policy", name, document)),
    ...resourceControlPolicies(config).map(({ name, document }) => named("resource control policy", name, document)),
    ...config.regions.flatMap((region) => [
      named("bucket policy", `code ${region}`, codeBucketPolicy(config, region)),
      named("key policy", `key ${region}`, logKeyPolicy(config, region)),
      ...(hasPlaces(config) ? [named("key policy", `personal data's key ${region}`, piiKeyPolicy(config, region))] : []),
      ...storesIn(config, region).map((at) => {
        const policy = at.part !== "storage" ? copyBucketPolicy(config, at) : isPlaces(at.store) ? placeBucketPolicy(config, at) : logBucketPolicy(config, region, at.store, at.naming);
        return named("bucket policy", `${at.part} ${at.naming}${at.store} ${region}`, policy);
      }),
      ...kinds.map(({ kind }) => named("delivery destination policy", `${kind} ${region}`, deliveryDestinationPolicy(config, kind, region))),
    ]),
    ...backupStores(config).map((at) => named("bucket policy", `backup ${at.naming}${at.store}`, copyBucketPolicy(config, at))),
    ...[backupRecords(config)].flatMap((at) => (at ? [named("bucket policy", "records of the backup", recordsBucketPolicy(config, at))] : [])),
    ...(config.archive.backupRegion === undefined ? [] : [named("key policy", "backup key", backupKeyPolicy(config, config.archive.backupRegion)), named("trust policy", "deploy backup", deployBackupTrust(config))]),
    named("trust policy", "replication", replicationTrust(config)),
    named("inline policy", "replication", replicationPermissions(config)),
    named("event bus policy", "bus", busPolicy(config)),
    named("secret policy", "secret", secretPolicy(config)),
    named("bucket policy", "dead letters", deadLetterQueuePolicy(config, account, "us-east-1")),
    named("bucket policy", "notifications", notificationQueuePolicy(config)),
    named("bucket policy", "notifications' dead letters", notificationDeadLetterQueuePolicy(config)),
    named("trust policy", "lambda", lambdaTrust(account)),
    named("trust policy", "forwarder", forwarderTrust(config, account)),
    named("trust policy", "redrive", redriveTrust(config)),
    ...tiers.flatMap((tier) => {
      const trust = breakGlassTrust(config, tier);
      return trust ? [named("trust policy", `break-glass ${tier}`, trust)] : [];
    }),
    ...readerRoles(config).flatMap(({ name, trust, permissions }) => [named("trust policy", name, trust), named("inline policy", name, permissions)]),
    named("key policy", "trail", trailKeyPolicy(config)),
    ...tiers.map((tier) => named("trust policy", `deploy ${tier}`, deployTrust(config, tier))),
  ];
}
