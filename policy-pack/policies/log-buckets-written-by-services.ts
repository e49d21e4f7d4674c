/** What lies under a service's keys was written by that service for an account of ours, or nothing in the archive proves anything. */
import { auditLogs } from "../../infra/documents/audit-logs";
import { exemptPrincipals } from "../../infra/documents/exempt";
import { serviceWritersIn } from "../../infra/documents/service-writers";
import { isPlaces, storeArns, type Store } from "../../infra/documents/stores";
import { actingForUs, holdsTrail, kindsIn, trailArn } from "../../infra/documents/writers";
import type { Condition } from "../../functions/sources/log-source";
import type { Configuration } from "../../infra/config/configuration";
import { ANY_ACCOUNT, hasKey, namesFor } from "../../infra/names";
import { storesOf } from "../archive";
import { everybody } from "../everybody";
import { heldDocuments } from "../held-documents";
import { maySay, says, type Grant, type Refusal } from "../meaning";
import { onBucket, placesOf } from "../places";

const ownersAcl = { StringEqualsIfExists: { "s3:x-amz-acl": "bucket-owner-full-control" } };

interface Writer {
  readonly kind: string;
  readonly service: string;
  readonly keys: readonly string[];
  readonly looking: readonly string[];
  readonly condition: Condition;
}

/** Each kind of log that lands in a store, by who writes it. */
function writersTo(config: Configuration, { part, store, naming, region }: Store): readonly Writer[] {
  const records = part === "records";
  if ((part !== "storage" && !records) || isPlaces(store)) return [];
  const { logArchive, management, backup = "" } = config.accounts;
  const trail = holdsTrail(config, region, store, naming)
    ? [{ kind: "trail", service: "cloudtrail.amazonaws.com", keys: [`AWSLogs/${management}/CloudTrail*`, `AWSLogs/${config.organizationId}/*`], looking: ["s3:GetBucketAcl"], condition: { StringEquals: { "aws:SourceArn": trailArn(config) } } }]
    : [];
  const owner = records ? backup : logArchive;
  const stores = records ? storeArns(config, "backup", region) : [...storeArns(config, "storage", region), ...storeArns(config, "replica", region)];
  const audits = store !== "audit" ? [] : auditLogs.map(({ name, service, keys }) => ({
    kind: name, service, looking: [], keys: [keys.replaceAll("{account}", owner)],
    condition: { StringEquals: { "aws:SourceAccount": owner }, ArnLike: { "aws:SourceArn": stores } },
  }));
  return [
    ...kindsIn(config, region, store, naming).map(({ kind, writer, keys, sourceArn }) => ({
      kind, service: writer, keys: [keys.replaceAll("{account}", ANY_ACCOUNT)], looking: ["s3:GetBucketAcl"],
      condition: { ...actingForUs(config), ArnLike: { "aws:SourceArn": sourceArn } },
    })),
    ...serviceWritersIn(config, region, store, naming),
    ...trail,
    ...audits,
  ];
}

/** Replication into another account is let in by the bucket. */
function copier(config: Configuration, { part }: Store, bucket: string): readonly Grant[] {
  if (part !== "backup") return [];
  return [{
    Sid: "ReplicationCopies",
    Principal: { AWS: `arn:aws:iam::${config.accounts.logArchive}:root` },
    Action: ["s3:ObjectOwnerOverrideToBucketOwner", "s3:ReplicateObject", "s3:ReplicateTags"],
    Resource: `${bucket}/*`,
    Condition: { ArnEquals: { "aws:PrincipalArn": exemptPrincipals(config).replication } },
  }];
}

export const rule = heldDocuments({
  requirement: "A log bucket takes each kind of log from the service that writes it, under that kind's keys, for this organization, encrypted as its class demands, and nothing else from anybody; a bucket of places takes from each place's writer, and gives to its readers, what is under the place's keys.",
  universe: "Every principal of every account in any organization or none, every AWS service acting for whomever, federated and nameless callers; every action that the policy could allow, on the bucket and every object in it; each kind of log of the source table for any member account; each place of the configuration.",
  notCovered: "What an identity policy of the archive's own account lets its roles do beside writing: the service control policies refuse it. Whether a service sends the keys that its documentation names (docs/aws-facts).",
  kind: "bucket-policy",
  layer: "resource",
  meant: (config, { owner }) => {
    const store = storesOf(config).find(({ arn }) => arn === `arn:aws:s3:::${String(owner)}`);
    if (store === undefined) return config.regions.map(namesFor(config).codeBucket).includes(String(owner)) ? { on: [] } : undefined;
    const { arn } = store;
    const writers = writersTo(config, store);
    const grants = writers.flatMap(({ kind, service, keys, looking, condition }): readonly Grant[] => [
      { Sid: `${kind} written`, Principal: { Service: service }, Action: "s3:PutObject", Resource: keys.map((key) => `${arn}/${key}`), Condition: { ...condition, ...ownersAcl } },
      ...(looking.length > 0 ? [{ Sid: `${kind} looked for`, Principal: { Service: service }, Action: looking, Resource: arn, Condition: condition }] : []),
    ]);
    const places = store.part === "storage" ? placesOf(config, store) : [];
    const objects = [...writers.flatMap((writer) => writer.keys.map((key) => `${arn}/${key}`)), ...places.map((place) => place.objects)];
    return { on: [arn, `${arn}/*`], grants: [...grants, ...places.flatMap(onBucket), ...copier(config, store, arn)], refusals: refusals(config, store, arn, objects), passing: asDemanded(config, store) };
  },
});

const ourKeys = (config: Configuration, { region }: Store) => `arn:aws:kms:${region}:${config.accounts.logArchive}:key/*`;
const algorithmOf = ({ store }: Store) => (hasKey(store) ? "aws:kms" : "AES256");

/** What a writer leaves unsaid, the bucket's own setting says for it. */
const asDemanded = (config: Configuration, store: Store) => ({
  "s3:tlsversion": maySay(["1.2", "1.3"]),
  "s3:x-amz-server-side-encryption": maySay([algorithmOf(store)]),
  "s3:x-amz-server-side-encryption-aws-kms-key-id": maySay([ourKeys(config, store)]),
  "s3:x-amz-server-side-encryption-customer-algorithm": { kind: "absent" } as const,
});

/** What no writer of a store may do, whoever lets it. */
function refusals(config: Configuration, store: Store, arn: string, objects: readonly string[]): readonly Refusal[] {
  if (store.part !== "storage" && store.part !== "records") return [];
  const put = { principals: everybody, actions: ["s3:PutObject"], on: [`${arn}/*`] };
  return [
    { id: "no other keys", ...put, except: objects },
    { id: "encrypted as the class", ...put, when: { "s3:x-amz-server-side-encryption": says(["*"], [algorithmOf(store)]) } },
    { id: "no key of the sender's", ...put, when: { "s3:x-amz-server-side-encryption-customer-algorithm": says(["*"]) } },
    ...(hasKey(store.store) ? [{ id: "no key of others", ...put, when: { "s3:x-amz-server-side-encryption-aws-kms-key-id": says(["*"], [ourKeys(config, store)]) } }] : []),
  ];
}
