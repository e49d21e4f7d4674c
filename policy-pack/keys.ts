/** Which of our keys a policy is of, and who is meant to do what with it. */

import type { Configuration } from "../infra/config/configuration";
import { exemptPrincipals } from "../infra/documents/exempt";
import { harmlessReads } from "../infra/documents/harmless-reads";
import { guardDutyWriter } from "../infra/documents/service-writers";
import { copiedTo, storeClasses } from "../infra/documents/stores";
import { actingForUs, kindsIn, trailArn } from "../infra/documents/writers";
import type { StoreClass, StorePart } from "../infra/names";
import { ANY_ACCOUNT, hasKey, namesFor } from "../infra/names";
import { keepersOf } from "./archive";
import type { Grant, Place } from "./meaning";
import { onKey, placesOf } from "./places";
import { refersTo, type PolicySubject, type Subject } from "./subjects/subject";

export interface LogKey {
  readonly is: "logs" | "pii" | "trail" | "backup";
  readonly part: "storage" | "backup";
  /** ARNs of keys of its account and Region: its own ends in an id that AWS gives. */
  readonly arn: string;
}

/** The key by its alias, or by lying in the backup account; undefined for one that is none of ours. */
export function keyOf(config: Configuration, { resource }: PolicySubject, { account, region }: Place, siblings: readonly Subject[]): LogKey | undefined {
  const { keyAlias, piiKeyAlias, trailKeyAlias } = namesFor(config);
  const aliases = siblings.flatMap((one) => (one.kind === "alias" && refersTo(one.resource, one.target, resource, [resource.name]) ? [one.name] : []));
  const arn = `arn:aws:kms:${region}:${account}:key/*`;
  if (account === config.accounts.backup) return { is: "backup", part: "backup", arn };
  if (aliases.includes(keyAlias)) return { is: "logs", part: "storage", arn };
  if (aliases.includes(piiKeyAlias)) return { is: "pii", part: "storage", arn };
  return aliases.includes(trailKeyAlias) ? { is: "trail", part: "storage", arn } : undefined;
}

/** What is done with a key, by what it is for. */
export const uses = {
  encrypting: ["kms:Encrypt", "kms:GenerateDataKey", "kms:GenerateDataKeyPair", "kms:GenerateDataKeyPairWithoutPlaintext", "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncryptTo"],
  decrypting: ["kms:Decrypt", "kms:ReEncryptFrom"],
  changing: [
    "kms:CreateAlias", "kms:DeleteAlias", "kms:EnableKey", "kms:EnableKeyRotation", "kms:PutKeyPolicy", "kms:TagResource", "kms:UntagResource",
    "kms:UpdateAlias", "kms:UpdateKeyDescription",
  ],
  destroying: ["kms:DeleteImportedKeyMaterial", "kms:DisableKey", "kms:ScheduleKeyDeletion"],
  mending: ["kms:CancelKeyDeletion", "kms:DisableKeyRotation", "kms:RetireGrant", "kms:RevokeGrant"],
  /** Who holds them says what the key is, or lets others in past its policy. */
  moving: ["kms:CreateAlias", "kms:DeleteAlias", "kms:PutKeyPolicy", "kms:ReplicateKey", "kms:SynchronizeMultiRegionKey", "kms:UpdateAlias", "kms:UpdatePrimaryRegion"],
  opening: ["kms:CreateGrant", "kms:DisableKeyRotation", "kms:ImportKeyMaterial", "kms:RetireGrant", "kms:RevokeGrant"],
} as const;


const rootOf = (account: string) => ({ AWS: `arn:aws:iam::${account}:root` });

/** The context that Amazon S3 encrypts an object with, where there is no S3 Bucket Key: its ARN. */
const inContext = (objects: readonly string[]) => ({ "kms:EncryptionContext:aws:s3:arn": objects });

/** Who administers a key: three grants, none of which encrypts or decrypts. */
export function administration(config: Configuration, { part }: LogKey, { account }: Place): readonly Grant[] {
  const { deploying, administrator } = keepersOf(config, part);
  const only = (role: string) => ({ ArnEquals: { "aws:PrincipalArn": role } });
  return [
    { Sid: "the account looks", Principal: rootOf(account), Action: harmlessReads.key, Resource: "*" },
    { Sid: "the deploy role changes", Principal: rootOf(account), Action: uses.changing, Resource: "*", Condition: only(deploying) },
    { Sid: "break-glass administers", Principal: rootOf(account), Action: [...uses.changing, ...uses.destroying, ...uses.mending], Resource: "*", Condition: only(administrator) },
  ];
}

