/** What the buckets of the archive refuse by themselves, whatever an identity policy or another statement allows. */
import { exemptPrincipals } from "../../infra/documents/exempt";
import { copying, givingAway } from "../../infra/documents/replication-role";
import { isPlaces } from "../../infra/documents/stores";
import { namesFor } from "../../infra/names";
import { bucketCalls, keepersOf, storesOf } from "../archive";
import { but, everybody, people, peopleOf } from "../everybody";
import { heldDocuments } from "../held-documents";
import { maySay, says, type Refusal } from "../meaning";
import { placesOf, type PlaceOf } from "../places";

export const rule = heldDocuments({
  requirement: "A bucket of the archive refuses everybody but its deploy role and break-glass every change of its settings, everybody but break-glass every deletion, and everybody every call from outside the organization or without TLS 1.2; a bucket of places refuses writing to everybody but its places' writers, and reading to everybody but their readers.",
  universe: "Every principal of every account in any organization or none, every AWS service, federated and nameless callers; every action of Amazon S3 that AWS lists on a bucket or an object, reads apart, on the bucket and every object in it.",
  notCovered: "Reads, which the service control policies refuse but where workloads write. The bucket's owner's root user, whom Amazon S3 lets read, put and delete the policy whatever it says. A call that AWS adds and that no pattern of the policy takes.",
  kind: "bucket-policy",
  layer: "resource",
  meant: async (config, { owner }) => {
    const store = storesOf(config).find(({ arn }) => arn === `arn:aws:s3:::${String(owner)}`);
    if (store === undefined) return config.regions.map(namesFor(config).codeBucket).includes(String(owner)) ? { on: [] } : undefined;
    const { deploying, administrator } = keepersOf(config, store.part);
    const { configuring, destroying, writing } = await bucketCalls();
    const every = [...configuring, ...destroying, ...writing, "s3:GetObject", "s3:GetBucketAcl", "s3:ListBucket"];
    const all = [store.arn, `${store.arn}/*`];
    const objects = [`${store.arn}/*`];
    const byServices = store.part === "storage" || store.part === "records";
    const writers = byServices ? people : but(everybody, [exemptPrincipals(config).replication]);
    const outside = { "aws:principalorgid": maySay(["*"], [config.organizationId]) };
    const ofPlaces = store.part === "storage" && isPlaces(store.store) ? placesOf(config, store) : undefined;
    const refusals: readonly Refusal[] = [
      { id: "nobody changes its settings", principals: but(everybody, [deploying, administrator]), actions: configuring, on: [store.arn] },
      { id: "nobody destroys", principals: but(everybody, [administrator]), actions: destroying, on: all },
      ...(ofPlaces ? amongPlaces(ofPlaces, exemptPrincipals(config).replication, writing, objects) : [{ id: byServices ? "no person writes" : "replication alone writes", principals: writers, actions: writing, on: objects }]),
      { id: "nobody from outside", principals: people, actions: every, on: all, when: outside },
      { id: "nothing without TLS", principals: everybody, actions: every, on: all, when: { "aws:securetransport": says(["false"]) } },
      { id: "nothing over an old TLS", principals: everybody, actions: every, on: all, when: { "s3:tlsversion": says(["1.0", "1.1"]) } },
    ];
    const honest = { "aws:principalorgid": says([config.organizationId]), "aws:securetransport": says(["true"]), "s3:tlsversion": maySay(["1.2", "1.3"]) };
    const spared = (id: string, roles: readonly string[], actions: readonly string[], on: readonly string[]): Refusal =>
      ({ id, principals: peopleOf(roles), actions, on, when: honest, demand: "not-denied" });
    const spares = [
      spared("its deploy role and break-glass set it up", [deploying, administrator], configuring, [store.arn]),
      spared("break-glass can lift what keeps a log", [administrator], destroying, all),
      { ...spared("the organization's principals read", [], ofPlaces ? ["s3:ListBucket"] : ["s3:GetObject", "s3:ListBucket"], all), principals: people.filter(({ kind }) => kind === "role") },
      ...(ofPlaces ? [spared("replication reads", [exemptPrincipals(config).replication], ["s3:GetObjectVersionForReplication", "s3:GetObjectVersionTagging"], objects)] : []),
      ...(byServices ? [] : [spared("replication writes", [exemptPrincipals(config).replication], [...copying, ...givingAway], objects)]),
    ];
    return { on: all, refusals: [...refusals.flatMap(butLastResort), ...spares] };
  },
});

/** An object, whole or in parts; what else writes changes what it carries. */
const putting = ["s3:AbortMultipartUpload", "s3:PutObject"];
const reading = ["s3:GetObject", "s3:GetObjectAcl", "s3:GetObjectAttributes", "s3:GetObjectTagging", "s3:GetObjectTorrent", "s3:GetObjectVersion", "s3:GetObjectVersionAttributes", "s3:GetObjectVersionForReplication"];

/** Where workloads write: whom nobody's configuration names is refused in both. */
function amongPlaces(places: readonly PlaceOf[], replication: string, writing: readonly string[], objects: readonly string[]): readonly Refusal[] {
  return [
    // A service, where one writes, is held to its place by what is allowed.
    { id: "writers of places alone write", principals: but(places.some(({ writers }) => writers.length === 0) ? people : everybody, places.flatMap(({ writers }) => writers)), actions: putting, on: objects },
    { id: "nobody changes what an object carries", principals: everybody, actions: writing.filter((action) => !putting.includes(action)), on: objects },
    { id: "readers of places alone read", principals: but(everybody, [...places.flatMap(({ readers }) => readers), replication]), actions: reading, on: objects },
  ];
}

/**
 * Without the owner's last resort: its root user reads, puts and deletes the policy whatever it says.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html
 */
function butLastResort(refusal: Refusal): readonly Refusal[] {
  const { id, principals, actions } = refusal;
  const resort = /^s3:(Get|Put|Delete)BucketPolicy$/;
  if (!actions.some((action) => action === "s3:*" || resort.test(action))) return [refusal];
  const [roots, others] = [principals.filter(({ kind }) => kind === "root"), principals.filter(({ kind }) => kind !== "root")];
  return [{ ...refusal, principals: others }, { ...refusal, id: `${id}, its root user neither`, principals: roots, actions: actions.filter((action) => !resort.test(action)) }];
}