/** The services that encrypt: each for its logs, of this organization. */
export function encryption(config: Configuration, { is }: LogKey, { region }: Place): readonly Grant[] {
  const { logBucketArn } = namesFor(config);
  const generate = "kms:GenerateDataKey*";
  if (is === "backup" || is === "pii") return [];
  if (is === "trail") {
    const ours = { "aws:SourceArn": trailArn(config) };
    const Principal = { Service: "cloudtrail.amazonaws.com" };
    return [
      { Sid: "trail encrypted", Principal, Action: generate, Resource: "*", Condition: { StringEquals: { ...ours, "kms:EncryptionContext:aws:cloudtrail:arn": trailArn(config) } } },
      { Sid: "trail's key found", Principal, Action: "kms:DescribeKey", Resource: "*", Condition: { StringEquals: ours } },
    ];
  }
  const kinds = storeClasses(config).filter(({ store }) => store === "kms").flatMap(({ store, naming }) =>
    kindsIn(config, region, store, naming).map(({ kind, writer, sourceArn, keys }) => ({
      kind, service: writer, condition: { ...actingForUs(config), ArnLike: { "aws:SourceArn": sourceArn } },
      objects: [`${logBucketArn(store, region, naming)}/${keys.replaceAll("{account}", ANY_ACCOUNT)}`],
    })));
  const findings = guardDutyWriter(config, region);
  const all = [...kinds, ...(findings ? [{ ...findings, objects: findings.keys.map((key) => `${logBucketArn("kms", region)}/${key}`) }] : [])];
  return all.flatMap(({ kind, service, condition, objects }): readonly Grant[] => [
    { Sid: `${kind} encrypted`, Principal: { Service: service }, Action: generate, Resource: "*", Condition: { ...condition, StringLike: inContext(objects) } },
    { Sid: `${kind}'s key found`, Principal: { Service: service }, Action: "kms:DescribeKey", Resource: "*", Condition: condition },
  ]);
}

/** Who decrypts, and who copies: readers of the archive and the replication, through Amazon S3 for the objects of that side. */
export function reading(config: Configuration, { is }: LogKey, { region }: Place): readonly Grant[] {
  const { readers, replication, deployDelegated } = exemptPrincipals(config);
  const { bucketArnOf } = namesFor(config);
  const archive = config.accounts.logArchive;
  // Of the trail's key, which no class of bucket has, as of the logs' own.
  const mine = (store: StoreClass) => hasKey(store) && (is === "backup" || (store === "pii") === (is === "pii"));
  const of = (part: StorePart, which = mine) => storeClasses(config).filter(({ store }) => which(store)).map(({ store, naming }) => `${bucketArnOf(part, store, region, naming)}/*`);
  const through = (Sid: string, Action: string, roles: readonly string[], part: StorePart, which = mine): Grant => ({
    Sid, Principal: rootOf(archive), Action, Resource: "*",
    Condition: { ArnEquals: { "aws:PrincipalArn": roles }, StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` }, StringLike: inContext(of(part, which)) },
  });
  if (is === "backup") return [through("copies encrypted", "kms:Encrypt", [replication], "backup")];
  return [
    // Readers of the archive have none of the places.
    ...(readers.length > 0 && is !== "pii" ? [through("readers decrypt", "kms:Decrypt", readers, "storage", (store) => store === "kms")] : []),
    ...(is === "logs" || is === "pii" ? placesOf(config, { store: is === "pii" ? "pii" : "places", region }).flatMap(onKey) : []),
    through("replication decrypts", "kms:Decrypt", [replication], "storage"),
    ...((is === "logs" || is === "pii") && copiedTo(config, region).length > 0 ? [through("copies encrypted", "kms:Encrypt", [replication], "replica")] : []),
    ...(is === "logs" && config.services.guardDuty.use === "create"
      ? [{ Sid: "the delegated account finds it", Principal: rootOf(config.accounts.delegated), Action: "kms:DescribeKey", Resource: "*", Condition: { ArnEquals: { "aws:PrincipalArn": deployDelegated } } }]
      : []),
  ];
}
